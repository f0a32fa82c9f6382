import { addressKey, type Address } from '#lib/core/address.ts';
import { nextCallState, type CallEvent, type CallState, type EndReason } from '#lib/core/call-state.ts';
import { WarningWatch } from '#lib/core/call-warnings.ts';
import { DigitQueue } from '#lib/core/digits.ts';
import { LineError } from '#lib/core/errors.ts';
import type {
	Call,
	CallIds,
	CallWarning,
	DialOptions,
	MediaSample,
	Party,
	TokenSource
} from '#lib/core/line.ts';
import { Scope } from '#lib/core/scope.ts';
import { playedOn, type SoundPath } from '#lib/core/sound-path.ts';
import { Cell } from '#lib/core/watched.ts';
import type { LineDeps } from '../module.ts';
import type { LivekitSettings } from './meta.ts';
import { RoomMicrophone } from './microphone.ts';
import { idsOf } from './sdk.ts';
import { Stay } from './stay.ts';
import { RoomTalk } from './talk.ts';

/** A voice that has been announced gets so long to come before the call counts as one without it, ms. */
const VOICE_MS = 3_000;
const DEFAULT_WITHIN_S = 20;

/** The codes of RFC 4733 for what a telephone's keys send. */
const DTMF = '0123456789*#';

export interface Wanted {
	readonly address: Address;
	/** The room's name, made for this call. */
	readonly room: string;
	/** Whether it was asked for by this very name, and whether it is made for this call. */
	readonly exact: boolean;
	readonly fresh: boolean;
	readonly name?: string;
}

interface CallDeps {
	readonly settings: LivekitSettings;
	readonly line: LineDeps;
	readonly tokens: TokenSource;
	/** Every change of state, the last one included. */
	changed(call: RoomCall): void;
}

/** A call that is a room. */
export class RoomCall implements Call {
	readonly id: string;
	readonly lineId: string;
	readonly direction = 'out';
	readonly reference = new Cell<string | undefined>(undefined);
	ids: CallIds = {};
	readonly party: Cell<Party>;
	readonly state = new Cell<CallState>({ phase: 'placing' });
	readonly muted = new Cell(false);
	readonly digits = new Cell('');
	readonly sample = new Cell<MediaSample | undefined>(undefined);
	readonly warnings = new Cell<readonly CallWarning[]>([]);
	readonly path = new Cell<SoundPath | undefined>(undefined);
	readonly conversation: RoomTalk;
	readonly #deps: CallDeps;
	readonly #scope = new Scope();
	readonly #microphone: RoomMicrophone;
	readonly #stay: Stay;
	readonly #queue: DigitQueue;
	readonly #watch = new WarningWatch();
	#invited: (() => void) | undefined;
	#held = false;
	#connected = false;

	constructor(wanted: Wanted, deps: CallDeps, { after, invited, signal }: DialOptions) {
		const { line, settings, tokens } = deps;
		this.id = line.newId();
		this.lineId = settings.id;
		this.#deps = deps;
		this.#invited = invited;
		const { address, room, exact, fresh, name } = wanted;
		this.party = new Cell<Party>({ address: addressKey(address), params: [], ...(name ? { name } : {}) });
		const { agent } = settings;
		const talk = new RoomTalk({
			line,
			expected: agent.expected ?? false,
			withinMs: (agent.joinWithinSeconds ?? DEFAULT_WITHIN_S) * 1000,
			missing: () => this.#missing(),
			events: {
				rang: () => this.#dispatch({ type: 'rang' }),
				answered: () => this.#answered(),
				over: (reason, error) => this.end(reason, error),
				arrived: () => this.#mediaUp()
			}
		});
		this.conversation = talk;
		this.#microphone = new RoomMicrophone(line, (stream) => {
			const [track] = stream?.getAudioTracks() ?? [];
			if (track) talk.ears.listen('', '', track);
			else talk.ears.drop('');
		});
		this.#stay = new Stay({
			line,
			tokens,
			serverUrl: settings.serverUrl,
			wanted: { room, exact, fresh },
			microphone: this.#microphone,
			talk,
			signal: this.#scope.signal,
			events: {
				entered: (entered) => {
					this.#tellInvited();
					void entered.getSid().then((sid) => {
						this.reference.set(sid);
						this.ids = idsOf(entered);
					});
				},
				connected: () => {
					this.#connected = true;
					this.#mediaUp();
				},
				interrupted: (because) =>
					this.#dispatch({ type: 'interrupted', at: line.clock.monotonic(), because }),
				recovered: () => this.#dispatch({ type: 'recovered' }),
				sample: (sample) => this.#sampled(sample),
				path: (path) => this.#goes(path),
				over: (reason, error) => this.end(reason, error)
			}
		});
		this.#queue = new DigitQueue(line.clock, (digit) => this.#sendDigit(digit));
		this.#scope.add(() => talk.close());
		this.#scope.add(() => this.#microphone.close());
		this.#scope.add(() => this.#stay.leave());
		this.#scope.add(() => this.#queue.close());
		this.#scope.add(line.devices.speaker.watch((id) => talk.outputs.setSpeaker(id)));
		this.#scope.add(line.devices.microphone.watch(() => void this.#microphone.change()));
		const abort = () => this.state.value.phase === 'placing' && this.end('cancelled');
		signal?.addEventListener('abort', abort, { signal: this.#scope.signal });
		void this.#stay.begin(after);
	}

	/** Our side ends it, in whatever phase it is. */
	end(reason: EndReason, error?: LineError): void {
		const at = this.#deps.line.clock.monotonic();
		this.#dispatch({ type: 'ended', at, reason, ...(error ? { error } : {}) });
	}

	answer(): Promise<void> {
		return Promise.reject(new LineError('command.not-now'));
	}

	decline(): Promise<void> {
		return Promise.reject(new LineError('command.not-now'));
	}

	ignore(): Promise<void> {
		return Promise.reject(new LineError('command.not-now'));
	}

	async hangUp(): Promise<void> {
		const { phase } = this.state.value;
		if (phase === 'placing' || phase === 'ringing') return this.end('cancelled');
		// Whoever hangs up on an agent that is in trouble has a reason to.
		const agent = this.conversation.agent.value;
		this.end('hung-up', agent.phase === 'failed' ? agent.because : undefined);
	}

	async setMuted(muted: boolean): Promise<void> {
		if (this.state.value.phase === 'ended') throw new LineError('command.not-now');
		this.muted.set(muted);
		this.#apply();
	}

	async setHeld(held: boolean): Promise<void> {
		this.#mustTalk();
		this.#held = held;
		this.#dispatch({ type: 'held', held });
		this.#apply();
	}

	async sendDigits(digits: string): Promise<void> {
		this.#mustTalk();
		return this.#queue.push(digits);
	}

	#mustTalk(): void {
		const { phase } = this.state.value;
		if (phase !== 'talking' && phase !== 'recovering') throw new LineError('command.not-now');
	}

	#apply(): void {
		this.#microphone.setSilent(this.muted.value || this.#held);
		this.conversation.outputs.setHeld(this.#held);
	}

	#answered(): void {
		if (this.state.value.phase !== 'placing' && this.state.value.phase !== 'ringing') return;
		const { clock } = this.#deps.line;
		this.#dispatch({ type: 'answered', at: clock.monotonic() });
		this.#scope.add(clock.after(VOICE_MS, () => this.#mediaUp(true)));
		this.#mediaUp();
	}

	/** Talking begins when the path is up and, where there is a voice, sound of it has come. */
	#mediaUp(withoutVoice = false): void {
		const { voices } = this.conversation;
		if (!this.#connected || (voices.some && !voices.arriving && !withoutVoice)) return;
		this.#dispatch({ type: 'media-connected', at: this.#deps.line.clock.monotonic() });
	}

	#sendDigit(digit: string): void {
		const room = this.#stay.room;
		if (!room) throw new LineError('command.not-now');
		this.digits.update((sent) => sent + digit);
		room.localParticipant.publishDtmf(DTMF.indexOf(digit), digit).catch((error: unknown) => {
			this.#deps.line.log('warn', 'a digit was not sent', { call: this.id, error });
		});
	}

	#goes(path: SoundPath): void {
		this.path.set(playedOn(path, this.conversation.outputs.seen));
	}

	#sampled(measured: MediaSample): void {
		const { phase } = this.state.value;
		if (phase !== 'talking' && phase !== 'recovering') return;
		if (this.path.value) this.#goes(this.path.value);
		const sample = this.#held ? { ...measured, heardLevel: -Infinity } : measured;
		this.sample.set(sample);
		if (!this.#held) this.conversation.tick(sample.heardLevel);
		// An agent sends nothing while it has nothing to say, and what is wrong with it is told in its own words.
		const isPhone = this.conversation.participants.value.some(
			({ kind, audible, muted }) => kind !== 'agent' && audible && !muted
		);
		const judged = isPhone ? sample : { ...sample, packetsReceived: sample.at };
		const speaks = this.#microphone.published && !this.muted.value && !this.#held;
		const now = this.#watch.judge(judged, speaks);
		if (now.join() !== this.warnings.value.join()) this.warnings.set(now);
	}

	/** Why no agent has come: where the token invites none of the name, nobody could. */
	#missing(): LineError {
		const { name } = this.#deps.settings.agent;
		const invited = this.#stay.permit?.agents ?? [];
		if (name === undefined || name === '' || invited.includes(name))
			return new LineError('agent.never-joined');
		return new LineError('agent.not-invited', { facts: { agent: name } });
	}

	#tellInvited(): void {
		const tell = this.#invited;
		this.#invited = undefined;
		tell?.();
	}

	#dispatch(event: CallEvent): void {
		const before = this.state.value;
		const state = nextCallState(before, event);
		if (state === before) return;
		if (state.phase === 'ended') {
			this.#tellInvited();
			this.conversation.journal.note('ended', { reason: state.how.reason, fault: state.how.error?.fault });
			this.#scope.end();
			this.warnings.set([]);
		}
		this.state.set(state);
		this.#deps.line.log('info', 'call', { line: this.lineId, call: this.id, phase: state.phase });
		this.#deps.changed(this);
	}
}

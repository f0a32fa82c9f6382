import { nextCallState, type CallEvent, type CallState, type EndReason } from '#lib/core/call-state.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Call, CallIds, CallWarning, MediaSample, Party } from '#lib/core/line.ts';
import { DigitQueue } from '#lib/core/digits.ts';
import { Scope } from '#lib/core/scope.ts';
import type { SoundPath } from '#lib/core/sound-path.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { LineDeps } from '../module.ts';
import { CallDeadline } from './call-deadline.ts';
import type { VoiceDevice } from './device.ts';
import { Leg } from './leg.ts';
import type { Call as SdkCall } from './sdk.ts';
import { CallSound } from './sound.ts';
import { endingOf, type VendorError } from './translate.ts';

export interface CallFacts {
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	readonly party: Party;
}

/** What only the line can do for a call. */
export interface CallHooks {
	/** Gets the ringing call onto a Device that is free. Rejects with a LineError; it then rings on. */
	answer(call: TwilioCall): Promise<void>;
	/** Every change of state, the last one included. */
	changed(call: TwilioCall): void;
	/** The gateway took an invite on this Device and gave no sign. */
	doubt(device: VoiceDevice): void;
	/** It has left this Device, which may have others. */
	left(device: VoiceDevice): void;
}

/** A call of this line. The SDK's own objects come and go underneath it, see {@link Leg}. */
export class TwilioCall implements Call {
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	readonly reference = new Cell<string | undefined>(undefined);
	ids: CallIds = {};
	readonly party: Cell<Party>;
	readonly state: Cell<CallState>;
	readonly muted: Watched<boolean>;
	readonly digits = new Cell('');
	readonly sample: Watched<MediaSample | undefined>;
	readonly warnings: Watched<readonly CallWarning[]>;
	readonly path: Watched<SoundPath | undefined>;
	readonly #deps: LineDeps;
	readonly #hooks: CallHooks;
	readonly #scope = new Scope();
	readonly #queue: DigitQueue;
	readonly #deadline: CallDeadline;
	readonly #sound: CallSound;
	#leg: Leg | undefined;
	#mediaUp = false;
	#answering = false;

	constructor(facts: CallFacts, deps: LineDeps, hooks: CallHooks) {
		this.id = facts.id;
		this.lineId = facts.lineId;
		this.direction = facts.direction;
		this.party = new Cell(facts.party);
		this.state = new Cell<CallState>({ phase: facts.direction === 'in' ? 'ringing' : 'placing' });
		this.#deps = deps;
		this.#hooks = hooks;
		this.#sound = new CallSound(deps.clock, {
			microphoneOpened: () => this.#deadline.microphoneOpened(),
			connected: () => {
				this.#mediaUp = true;
				this.#dispatch({ type: 'media-connected', at: deps.clock.monotonic() });
				this.#dispatch({ type: 'recovered' });
			},
			lost: () => {
				this.#mediaUp = false;
				this.#dispatch({ type: 'interrupted', at: deps.clock.monotonic(), because: 'media.lost' });
			},
			outputs: () => this.#leg?.outputs
		});
		const { muted, sample, warnings, path } = this.#sound;
		this.muted = muted;
		this.sample = sample;
		this.warnings = warnings;
		this.path = path;
		this.#deadline = new CallDeadline(deps.clock, this.state.value.phase, (error) =>
			this.end('failed', error)
		);
		this.#queue = new DigitQueue(deps.clock, (digit) => {
			this.#leg?.sendDigit(digit);
			this.digits.update((sent) => sent + digit);
		});
		this.#scope.add(deps.devices.speaker.watch((id) => this.#leg?.setSpeaker(id)));
		this.#scope.add(() => this.#deadline.stop());
		this.#scope.add(() => this.#queue.close());
		this.#scope.add(() => this.#release());
	}

	/** Aborts when the call has ended. */
	get signal(): AbortSignal {
		return this.#scope.signal;
	}

	get leg(): Leg | undefined {
		return this.#leg;
	}

	/** Its sound goes over this Device from now on. */
	take(device: VoiceDevice): void {
		this.#sound.take(device);
	}

	/** The SDK's call, before any of its events. An earlier leg is left as it is. */
	attach(device: VoiceDevice, sdk: SdkCall): Leg {
		this.#leg?.end();
		const { devices, log } = this.#deps;
		const leg = new Leg(
			device,
			sdk,
			devices.speaker.value,
			{
				rang: () => this.#dispatch({ type: 'rang' }),
				answered: () => this.answered(),
				over: ({ cancelled, error }) => this.#over(cancelled, error),
				lost: () => this.#lost()
			},
			log
		);
		this.#leg = leg;
		this.reference.set(leg.sid);
		return leg;
	}

	answered(): void {
		const at = this.#deps.clock.monotonic();
		this.#dispatch({ type: 'answered', at });
		if (this.#mediaUp) this.#dispatch({ type: 'media-connected', at });
	}

	/** Our side ends it, in whatever phase it is. */
	end(reason: EndReason, error?: LineError): void {
		if (this.state.value.phase === 'ended') return;
		const leg = this.#leg;
		const ringsHere = this.direction === 'in' && this.state.value.phase === 'ringing';
		if (reason === 'ignored') leg?.ignore();
		else if (ringsHere) leg?.reject();
		else leg?.hangUp();
		this.#finish(reason, error);
	}

	async answer(): Promise<void> {
		this.#mustRingHere();
		this.#answering = true;
		try {
			await this.#hooks.answer(this);
		} finally {
			this.#answering = false;
		}
	}

	async decline(): Promise<void> {
		this.#mustRingHere();
		this.end('declined');
	}

	async ignore(): Promise<void> {
		this.#mustRingHere();
		this.end('ignored');
	}

	async hangUp(): Promise<void> {
		const { phase } = this.state.value;
		const unanswered = phase === 'placing' || phase === 'ringing';
		this.end(unanswered ? (this.direction === 'in' ? 'declined' : 'cancelled') : 'hung-up');
	}

	async setMuted(muted: boolean): Promise<void> {
		if (this.state.value.phase === 'ended') throw new LineError('command.not-now');
		this.#sound.setMuted(muted);
	}

	async setHeld(held: boolean): Promise<void> {
		this.#mustHaveMedia();
		this.#dispatch({ type: 'held', held });
		this.#sound.setHeld(held);
	}

	async sendDigits(digits: string): Promise<void> {
		this.#mustHaveMedia();
		return this.#queue.push(digits);
	}

	#mustRingHere(): void {
		if (this.direction === 'in' && this.state.value.phase === 'ringing' && !this.#answering) return;
		throw new LineError('command.not-now');
	}

	#mustHaveMedia(): void {
		const { phase } = this.state.value;
		if (phase !== 'talking' && phase !== 'recovering') throw new LineError('command.not-now');
	}

	#over(cancelled: boolean, error: VendorError | undefined): void {
		const { phase } = this.state.value;
		if (phase === 'ended') return;
		const microphone = this.#sound.microphoneError;
		if (microphone) return this.#finish('failed', microphone);
		const answered = phase !== 'placing' && phase !== 'ringing';
		const { reason, error: why } = endingOf({ direction: this.direction, answered, cancelled, error });
		// The SDK has let go of the call for most errors, not for those of an `error` frame.
		this.#leg?.hangUp();
		this.#finish(reason, why);
	}

	#lost(): void {
		const rings = this.direction === 'in' && this.state.value.phase === 'ringing';
		if (rings) this.#finish('missed', new LineError('twilio-signalling.interrupted'));
		else this.#finish('failed', new LineError('call.lost'));
	}

	#finish(reason: EndReason, error?: LineError): void {
		const { device } = this.#sound;
		if (error?.fault === 'call.no-response' && device) this.#hooks.doubt(device);
		const at = this.#deps.clock.monotonic();
		this.#dispatch({ type: 'ended', at, reason, ...(error ? { error } : {}) });
	}

	#dispatch(event: CallEvent): void {
		const before = this.state.value;
		const state = nextCallState(before, event);
		const sid = this.#leg?.sid;
		if (sid) this.reference.set(sid);
		if (this.#leg) this.ids = this.#leg.device.ids;
		if (state === before) return;
		this.#sound.setTalking(state.phase === 'talking' || state.phase === 'recovering');
		if (state.phase === 'ended') this.#scope.end();
		this.state.set(state);
		this.#deps.log('info', 'call', { line: this.lineId, call: this.id, phase: state.phase });
		this.#deadline.enter(state.phase);
		this.#hooks.changed(this);
	}

	#release(): void {
		const devices = new Set([this.#sound.device, this.#leg?.device]);
		this.#sound.end();
		this.#leg?.end();
		for (const device of devices) {
			device?.rings.delete(this);
			if (device) this.#hooks.left(device);
		}
	}
}

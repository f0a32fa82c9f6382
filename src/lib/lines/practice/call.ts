import type { Call, CallWarning, MediaSample, Party } from '#lib/core/line.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import { nextCallState, type CallEvent, type CallState, type EndReason } from '#lib/core/call-state.ts';
import { abortError } from '#lib/core/deadline.ts';
import { asLineError, LineError } from '#lib/core/errors.ts';
import { CommandQueue } from '#lib/core/queue.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell, constant, type Watched } from '#lib/core/watched.ts';
import type { Echo } from './echo.ts';

/** A tone and the silence after it, ms: twice what every receiver must understand (ITU-T Q.24: 40 ms each). */
const DIGIT_MS = 160;
const PAUSE_MS = 500;
const SAMPLE_MS = 1000;
/** A microphone in a quiet room is louder than this; one that is switched off is not. */
const SILENT_DBFS = -60;
/** Longer than people pause between two sentences. */
const SILENT_SAMPLES = 4;

export interface CallDeps {
	readonly clock: Clock;
	readonly log: Log;
	/** Factor on all times. */
	readonly pace: number;
	/** Opens the microphone; rejects with a LineError. */
	openEcho(signal: AbortSignal): Promise<Echo>;
}

export interface CallFacts {
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	readonly party: Party;
}

/** A command that takes no time: what it throws rejects. */
const atOnce = (command: () => void) => new Promise<void>((resolve) => resolve(command()));

/** One call of the practice line. What the other party does to it is told by its script (line.ts). */
export class PracticeCall implements Call {
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	readonly reference = constant<string | undefined>(undefined);
	readonly party: Watched<Party>;

	readonly #deps: CallDeps;
	readonly #scope = new Scope();
	readonly #state: Cell<CallState>;
	readonly #muted = new Cell(false);
	readonly #digits = new Cell('');
	readonly #sample = new Cell<MediaSample | undefined>(undefined);
	readonly #dialling = new CommandQueue();
	readonly #warnings = new Cell<readonly CallWarning[]>([]);
	#echo: Echo | undefined;
	#silentFor = 0;

	constructor(facts: CallFacts, deps: CallDeps) {
		this.id = facts.id;
		this.lineId = facts.lineId;
		this.direction = facts.direction;
		this.party = constant(facts.party);
		this.#deps = deps;
		this.#state = new Cell<CallState>({ phase: facts.direction === 'out' ? 'placing' : 'ringing' });
	}

	get state(): Watched<CallState> {
		return this.#state;
	}
	get muted(): Watched<boolean> {
		return this.#muted;
	}
	get digits(): Watched<string> {
		return this.#digits;
	}
	get sample(): Watched<MediaSample | undefined> {
		return this.#sample;
	}
	get warnings(): Watched<readonly CallWarning[]> {
		return this.#warnings;
	}

	answer(): Promise<void> {
		return atOnce(() => {
			this.#onlyWhileRingingHere();
			void this.connect();
		});
	}

	decline(): Promise<void> {
		return atOnce(() => {
			this.#onlyWhileRingingHere();
			this.end('declined');
		});
	}

	ignore(): Promise<void> {
		return atOnce(() => {
			this.#onlyWhileRingingHere();
			this.end('ignored');
		});
	}

	hangUp(): Promise<void> {
		return atOnce(() => {
			const { phase } = this.#state.value;
			const answered = phase !== 'placing' && phase !== 'ringing';
			if (answered) this.end('hung-up');
			else this.end(this.direction === 'in' ? 'declined' : 'cancelled');
		});
	}

	setMuted(muted: boolean): Promise<void> {
		return atOnce(() => {
			if (this.#state.value.phase === 'ended') throw new LineError('command.not-now');
			this.#muted.set(muted);
			this.#echo?.setMuted(muted);
		});
	}

	setHeld(held: boolean): Promise<void> {
		return atOnce(() => {
			this.#onlyWhileTalking();
			this.#echo?.setHeld(held);
			this.#change({ type: 'held', held });
		});
	}

	async sendDigits(digits: string): Promise<void> {
		this.#onlyWhileTalking();
		if (!/^[0-9*#w]*$/.test(digits)) throw new LineError('command.unsupported');
		await this.#dialling.run(async () => {
			this.#onlyWhileTalking();
			for (const digit of digits) {
				if (digit !== 'w') this.#digits.update((sent) => sent + digit);
				await this.#pause(digit === 'w' ? PAUSE_MS : DIGIT_MS);
			}
		});
	}

	/** The far side's phone rings. */
	rang(): void {
		this.#change({ type: 'rang' });
	}

	/** Opens the microphone, ahead of {@link connect}: who may not be heard does not call. A refusal ends the call. */
	async prepare(): Promise<boolean> {
		try {
			const { signal } = this.#scope;
			const echo = await this.#deps.openEcho(signal);
			if (signal.aborted) {
				echo.close();
				return false;
			}
			this.#scope.add(() => echo.close());
			this.#echo = echo;
			echo.setMuted(this.#muted.value);
			return true;
		} catch (error) {
			this.end('failed', asLineError(error, 'microphone.unavailable'));
			return false;
		}
	}

	/** The call is answered, by whomever it rang at. Talking begins when the sound is proven to flow. */
	async connect(): Promise<void> {
		const { clock } = this.#deps;
		this.#change({ type: 'answered', at: clock.monotonic() });
		if (!this.#echo && !(await this.prepare())) return;
		try {
			await this.#echo?.connect((flows) => this.#flows(flows));
		} catch (error) {
			return this.end('failed', asLineError(error, 'media.not-connected'));
		}
		this.#change({ type: 'media-connected', at: clock.monotonic() });
		this.after(SAMPLE_MS, () => this.#measure());
	}

	/** Ends the call, whoever wants it. Does nothing when it has ended. */
	end(reason: EndReason, error?: LineError): void {
		const at = this.#deps.clock.monotonic();
		this.#scope.end();
		this.#change({ type: 'ended', at, reason, ...(error ? { error } : {}) });
	}

	/** Does `task` after `ms` of the line's pace, unless the call has ended by then. */
	after(ms: number, task: () => void): void {
		const timer = this.#scope.child();
		timer.add(
			this.#deps.clock.after(ms * this.#deps.pace, () => {
				timer.end();
				task();
			})
		);
	}

	#flows(flows: boolean): void {
		const at = this.#deps.clock.monotonic();
		this.#change(flows ? { type: 'recovered' } : { type: 'interrupted', at, because: 'media.lost' });
	}

	#measure(): void {
		const levels = this.#echo?.levels();
		if (!levels) return;
		this.#sample.set({
			at: this.#deps.clock.monotonic(),
			sentLevel: levels.sent,
			heardLevel: levels.heard
		});
		this.#listenForSilence(levels.sent);
		this.after(SAMPLE_MS, () => this.#measure());
	}

	#listenForSilence(sent: number): void {
		const state = this.#state.value;
		const speaking = !this.#muted.value && state.phase === 'talking' && !state.held;
		this.#silentFor = speaking && sent < SILENT_DBFS ? this.#silentFor + 1 : 0;
		if (this.#silentFor === SILENT_SAMPLES) this.#warnings.set(['microphone-silent']);
		else if (this.#silentFor === 0 && this.#warnings.value.length > 0) this.#warnings.set([]);
	}

	#pause(ms: number): Promise<void> {
		const { signal } = this.#scope;
		return new Promise((resolve, reject) => {
			if (signal.aborted) return reject(abortError(signal));
			signal.addEventListener('abort', () => reject(abortError(signal)), { once: true });
			this.after(ms, resolve);
		});
	}

	#change(event: CallEvent): void {
		const before = this.#state.value;
		const after = nextCallState(before, event);
		if (after === before) return this.#deps.log('debug', 'call event', { call: this.id, event: event.type });
		this.#deps.log('info', 'call', { call: this.id, phase: after.phase });
		this.#state.set(after);
	}

	#onlyWhileRingingHere(): void {
		if (this.direction !== 'in' || this.#state.value.phase !== 'ringing')
			throw new LineError('command.not-now');
	}

	#onlyWhileTalking(): void {
		const { phase } = this.#state.value;
		if (phase !== 'talking' && phase !== 'recovering') throw new LineError('command.not-now');
	}
}

import type { Address } from './address.ts';
import { nextCallState, type CallEvent, type CallState, type EndReason } from './call-state.ts';
import { LineError } from './errors.ts';
import type { History, HistoryFinish, HistoryRow } from './history.ts';
import type { Abilities, Call, CallWarning, DialOptions, Line, MediaSample, Party } from './line.ts';
import { nextLineState, type LineEvent, type LineState } from './line-state.ts';
import type { Clock } from './ports.ts';
import { Cell, constant } from './watched.ts';

/** Time that stands still until it is told. */
export class FakeClock implements Clock {
	#monotonic = 0;
	#tasks = new Set<{ readonly at: number; readonly task: () => void }>();
	wall = 1_700_000_000_000;

	now(): number {
		return this.wall;
	}

	monotonic(): number {
		return this.#monotonic;
	}

	after(ms: number, task: () => void): () => void {
		const entry = { at: this.#monotonic + ms, task };
		this.#tasks.add(entry);
		return () => void this.#tasks.delete(entry);
	}

	get waiting(): number {
		return this.#tasks.size;
	}

	/** Runs what is due, in order, and lets promises settle before, between and after. */
	async pass(ms: number): Promise<void> {
		await settled();
		const end = this.#monotonic + ms;
		for (;;) {
			const due = [...this.#tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.#tasks.delete(due);
			this.#monotonic = Math.max(this.#monotonic, due.at);
			due.task();
			await settled();
		}
		this.wall += end - this.#monotonic;
		this.#monotonic = end;
		await settled();
	}
}

/** Lets every chain of promises that waits for nothing outside run to its end. */
export function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

export class FakeCall implements Call {
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	readonly reference = new Cell<string | undefined>(undefined);
	readonly party: Cell<Party>;
	readonly state: Cell<CallState>;
	readonly muted = constant(false);
	readonly digits = new Cell('');
	readonly sample = constant<MediaSample | undefined>(undefined);
	readonly warnings = constant<readonly CallWarning[]>([]);
	readonly #clock: Clock;
	/** Commands wait for this before they act. */
	gate: () => Promise<void> = () => Promise.resolve();

	constructor(id: string, lineId: string, direction: 'out' | 'in', address: string, clock: Clock) {
		this.id = id;
		this.lineId = lineId;
		this.direction = direction;
		this.party = new Cell<Party>({ address, params: [] });
		this.state = new Cell<CallState>(direction === 'out' ? { phase: 'placing' } : { phase: 'ringing' });
		this.#clock = clock;
	}

	get phase(): CallState['phase'] {
		return this.state.value.phase;
	}

	get held(): boolean {
		const state = this.state.value;
		return (state.phase === 'talking' || state.phase === 'recovering') && state.held;
	}

	happens(event: CallEvent): void {
		this.state.set(nextCallState(this.state.value, event));
	}

	talks(): this {
		this.happens({ type: 'answered', at: this.#clock.monotonic() });
		this.happens({ type: 'media-connected', at: this.#clock.monotonic() });
		return this;
	}

	ends(reason: EndReason, error?: LineError): void {
		this.happens({ type: 'ended', at: this.#clock.monotonic(), reason, ...(error ? { error } : {}) });
	}

	async answer(): Promise<void> {
		await this.gate();
		this.#mustBe(this.direction === 'in' && this.phase === 'ringing');
		this.happens({ type: 'answered', at: this.#clock.monotonic() });
	}

	async decline(): Promise<void> {
		await this.gate();
		this.#mustBe(this.direction === 'in' && this.phase === 'ringing');
		this.ends('declined');
	}

	async ignore(): Promise<void> {
		await this.gate();
		this.#mustBe(this.direction === 'in' && this.phase === 'ringing');
		this.ends('ignored');
	}

	async hangUp(): Promise<void> {
		await this.gate();
		this.ends(this.phase === 'talking' || this.phase === 'recovering' ? 'hung-up' : 'cancelled');
	}

	setMuted(): Promise<void> {
		return Promise.resolve();
	}

	async setHeld(held: boolean): Promise<void> {
		await this.gate();
		this.#mustBe(this.phase === 'talking' || this.phase === 'recovering');
		this.happens({ type: 'held', held });
	}

	sendDigits(digits: string): Promise<void> {
		this.digits.update((sent) => sent + digits);
		return Promise.resolve();
	}

	#mustBe(fits: boolean): void {
		if (!fits) throw new LineError('command.not-now');
	}
}

export class FakeLine implements Line {
	readonly id: string;
	readonly label = 'Fake';
	readonly kind = 'fake';
	readonly can: Abilities;
	readonly state = new Cell<LineState>({ phase: 'ready', receiving: true });
	readonly calls = new Cell<readonly FakeCall[]>([]);
	readonly dialled: { readonly to: Address; readonly options: DialOptions | undefined }[] = [];
	readonly #clock: Clock;
	#count = 0;
	/** dial() waits for this; a rejection is its own. */
	gate: () => Promise<void> = () => Promise.resolve();
	/** What happens to a dialled call before dial() resolves, and before it is listed. */
	atBirth: (call: FakeCall) => void = () => {};

	constructor(id: string, clock: Clock, can: Partial<Abilities> = {}) {
		this.id = id;
		this.#clock = clock;
		this.can = {
			dials: ['number', 'client', 'code'],
			receives: true,
			digits: true,
			hold: 'local',
			callerIds: [],
			...can
		};
	}

	happens(event: LineEvent): void {
		this.state.set(nextLineState(this.state.value, event));
	}

	async dial(to: Address, options?: DialOptions): Promise<FakeCall> {
		this.dialled.push({ to, options });
		await this.gate();
		return this.#appears('out', to.value);
	}

	rings(address = '+15550199'): FakeCall {
		return this.#appears('in', address);
	}

	reopen(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		for (const call of this.calls.value) call.ends('line-closed');
		this.happens({ type: 'closed' });
		return Promise.resolve();
	}

	#appears(direction: 'out' | 'in', address: string): FakeCall {
		const call = new FakeCall(`${this.id}-${++this.#count}`, this.id, direction, address, this.#clock);
		call.state.watch(({ phase }) => {
			if (phase === 'ended') this.calls.update((calls) => calls.filter((other) => other !== call));
		});
		if (direction === 'out') this.atBirth(call);
		if (call.phase !== 'ended') this.calls.update((calls) => [...calls, call]);
		return call;
	}
}

/** A history that remembers what was asked of it. */
export class FakeHistory implements History {
	readonly begun: HistoryRow[] = [];
	readonly finished: (HistoryFinish & { readonly id: string })[] = [];
	/** Writing waits for this. */
	gate: () => Promise<void> = () => Promise.resolve();

	async begin(row: HistoryRow): Promise<void> {
		this.begun.push(row);
		await this.gate();
	}

	async finish(id: string, finish: HistoryFinish): Promise<void> {
		this.finished.push({ ...finish, id });
		await this.gate();
	}
}

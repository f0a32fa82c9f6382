import type { Address } from '#lib/core/address.ts';
import type { Abilities, Call, DialOptions, Line, Party } from '#lib/core/line.ts';
import { abortError } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import { nextLineState, type LineEvent, type LineState } from '#lib/core/line-state.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { LineDeps } from '../module.ts';
import { PracticeCall } from './call.ts';
import { openEcho, type Echo } from './echo.ts';
import type { PracticeSettings } from './meta.ts';
import {
	CALLER,
	CALL_BACK_MS,
	ECHO_MS,
	PATIENCE_MS,
	PLACING_MS,
	RINGING_MS,
	planFor,
	type Plan
} from './plan.ts';

export interface PracticeDeps extends Pick<
	LineDeps,
	'clock' | 'log' | 'devices' | 'audio' | 'openMicrophone' | 'newId'
> {
	/** Factor on all times of the line, for tests. */
	readonly pace?: number;
	/** Another sound than the browser's, for tests without one. */
	openEcho?(signal: AbortSignal): Promise<Echo>;
}

const CAN: Abilities = {
	dials: ['code', 'number'],
	receives: true,
	digits: true,
	hold: 'local',
	callerIds: []
};

/** A line without account and network. It is ready at once. */
export function open(settings: PracticeSettings, deps: PracticeDeps): Line {
	return new PracticeLine(settings, deps);
}

class PracticeLine implements Line {
	readonly id: string;
	readonly label: string;
	readonly kind = 'practice';
	readonly can = CAN;
	readonly #deps: PracticeDeps;
	readonly #pace: number;
	readonly #scope = new Scope();
	readonly #state = new Cell<LineState>({ phase: 'off' });
	readonly #calls = new Cell<readonly PracticeCall[]>([]);

	constructor(settings: PracticeSettings, deps: PracticeDeps) {
		this.id = settings.id;
		this.label = settings.label;
		this.#deps = deps;
		this.#pace = deps.pace ?? 1;
		this.#change({ type: 'opening' });
		this.#change({ type: 'ready', receiving: true });
	}

	get state(): Watched<LineState> {
		return this.#state;
	}
	get calls(): Watched<readonly Call[]> {
		return this.#calls;
	}

	async dial(to: Address, { signal, invited }: DialOptions = {}): Promise<Call> {
		if (this.#scope.ended) throw new LineError('line.closed');
		if (signal?.aborted) throw abortError(signal);
		if (!CAN.dials.includes(to.kind))
			throw new LineError('address.unsupported', { facts: { kind: to.kind } });
		const number = to.value.trim();
		if (number === '') throw new LineError('address.empty');
		const call = this.#newCall('out', { address: number, params: [] });
		const cancel = () => void call.hangUp();
		signal?.addEventListener('abort', cancel);
		void this.#play(planFor(number), call);
		invited?.();
		// The last moment at which an abort is still the caller's.
		await Promise.resolve();
		signal?.removeEventListener('abort', cancel);
		if (signal?.aborted) throw abortError(signal);
		return call;
	}

	reopen(): Promise<void> {
		return this.#scope.ended ? Promise.reject(new LineError('line.closed')) : Promise.resolve();
	}

	close(): Promise<void> {
		this.#scope.end();
		for (const call of this.#calls.value) call.end('line-closed');
		this.#change({ type: 'closed' });
		return Promise.resolve();
	}

	/** What the other party does. */
	async #play(plan: Plan, call: PracticeCall): Promise<void> {
		if (plan.what === 'echo') {
			if (!(await call.prepare())) return;
			call.after(PLACING_MS, () => {
				call.rang();
				call.after(RINGING_MS, () => void this.#answer(plan, call));
			});
			return;
		}
		const { ringsFor, reason } = plan;
		call.after(PLACING_MS, () => {
			if (ringsFor === 0) return call.end(reason);
			call.rang();
			call.after(ringsFor, () => {
				call.end(reason);
				if (plan.callsBack) this.#after(CALL_BACK_MS, () => this.#callIn());
			});
		});
	}

	async #answer({ losesAfter }: Plan & { what: 'echo' }, call: PracticeCall): Promise<void> {
		await call.connect();
		if (losesAfter === undefined) return;
		call.after(losesAfter, () => call.end('failed', new LineError('call.lost')));
	}

	#callIn(): void {
		const call = this.#newCall('in', CALLER);
		call.after(PATIENCE_MS, () => {
			if (call.state.value.phase === 'ringing') call.end('missed');
		});
	}

	#newCall(direction: 'out' | 'in', party: Party): PracticeCall {
		const { clock, log, newId } = this.#deps;
		const sound = (signal: AbortSignal) =>
			this.#deps.openEcho?.(signal) ?? openEcho(this.#deps, ECHO_MS * this.#pace, signal);
		const call = new PracticeCall(
			{ id: newId(), lineId: this.id, direction, party },
			{ clock, log, pace: this.#pace, openEcho: sound }
		);
		call.state.watch(({ phase }) => {
			if (phase === 'ended') this.#calls.update((calls) => calls.filter((other) => other !== call));
		});
		this.#calls.update((calls) => [...calls, call]);
		return call;
	}

	/** For what belongs to the line and to none of its calls. */
	#after(ms: number, task: () => void): void {
		const timer = this.#scope.child();
		timer.add(
			this.#deps.clock.after(ms * this.#pace, () => {
				timer.end();
				task();
			})
		);
	}

	#change(event: LineEvent): void {
		const next = nextLineState(this.#state.value, event);
		if (next === this.#state.value) return;
		this.#deps.log('info', 'line', { line: this.id, phase: next.phase });
		this.#state.set(next);
	}
}

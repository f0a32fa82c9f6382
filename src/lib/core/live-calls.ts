import { isEnded } from './audio-focus.ts';
import type { Call, Line } from './line.ts';
import { Cell, type Watched } from './watched.ts';

interface LiveCallsEvents {
	/** Once for each call, when it is first seen. */
	appeared(call: Call): void;
	/** After every change of phase or hold, the end included. */
	changed(call: Call): void;
	/** It has ended, or its line was taken away. */
	gone(call: Call): void;
}

/** The lines of a phone and the calls on them: who is there, who is alive, who ended last. */
export class LiveCalls {
	readonly #events: LiveCallsEvents;
	readonly #lines = new Cell<readonly Line[]>([]);
	readonly #calls = new Cell<readonly Call[]>([]);
	readonly #lastEnded = new Cell<Call | undefined>(undefined);
	readonly #seen = new WeakSet<Call>();
	readonly #watches = new Map<Line | Call, () => void>();

	constructor(events: LiveCallsEvents) {
		this.#events = events;
	}

	get lines(): Watched<readonly Line[]> {
		return this.#lines;
	}

	get calls(): Watched<readonly Call[]> {
		return this.#calls;
	}

	get lastEnded(): Watched<Call | undefined> {
		return this.#lastEnded;
	}

	dismissEnded(): void {
		this.#lastEnded.set(undefined);
	}

	add(line: Line): () => void {
		this.#watches.set(
			line,
			line.calls.watch((calls) => calls.forEach((call) => this.notice(call)))
		);
		this.#lines.update((lines) => [...lines, line]);
		for (const call of line.calls.value) this.notice(call);
		return () => {
			this.#unwatch(line);
			this.#lines.update((lines) => lines.filter((other) => other !== line));
			for (const call of this.#calls.value) if (call.lineId === line.id) this.#forget(call);
		};
	}

	/** Takes a call in, once, even if it has ended by now. */
	notice(call: Call): void {
		if (this.#seen.has(call)) return;
		this.#seen.add(call);
		if (!isEnded(call)) this.#calls.update((calls) => [...calls, call]);
		this.#watches.set(
			call,
			call.state.watch(() => this.#changed(call))
		);
		this.#events.appeared(call);
		if (isEnded(call)) this.#changed(call);
	}

	close(): void {
		for (const watched of [...this.#watches.keys()]) this.#unwatch(watched);
	}

	#changed(call: Call): void {
		// The one who was told first may have ended it already.
		if (!this.#watches.has(call)) return;
		const state = call.state.value;
		if (state.phase === 'ended') {
			const { reason } = state.how;
			if (reason !== 'declined' && reason !== 'ignored') this.#lastEnded.set(call);
			this.#forget(call);
		}
		this.#events.changed(call);
	}

	#forget(call: Call): void {
		this.#unwatch(call);
		this.#calls.update((calls) => (calls.includes(call) ? calls.filter((other) => other !== call) : calls));
		this.#events.gone(call);
	}

	#unwatch(watched: Line | Call): void {
		this.#watches.get(watched)?.();
		this.#watches.delete(watched);
	}
}

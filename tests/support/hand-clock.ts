import type { Clock } from '#lib/core/ports.ts';

/** Time that passes when it is told to. */
export class HandClock implements Clock {
	#now = 1_700_000_000_000;
	readonly #timers = new Set<{ readonly at: number; readonly task: () => void }>();

	now(): number {
		return this.#now;
	}

	monotonic(): number {
		return this.#now;
	}

	after(ms: number, task: () => void): () => void {
		const timer = { at: this.#now + ms, task };
		this.#timers.add(timer);
		return () => void this.#timers.delete(timer);
	}

	get pending(): number {
		return this.#timers.size;
	}

	pass(ms: number): void {
		this.#now += ms;
		for (const timer of [...this.#timers]) {
			if (timer.at > this.#now || !this.#timers.delete(timer)) continue;
			timer.task();
		}
	}
}

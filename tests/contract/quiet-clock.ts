import type { Clock } from '#lib/core/ports.ts';

/** Longer than anything on this machine needs to answer, if it answers at all. */
const QUIET_MS = 60;

/**
 * A clock that stands still while something may happen, and jumps to the next deadline where nothing does: what is waited for
 * in vain costs its declared time on this clock, whatever the machine is busy with.
 */
export class QuietClock implements Clock {
	#ms = 0;
	readonly #start = Date.now();
	readonly #timers = new Set<{ readonly at: number; readonly task: () => void }>();
	#jump: ReturnType<typeof setTimeout> | undefined;

	now(): number {
		return this.#start + this.#ms;
	}

	monotonic(): number {
		return this.#ms;
	}

	after(ms: number, task: () => void): () => void {
		const timer = { at: this.#ms + ms, task };
		this.#timers.add(timer);
		this.#wait();
		return () => void this.#timers.delete(timer);
	}

	#wait(): void {
		clearTimeout(this.#jump);
		if (this.#timers.size > 0) this.#jump = setTimeout(() => this.#next(), QUIET_MS);
	}

	#next(): void {
		const next = Math.min(...[...this.#timers].map(({ at }) => at));
		if (!Number.isFinite(next)) return;
		this.#ms = Math.max(this.#ms, next);
		for (const timer of [...this.#timers]) {
			if (timer.at <= this.#ms && this.#timers.delete(timer)) timer.task();
		}
		this.#wait();
	}
}

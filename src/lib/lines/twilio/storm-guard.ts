const MINUTE_MS = 60_000;
const MOST_IN_FIRST_MINUTE = 12;
const SPACING_MS = 10_000;

/**
 * Bounds how often a gateway is asked, whatever the reasons are: 12 attempts in the first minute, then one each 10 s. A
 * minute without an attempt makes it forget.
 */
export class StormGuard {
	#began = -Infinity;
	#last = -Infinity;
	#count = 0;

	/** How long the next attempt must wait, ms. `now` is monotonic. */
	wait(now: number): number {
		if (now - this.#last >= MINUTE_MS) return 0;
		if (now - this.#began < MINUTE_MS) {
			return this.#count < MOST_IN_FIRST_MINUTE ? 0 : this.#began + MINUTE_MS - now;
		}
		return Math.max(0, this.#last + SPACING_MS - now);
	}

	attempted(now: number): void {
		if (now - this.#last >= MINUTE_MS) {
			this.#began = now;
			this.#count = 0;
		}
		this.#last = now;
		this.#count++;
	}
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const PER_MINUTE = 10;
const PER_HOUR = 60;

/**
 * How fast a phone may place calls: at most 10 in any minute and 60 in any hour, whoever or whatever presses the button.
 * A stolen page then costs tens of calls, not thousands.
 */
export class DialLimit {
	#times: number[] = [];

	/** True, and counted, when one more call may be placed. `at` is monotonic ms. */
	take(at: number): boolean {
		this.#times = this.#times.filter((time) => at - time < HOUR_MS);
		const lastMinute = this.#times.filter((time) => at - time < MINUTE_MS).length;
		if (lastMinute >= PER_MINUTE || this.#times.length >= PER_HOUR) return false;
		this.#times.push(at);
		return true;
	}
}

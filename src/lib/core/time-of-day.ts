const DAY_MS = 86_400_000;

/**
 * When the local clock shows `hhmm` ('03:30') next, wall ms, strictly after `now`. An hour that the clock skips in spring
 * counts as the hour after it; of one that comes twice in autumn the first counts, so that each day has it once.
 */
export function nextTimeOfDay(hhmm: string, now: number): number {
	const [hours = 0, minutes = 0] = hhmm.split(':').map(Number);
	const today = new Date(now);
	const on = (day: number) =>
		new Date(today.getFullYear(), today.getMonth(), today.getDate() + day, hours, minutes).getTime();
	return on(0) > now ? on(0) : on(1);
}

/** What has to be done once a day, asked now and then whether it is time. */
export class Daily {
	readonly #hhmm: string;
	#due: number;

	constructor(hhmm: string, now: number) {
		this.#hhmm = hhmm;
		this.#due = nextTimeOfDay(hhmm, now);
	}

	/** True once for each day, also when the time was slept through. A clock that was set back does not delay it by days. */
	isDue(now: number): boolean {
		const isDue = now >= this.#due;
		// A day has 25 hours at most; what is further away was reckoned with another clock.
		if (isDue || this.#due - now > DAY_MS + DAY_MS / 24) this.#due = nextTimeOfDay(this.#hhmm, now);
		return isDue;
	}
}

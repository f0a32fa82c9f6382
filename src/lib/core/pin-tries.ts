/** What is remembered of wrong PINs, also over reloads. */
export interface PinTries {
	/** Wrong ones in a row. */
	readonly wrong: number;
	/** Wall time, ms: when the next one may be tried; absent while there are tries left. */
	readonly until?: number;
}

export const NO_TRIES: PinTries = { wrong: 0 };

const FREE_TRIES = 5;
const MINUTE_MS = 60_000;
const WAITS_MIN = [1, 2, 4, 8, 15] as const;

/** How long one waits after so many wrong tries in a row, ms: 5 are free of it, then 1, 2, 4, 8, 15, 15, … minutes. */
export function waitAfter(wrong: number): number {
	if (wrong < FREE_TRIES) return 0;
	return (WAITS_MIN[wrong - FREE_TRIES] ?? 15) * MINUTE_MS;
}

/** Counts a wrong try that was made at `now`, wall ms. */
export function afterWrong({ wrong }: PinTries, now: number): PinTries {
	const wait = waitAfter(wrong + 1);
	return wait === 0 ? { wrong: wrong + 1 } : { wrong: wrong + 1, until: now + wait };
}

/**
 * How much is left of the wait, ms. A clock that was set back makes it no shorter, and no longer than the wait is as a whole;
 * one that was set forward ends it.
 */
export function waitLeft({ wrong, until }: PinTries, now: number): number {
	return until === undefined ? 0 : Math.max(0, Math.min(until - now, waitAfter(wrong)));
}

/** How many may be tried before there is a wait; after the first wait it is one each time. */
export const triesLeft = ({ wrong }: PinTries): number => Math.max(1, FREE_TRIES - wrong);

/** The stricter of two: another tab may have counted, or storage may have been cleared. */
export const stricter = (a: PinTries, b: PinTries): PinTries =>
	b.wrong > a.wrong || (b.wrong === a.wrong && (b.until ?? 0) > (a.until ?? 0)) ? b : a;

/** From storage, which another version, another page or a person may have written. */
export function readPinTries(stored: unknown): PinTries {
	if (typeof stored !== 'object' || stored === null) return NO_TRIES;
	const { wrong, until } = stored as { readonly wrong?: unknown; readonly until?: unknown };
	if (typeof wrong !== 'number' || !Number.isSafeInteger(wrong) || wrong < 1) return NO_TRIES;
	return typeof until === 'number' && Number.isFinite(until) ? { wrong, until } : { wrong };
}

/** Ends of what a Date can hold, ms from 1970 (ECMA-262, 21.4.1.1). */
const LAST_MOMENT = 8.64e15;

/** Wall ms that a Date can hold: formatting any other number throws. What storage gives has to be asked about. Pure. */
export function isMoment(value: unknown): value is number {
	return typeof value === 'number' && Math.abs(value) <= LAST_MOMENT;
}

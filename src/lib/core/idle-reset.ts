/** `ends`: nobody has touched it for a while, and it is about to be as nobody had been there. */
export type Use = 'nobody' | 'somebody' | 'ends';

/** WCAG 2.2, 2.2.1: whoever needs more time is told, and one touch is enough to have it. */
const WARNS_MS = 10_000;

export interface UseFacts {
	/** Monotonic ms of the last touch, or of the end of the last call; undefined before the first. */
	readonly touchedAt: number | undefined;
	readonly now: number;
	readonly inCall: boolean;
	readonly resetMs: number;
}

/** Who uses it now, and in how many ms that changes by itself. A warning takes half of a very short time at most. Pure. */
export function useOf({ touchedAt, now, inCall, resetMs }: UseFacts): {
	readonly use: Use;
	readonly changesInMs?: number;
} {
	if (inCall) return { use: 'somebody' };
	if (touchedAt === undefined) return { use: 'nobody' };
	const left = resetMs - (now - touchedAt);
	const warns = Math.min(WARNS_MS, resetMs / 2);
	if (left <= 0) return { use: 'nobody' };
	return left > warns ? { use: 'somebody', changesInMs: left - warns } : { use: 'ends', changesInMs: left };
}

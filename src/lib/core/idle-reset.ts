/** `ends`: nobody has touched it for a while, and it is about to be as nobody had been there. */
export type Use = 'nobody' | 'somebody' | 'ends';

/** After the last touch or call, where config.json says nothing else, ms. */
export const DEFAULT_RESET_MS = 60_000;

/** WCAG 2.2, 2.2.1: whoever needs more time is told, has at least so long to ask for it, and one touch is enough. */
const WARNS_MS = 20_000;

/** How long before its end a time without a touch is warned of, ms: 20 s, and half of what is shorter than 40 s. Pure. */
export const warningMs = (resetMs: number): number => Math.min(WARNS_MS, resetMs / 2);

export interface UseFacts {
	/** Monotonic ms of the last touch, or of the end of the last call; undefined before the first. */
	readonly touchedAt: number | undefined;
	readonly now: number;
	readonly inCall: boolean;
	readonly resetMs: number;
}

/** Who uses it now, and in how many ms that changes by itself. Pure. */
export function useOf({ touchedAt, now, inCall, resetMs }: UseFacts): {
	readonly use: Use;
	readonly changesInMs?: number;
} {
	if (inCall) return { use: 'somebody' };
	if (touchedAt === undefined) return { use: 'nobody' };
	const left = resetMs - (now - touchedAt);
	const warns = warningMs(resetMs);
	if (left <= 0) return { use: 'nobody' };
	return left > warns ? { use: 'somebody', changesInMs: left - warns } : { use: 'ends', changesInMs: left };
}

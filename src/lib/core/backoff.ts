const STEPS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const;
const JITTER = 0.4;

/**
 * How long to wait before try number `attempt` (1 is the first after a failure), ms: 1, 2, 4, 8, 16, then 30 s, each
 * ±40 % so that phones which lost the same server do not come back in step.
 *
 * @param random from 0 up to 1, as Math.random gives it
 */
export function backoff(attempt: number, random: () => number): number {
	const step = Math.min(Math.max(Math.trunc(attempt), 1), STEPS_MS.length) - 1;
	const base = STEPS_MS[step] ?? STEPS_MS[STEPS_MS.length - 1] ?? 0;
	return Math.round(base * (1 - JITTER + 2 * JITTER * random()));
}

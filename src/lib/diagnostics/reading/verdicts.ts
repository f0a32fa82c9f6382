import type { CauseCode, Facts, Reason, RunnerUp, Sure, Verdict } from '../types.ts';

export const pass: Verdict = { outcome: 'pass' };
export const skipped = (reason: Reason): Verdict => ({ outcome: 'skipped', reason });
export const unsure = (reason: Reason, facts: Facts = {}): Verdict => ({ outcome: 'unsure', reason, facts });

/** @param instead neighbours that the evidence does not rule out, as pairs of cause and what would decide */
export function fail(
	cause: CauseCode,
	sure: Sure,
	facts: Facts = {},
	...instead: readonly (readonly [RunnerUp['cause'], RunnerUp['decides']])[]
): Verdict {
	return { outcome: 'fail', cause, sure, facts, ...neighbours(instead) };
}

/** Calls work all the same, though not as well as they should, or not for long. */
export function warn(
	cause: CauseCode,
	sure: Sure,
	facts: Facts = {},
	...instead: readonly (readonly [RunnerUp['cause'], RunnerUp['decides']])[]
): Verdict {
	return { outcome: 'warn', cause, sure, facts, ...neighbours(instead) };
}

const neighbours = (instead: readonly (readonly [RunnerUp['cause'], RunnerUp['decides']])[]) =>
	instead.length === 0
		? {}
		: { instead: instead.slice(0, 2).map(([cause, decides]) => ({ cause, decides })) };

import type { Report } from '../e2e/checkup-page.ts';
import { play, type Stage } from './case.ts';
import type { Inject } from './injection.ts';

/** One case of the scoreboard. */
export interface Case {
	readonly id: string;
	readonly group: Group;
	readonly inject: Inject;
	/** What must stand first, or, of two at once, one after the other in either order of what follows; [] is healthy. */
	readonly causes: readonly string[];
}

export const GROUPS = ['core', 'extended', 'traps', 'pairs'] as const;
export type Group = (typeof GROUPS)[number];

export interface Result {
	readonly case: Case;
	readonly right: boolean;
	/** Every cause of the report, in its order; or why there is no report. */
	readonly found: readonly string[];
	readonly ms: number;
	readonly report?: Report;
}

/** Plays one case. A case that breaks is a case that is wrong. */
export async function score(one: Case, stage: Stage): Promise<Result> {
	const start = performance.now();
	try {
		const { report, ms } = await play(one.inject, stage);
		const found = report.causes.map(({ cause }) => cause);
		return { case: one, right: isRight(one, found), found, ms, report };
	} catch (error) {
		const words = String(error).replaceAll(/\s+/g, ' ').slice(0, 300);
		return { case: one, right: false, found: [`no report: ${words}`], ms: performance.now() - start };
	}
}

/** The first cause is the right one; of two faults the deeper comes first and the other one is named too. */
function isRight({ causes }: Case, found: readonly string[]): boolean {
	if (causes.length === 0) return found.length === 0;
	return found[0] === causes[0] && causes.every((cause) => found.includes(cause));
}

/** Each case in its turn, so many side by side; told as they end. */
export async function scoreAll(
	cases: readonly Case[],
	workers: number,
	stage: Stage,
	tell: (result: Result) => void
): Promise<readonly Result[]> {
	const waiting = [...cases];
	const results: Result[] = [];
	const work = async () => {
		for (let one = waiting.shift(); one; one = waiting.shift()) {
			const result = await score(one, stage);
			results.push(result);
			tell(result);
		}
	};
	await Promise.all(Array.from({ length: workers }, work));
	return results;
}

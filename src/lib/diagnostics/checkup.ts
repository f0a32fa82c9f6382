import type { Clock } from '#lib/core/ports.ts';
import { gather, isSame, NO_EVIDENCE, type AnyGatherer } from './gather.ts';
import { judge as judgeAll } from './judge.ts';
import type { CheckResult, CheckupRun, Evidence, Judgement, RunEvent, Subject, Topic } from './types.ts';

export interface RunPlan {
	readonly gatherers: readonly AnyGatherer[];
	readonly clock: Clock;
	/** The Stop button, and whatever else ends a run: a newer one. */
	readonly signal: AbortSignal;
	/** Only this line is looked at, beside the page. */
	readonly onlyLine?: string;
	/** Of an earlier run: stays for what has no gatherer in this one. */
	readonly keep?: Evidence;
	/** For tests. */
	readonly judge?: (evidence: Evidence) => Judgement;
}

/**
 * Gathers, judges what is known by then after every topic, and tells of it at once. Never rejects, and never takes longer
 * than THRESHOLDS.runMs. Whoever runs two at a time has two microphones open: end the one before the other.
 */
export async function runCheckup(
	plan: RunPlan,
	tell: (event: RunEvent) => void = () => {}
): Promise<CheckupRun> {
	const { clock, signal, gatherers, onlyLine, keep = NO_EVIDENCE, judge = judgeAll } = plan;
	const startedAt = clock.now();
	const start = clock.monotonic();
	tell({ type: 'started', at: startedAt, gatherers: gatherers.length });
	// What is kept has been told by the run that found it.
	let told = judge(keep).results;
	const { evidence, stopped } = await gather({
		gatherers,
		clock,
		signal,
		known: keep,
		onGathering: ({ subject, topic }) => tell({ type: 'gathering', subject, topic }),
		onWaiting: ({ subject, topic }, forMs) => tell({ type: 'waiting', subject, topic, forMs }),
		onGathered: ({ subject, topic }, { ok, ms }, soFar) => {
			const { results } = judge(soFar);
			tell({ type: 'gathered', subject, topic, ok, ms, results: news(told, results) });
			told = results;
		}
	});
	const run: CheckupRun = {
		...judge(evidence),
		startedAt,
		durationMs: Math.round(clock.monotonic() - start),
		stopped,
		...(onlyLine === undefined ? {} : { onlyLine }),
		evidence
	};
	tell({ type: 'ended', run });
	return run;
}

/**
 * Those of `all` that have to run to look at some topics of one subject again: these, and what they build on, since the
 * gatherers of one subject share what they have found (a token).
 */
export function gatherersFor(
	all: readonly AnyGatherer[],
	subject: Subject,
	topics: readonly Topic[]
): readonly AnyGatherer[] {
	const own = all.filter((one) => isSame(one.subject, subject));
	const needed = new Set<Topic>(topics);
	for (const topic of needed) {
		for (const { topic: other, after = [] } of own) {
			if (other === topic) after.forEach((before) => needed.add(before));
		}
	}
	return own.filter(({ topic }) => needed.has(topic));
}

/** Results that were not there before, or were others; not those that wait for more. */
function news(before: readonly CheckResult[], now: readonly CheckResult[]): readonly CheckResult[] {
	const old = new Map(before.map((result) => [keyOf(result), JSON.stringify(result.verdict)]));
	return now.filter((result) => {
		const { verdict } = result;
		if (verdict.outcome === 'skipped' && verdict.reason === 'not-gathered') return false;
		return old.get(keyOf(result)) !== JSON.stringify(verdict);
	});
}

const keyOf = ({ check, line, probe }: CheckResult): string => `${check} ${line ?? ''} ${probe ?? ''}`;

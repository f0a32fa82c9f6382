import { depthOf, stopsCalls } from './causes.ts';
import { CHECKS } from './checks/index.ts';
import { lineSetupOf } from './reading/surroundings.ts';
import type {
	AnyCheck,
	CheckResult,
	Context,
	Evidence,
	Finding,
	Gathered,
	Health,
	Judgement,
	Reason,
	Subject,
	Verdict
} from './types.ts';

/**
 * What the evidence means. Pure, never throws, and may be asked at any time of a run: what is not gathered yet is skipped.
 *
 * A failing check whose trouble follows from that of another one (its `explainedBy`) is folded into that one's finding, so
 * that the list holds causes and not their echoes. The order of the list: what stops something before what is merely
 * worth knowing, then the deeper layer, then lines before further WebSockets, then the surer judgement.
 *
 * @param checks for tests; the table of all by default
 */
export function judge(evidence: Evidence, checks: readonly AnyCheck[] = CHECKS): Judgement {
	const results = checks.flatMap((check) =>
		subjectsOf(check, evidence).map((subject) => resultOf(check, subject, evidence))
	);
	const findings = fold(results, checks);
	return { verdict: healthOf(findings, results, evidence, checks), findings, results };
}

function subjectsOf({ scopes }: AnyCheck, { lines, probes }: Evidence): readonly Subject[] {
	return [
		...(scopes.includes('page') ? [{ scope: 'page' } as const] : []),
		...(scopes.includes('line') ? Object.keys(lines).map((id) => ({ scope: 'line', id }) as const) : []),
		...(scopes.includes('probe') ? Object.keys(probes).map((id) => ({ scope: 'probe', id }) as const) : [])
	];
}

function resultOf(check: AnyCheck, subject: Subject, all: Evidence): CheckResult {
	const known = knownOf(subject, all);
	const needed = check.needs.map((topic) => known[topic]);
	return {
		check: check.id,
		line: subject.scope === 'line' ? subject.id : null,
		probe: subject.scope === 'probe' ? subject.id : null,
		verdict: verdictOf(check, needed, { subject, all }),
		ms: Math.max(0, ...needed.map((gathered) => gathered?.ms ?? 0))
	};
}

const knownOf = (subject: Subject, all: Evidence): Readonly<Record<string, Gathered<unknown> | undefined>> =>
	(subject.scope === 'page'
		? all.page
		: subject.scope === 'line'
			? all.lines[subject.id]
			: all.probes[subject.id]) as Readonly<Record<string, Gathered<unknown> | undefined>>;

const WHY: Readonly<Record<string, Reason>> = {
	denied: 'gatherer-denied',
	timeout: 'gatherer-timeout',
	unsupported: 'gatherer-unsupported',
	crashed: 'gatherer-crashed',
	stopped: 'stopped'
};

function verdictOf(
	check: AnyCheck,
	needed: readonly (Gathered<unknown> | undefined)[],
	context: Context
): Verdict {
	const failed = needed.find((gathered) => gathered?.ok === false);
	if (failed && !failed.ok) return { outcome: 'unsure', reason: WHY[failed.why] ?? 'gatherer-crashed' };
	if (needed.some((gathered) => gathered === undefined))
		return { outcome: 'skipped', reason: 'not-gathered' };
	const own = Object.fromEntries(check.needs.map((topic, at) => [topic, valueIn(needed[at])]));
	try {
		// Evidence of another version can hold what no branch knows.
		const verdict = check.judge(own as never, context) as Verdict | undefined;
		return verdict ?? { outcome: 'unsure', reason: 'check-crashed' };
	} catch {
		// A judgement that trips over what it sees costs only itself.
		return { outcome: 'unsure', reason: 'check-crashed' };
	}
}

const valueIn = (gathered: Gathered<unknown> | undefined): unknown =>
	gathered?.ok ? gathered.value : undefined;

type Draft = Omit<Finding, 'explains'> & { readonly at: number; readonly by: readonly string[] };

function fold(results: readonly CheckResult[], checks: readonly AnyCheck[]): readonly Finding[] {
	const explainers = new Map(checks.map(({ id, explainedBy = [] }) => [id, explainedBy]));
	const drafts = results
		.flatMap((result, at) => draftOf(result, at, explainers.get(result.check) ?? []))
		.sort(compare);
	const causeOf = new Map(
		drafts.map((draft, place) => [
			draft,
			drafts.find((one, other) => one !== draft && isEcho(draft, one, other < place))
		])
	);
	const rootOf = (draft: Draft): Draft => {
		const seen = [draft];
		let next = causeOf.get(draft);
		for (; next && !seen.includes(next); next = causeOf.get(next)) seen.push(next);
		// Of those that explain each other in a circle the first of the list stands for all.
		const circle = next ? seen.slice(seen.indexOf(next)) : seen.slice(-1);
		return drafts.find((one) => circle.includes(one)) ?? draft;
	};
	return drafts
		.filter((draft) => rootOf(draft) === draft)
		.map((root) => {
			const { at: _at, by: _by, ...finding } = root;
			const echoes = drafts.filter((draft) => draft !== root && rootOf(draft) === root);
			return {
				...finding,
				explains: echoes.map(({ check, line, probe, cause }) => ({ check, line, probe, cause }))
			};
		});
}

function draftOf(
	{ check, line, probe, verdict }: CheckResult,
	at: number,
	ofCheck: readonly string[]
): readonly Draft[] {
	if (verdict.outcome !== 'fail' && verdict.outcome !== 'warn') return [];
	const { outcome, cause, sure, facts, instead = [], explainedBy: by = ofCheck } = verdict;
	return [{ cause, line, probe, check, outcome, sure, facts, instead, at, by }];
}

/** The same cause seen twice, or one that follows from what another check has found. */
function isEcho(draft: Draft, root: Draft, comesFirst: boolean): boolean {
	const isPage = root.line === null && root.probe === null;
	const isSameSubject = root.line === draft.line && root.probe === draft.probe;
	if (!isPage && !isSameSubject) return false;
	if (root.cause === draft.cause && comesFirst) return true;
	// What is merely worth knowing stops nothing.
	return draft.by.includes(root.check) && (root.outcome === 'fail' || draft.outcome === 'warn');
}

const SURE = ['certain', 'likely', 'possible'] as const;

function compare(a: Draft, b: Draft): number {
	return (
		Number(a.outcome === 'warn') - Number(b.outcome === 'warn') ||
		Number(a.sure === 'possible') - Number(b.sure === 'possible') ||
		depthOf(a.cause) - depthOf(b.cause) ||
		Number(a.probe !== null) - Number(b.probe !== null) ||
		SURE.indexOf(a.sure) - SURE.indexOf(b.sure) ||
		a.at - b.at
	);
}

/** Contract, section 5. */
function healthOf(
	findings: readonly Finding[],
	results: readonly CheckResult[],
	all: Evidence,
	checks: readonly AnyCheck[]
): Health {
	if (findings.some(({ outcome, cause, probe }) => outcome === 'fail' && probe === null && stopsCalls(cause)))
		return 'blocked';
	if (findings.length > 0) return 'degraded';
	const proofs = checks.filter(({ proves }) => proves !== undefined);
	const isProven = (line: string) => {
		const setup = lineSetupOf({ subject: { scope: 'line', id: line }, all });
		if (setup?.switchedOff || setup?.kind === 'practice') return true;
		return (['token', 'signalling', 'registration'] as const).every((what) =>
			proofs.some(
				({ id, proves }) =>
					proves === what &&
					results.some((result) => result.check === id && result.line === line && hasPassed(result, what))
			)
		);
	};
	const lines = Object.keys(all.lines);
	return lines.length > 0 && lines.every(isProven) ? 'healthy' : 'unknown';
}

/** A registration that is not wanted is not missing. */
const hasPassed = ({ verdict }: CheckResult, what: string): boolean =>
	verdict.outcome === 'pass' ||
	(what === 'registration' && verdict.outcome === 'skipped' && verdict.reason === 'not-wanted');

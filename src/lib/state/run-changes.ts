import type { CheckupRun, Evidence, Gathered } from '#lib/diagnostics/types.ts';

/** What a run was made with, in a few words each: what differs from the last good run is a suspect. */
export type Marks = Readonly<Record<string, string>>;

/** What is kept of a run: enough to compare it with another. */
export interface KeptRun extends Pick<
	CheckupRun,
	'startedAt' | 'durationMs' | 'verdict' | 'stopped' | 'onlyLine'
> {
	readonly findings: readonly Pick<CheckupRun['findings'][number], 'cause' | 'line' | 'probe'>[];
	readonly marks: Marks;
}

export interface MarkChange {
	/** 'app', 'browser', 'system', 'microphone', 'network', 'token', 'server': the last two with their line. */
	readonly mark: string;
	readonly line?: string;
	/** '' where there was none. */
	readonly before: string;
	readonly now: string;
}

export function keptRun(run: CheckupRun): KeptRun {
	const { startedAt, durationMs, verdict, stopped, onlyLine, findings, evidence } = run;
	return {
		...{ startedAt, durationMs, verdict, stopped },
		...(onlyLine === undefined ? {} : { onlyLine }),
		findings: findings.map(({ cause, line, probe }) => ({ cause, line, probe })),
		marks: marksOf(evidence)
	};
}

/** Hosts only, and nothing that names a person or a device. */
export function marksOf({ page, lines }: Evidence): Marks {
	const marks: Record<string, string> = {};
	const environment = valueOf(page.environment);
	const build = valueOf(page.build);
	const microphone = valueOf(page.permissions)?.microphone;
	if (build) marks.app = `${build.running.version} ${build.running.commit}`.trim();
	if (environment) {
		marks.browser = `${environment.browser.name} ${environment.browser.version}`;
		marks.system = environment.browser.system;
		if (environment.connection?.effectiveType) marks.network = environment.connection.effectiveType;
	}
	if (microphone) marks.microphone = microphone;
	for (const [line, known] of Object.entries(lines)) {
		for (const { role, written, used } of valueOf(known.setup)?.addresses ?? []) {
			if (used) marks[`${role === 'token' ? 'token' : 'server'}:${line}`] = hostOf(written);
		}
	}
	return marks;
}

/** What is different now from an earlier run. What was not seen then, or is not seen now, is no change. */
export function changesSince(earlier: Pick<KeptRun, 'marks'>, now: Pick<KeptRun, 'marks'>): MarkChange[] {
	return Object.entries(now.marks).flatMap(([key, value]) => {
		const before = earlier.marks[key];
		if (before === undefined || before === value) return [];
		const [mark = key, line] = key.split(':');
		return [{ mark, before, now: value, ...(line === undefined ? {} : { line }) }];
	});
}

/** The newest run before `run` in which everything that it looks at worked. */
export const lastGood = (runs: readonly KeptRun[], run: Pick<KeptRun, 'startedAt' | 'onlyLine'>) =>
	runs.find(
		(one) =>
			one.startedAt < run.startedAt &&
			one.verdict === 'healthy' &&
			!one.stopped &&
			(one.onlyLine === undefined || one.onlyLine === run.onlyLine)
	);

const valueOf = <T>(gathered: Gathered<T> | undefined): T | undefined =>
	gathered?.ok ? gathered.value : undefined;

function hostOf(written: string): string {
	return URL.canParse(written) ? new URL(written).host : written;
}

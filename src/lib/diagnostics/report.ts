import type { LogEntry } from '#lib/core/log-buffer.ts';
import { m } from '#lib/words/messages.js';
import { Redaction } from './redact-evidence.ts';
import type {
	CauseCode,
	CauseText,
	CheckResult,
	CheckupRun,
	Decider,
	Facts,
	Finding,
	Json,
	Reason
} from './types.ts';

/** `offhook-report.json`: docs/ describes it, and scripts read it. */
export interface Report {
	readonly format: 'offhook-report/1';
	readonly app: { readonly version: string; readonly commit: string };
	readonly language: string;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
	readonly verdict: CheckupRun['verdict'];
	readonly causes: readonly ReportedCause[];
	readonly checks: readonly ReportedCheck[];
	readonly evidence: Json;
	readonly log: readonly Json[];
}

interface ReportedCause
	extends Pick<Finding, 'cause' | 'line' | 'probe' | 'check' | 'outcome' | 'sure'>, CauseText {
	/** With `instead` (runners-up, and what would decide) and `explains` (consequences) where there are any. */
	readonly facts: Readonly<Record<string, Json>>;
}

interface ReportedCheck {
	readonly check: string;
	readonly line: string | null;
	readonly probe: string | null;
	readonly outcome: CheckResult['verdict']['outcome'];
	readonly reason: string;
	readonly ms: number;
}

/** The words, in the language of the report: they are a part of the screen that comes late. */
export interface ReportWords {
	cause(code: CauseCode, facts: Facts): CauseText;
	reason(reason: Reason): string;
	decider(decider: Decider): string;
	check(id: string): string;
}

export interface ReportContext {
	readonly app: Report['app'];
	readonly language: string;
	readonly words: ReportWords;
	readonly log: readonly LogEntry[];
}

/** What is quoted of the log. */
const LAST_ENTRIES = 200;

/**
 * A run as it may leave the device: no token, key, bearer, full phone number, IP address, identity or device name is in it.
 * Facts are redacted before they become words.
 */
export function report(run: CheckupRun, { app, language, words, log }: ReportContext): Report {
	const redaction = new Redaction(run.evidence);
	return {
		format: 'offhook-report/1',
		app,
		language,
		startedAt: new Date(run.startedAt).toISOString(),
		durationMs: Math.round(run.durationMs),
		verdict: run.verdict,
		causes: run.findings.map((finding) => reportedCause(finding, words, redaction)),
		checks: run.results.map((result) => reportedCheck(result, words, redaction)),
		evidence: redaction.json(run.evidence),
		log: log.slice(-LAST_ENTRIES).map((entry) => redaction.json(entry))
	};
}

function reportedCause(finding: Finding, words: ReportWords, redaction: Redaction): ReportedCause {
	const { cause, line, probe, check, outcome, sure, instead, explains } = finding;
	const facts = redaction.facts(finding.facts);
	return {
		...{ cause, line, probe, check, outcome, sure },
		...words.cause(cause, facts),
		facts: {
			...facts,
			...(instead.length > 0 ? { instead: instead.map((one) => ({ ...one })) } : {}),
			...(explains.length > 0 ? { explains: explains.map((one) => ({ ...one })) } : {})
		}
	};
}

function reportedCheck(
	{ check, line, probe, verdict, ms }: CheckResult,
	words: ReportWords,
	redaction: Redaction
): ReportedCheck {
	return {
		check,
		line,
		probe,
		outcome: verdict.outcome,
		reason: reasonOf(verdict, words, redaction),
		ms: Math.round(ms)
	};
}

function reasonOf(verdict: CheckResult['verdict'], words: ReportWords, redaction: Redaction): string {
	if (verdict.outcome === 'pass') return '';
	return 'reason' in verdict
		? words.reason(verdict.reason)
		: words.cause(verdict.cause, redaction.facts(verdict.facts)).title;
}

/** The same for people, as plain text: the causes first, then every check in a line. */
export function readableReport(report: Report, words: ReportWords): string {
	const head = [
		m.report_title(),
		`${report.startedAt} · ${report.app.version} (${report.app.commit})`,
		VERDICTS[report.verdict]()
	];
	const causes = report.causes.map((cause, at) => causeText(cause, at + 1, words));
	const checks = report.checks.map(
		({ check, line, probe, outcome, reason }) =>
			`- ${[words.check(check), line ?? probe].filter(Boolean).join(' · ')}: ${OUTCOMES[outcome]()}${reason === '' ? '' : ` (${reason})`}`
	);
	return [head.join('\n'), ...causes, [`${m.report_checks()}:`, ...checks].join('\n')].join('\n\n') + '\n';
}

function causeText(cause: ReportedCause, number: number, words: ReportWords): string {
	const { instead = [], explains: _explains, ...facts } = cause.facts;
	const seen = Object.entries(facts).map(
		([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`
	);
	const neighbours = (instead as unknown as Finding['instead']).map(({ cause: other, decides }) =>
		m.report_instead({ title: words.cause(other, {}).title, decides: words.decider(decides) })
	);
	return [
		`${number}. ${cause.title} [${cause.cause}, ${SURE[cause.sure]()}]${place(cause)}`,
		`   ${cause.why}`,
		...cause.fix.map(({ who, do: todo }) => `   ${WHO[who]()}: ${todo}`),
		...neighbours.map((text) => `   ${text}`),
		...(seen.length > 0 ? [`   ${m.report_facts()}: ${seen.join('; ')}`] : [])
	].join('\n');
}

const place = ({ line, probe }: ReportedCause): string =>
	(line ?? probe) === null ? '' : ` · ${line ?? probe ?? ''}`;

const VERDICTS = {
	healthy: m.report_healthy,
	degraded: m.report_degraded,
	blocked: m.report_blocked,
	unknown: m.report_unknown
};
const WHO = { you: m.report_you, admin: m.report_admin, developer: m.report_developer };
const SURE = { certain: m.report_certain, likely: m.report_likely, possible: m.report_possible };
const OUTCOMES = {
	pass: m.report_pass,
	warn: m.report_warn,
	fail: m.report_fail,
	unsure: m.report_unsure,
	skipped: m.report_skipped
};

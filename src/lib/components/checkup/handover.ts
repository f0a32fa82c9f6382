import type { CheckupRun, Finding } from '#lib/diagnostics/types.ts';
import type { Checkup } from '#lib/state/checkup-port.ts';
import { madeReport, type MadeReport } from '#lib/state/checkup-report.ts';
import { m } from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';
import { causeWords } from '../cause-words.ts';
import { checkWords, deciderWords, reasonWords } from '../check-words.ts';

/** The report of a run, in the language of the moment. */
export const reportOf = (run: CheckupRun, port: Pick<Checkup, 'app' | 'log'>): MadeReport =>
	madeReport(run, {
		app: port.app,
		log: port.log(),
		language: getLocale(),
		words: { cause: causeWords, check: checkWords, decider: deciderWords, reason: reasonWords }
	});

interface Handover {
	readonly run: CheckupRun;
	readonly port: Pick<Checkup, 'app' | 'log'>;
	readonly finding: Finding;
	readonly who: 'you' | 'admin' | 'developer';
	/** What the phone calls itself. */
	readonly phone: string;
}

/** What to send to whoever can mend it: what happened, why, what they are asked to do, and what was seen. Redacted. */
export function handoverText({ run, port, finding, who, phone }: Handover): string {
	const { report } = reportOf(run, port);
	const cause = report.causes[run.findings.indexOf(finding)];
	if (!cause) return '';
	const { instead: _instead, explains: _explains, ...facts } = cause.facts;
	const seen = Object.entries(facts).map(
		([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`
	);
	return [
		`${phone}: ${cause.title}`,
		cause.why,
		...cause.fix.filter((fix) => fix.who === who).map(({ do: todo }) => `→ ${todo}`),
		'',
		`${cause.cause} (${cause.check}${cause.line === null ? '' : `, ${cause.line}`}${cause.probe === null ? '' : `, ${cause.probe}`})`,
		...seen,
		m.handover_when({ when: report.startedAt, version: `${report.app.version} ${report.app.commit}` })
	].join('\n');
}

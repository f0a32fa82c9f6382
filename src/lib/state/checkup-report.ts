import { readableReport, report, type Report, type ReportContext } from '#lib/diagnostics/report.ts';
import type { CheckupRun } from '#lib/diagnostics/types.ts';

export interface MadeReport {
	readonly report: Report;
	/** For people. */
	readonly text: string;
	/** What is downloaded. */
	readonly json: string;
}

/** A run as it may leave the device, redacted. Heavy: comes in a chunk of its own. */
export function madeReport(run: CheckupRun, context: ReportContext): MadeReport {
	const made = report(run, context);
	return {
		report: made,
		text: readableReport(made, context.words),
		json: `${JSON.stringify(made, null, '\t')}\n`
	};
}

import type { HistoryRow } from '#lib/core/history.ts';
import { isMoment } from '#lib/core/moment.ts';

/**
 * Whether what storage gave is a row. Storage is foreign input: an older or newer version of the app, another page of the
 * origin or a broken disk may have written it. What is none stays where it is and is not shown.
 */
export function isHistoryRow(stored: unknown): stored is HistoryRow {
	if (typeof stored !== 'object' || stored === null) return false;
	const row = stored as Readonly<Record<keyof HistoryRow, unknown>>;
	return (
		isText(row.id) &&
		isText(row.lineId) &&
		(row.direction === 'in' || row.direction === 'out') &&
		isText(row.address) &&
		isMoment(row.startedAt) &&
		[row.name, row.fault, row.reference].every(isOptional(isText)) &&
		isOptional(isOutcome)(row.outcome) &&
		isOptional(isIds)(row.ids) &&
		isOptional(isNumber)(row.talkedMs) &&
		isOptional((code) => isText(code) || isNumber(code))(row.vendorCode)
	);
}

/** Each way in which a call ends: a version of the app that knows others writes rows for itself. */
const OUTCOMES: Readonly<Record<NonNullable<HistoryRow['outcome']>, true>> = {
	'hung-up': true,
	'remote-hung-up': true,
	cancelled: true,
	missed: true,
	declined: true,
	ignored: true,
	'answered-elsewhere': true,
	busy: true,
	'no-answer': true,
	refused: true,
	'not-found': true,
	'line-closed': true,
	failed: true,
	interrupted: true
};

/** No line writes a longer text, and a list of longer ones would keep the page busy. */
const LONGEST_TEXT = 1024;

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= LONGEST_TEXT;
const isOutcome = (value: unknown): boolean => typeof value === 'string' && Object.hasOwn(OUTCOMES, value);
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isIds = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.values(value).every(isText);
const isOptional = (test: (value: unknown) => boolean) => (value: unknown) =>
	value === undefined || test(value);

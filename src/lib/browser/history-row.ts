import type { HistoryRow } from '#lib/core/history.ts';

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
		isNumber(row.startedAt) &&
		[row.name, row.outcome, row.fault, row.reference].every(isOptional(isText)) &&
		isOptional(isNumber)(row.talkedMs) &&
		isOptional((code) => isText(code) || isNumber(code))(row.vendorCode)
	);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isOptional = (test: (value: unknown) => boolean) => (value: unknown) =>
	value === undefined || test(value);

import type { HistoryRow } from '#lib/core/history.ts';
import { m } from '#lib/words/messages.js';
import { endWords } from './call-words.ts';
import type { FaultTitle } from './line-words.ts';

/** What became of it: who called whom when they talked, else why they did not. */
export function outcomeWords(row: HistoryRow, title: FaultTitle): string {
	const { outcome, direction, talkedMs = 0, fault } = row;
	if (outcome === undefined) return m.outcome_live();
	if (outcome === 'failed' && fault) return (title(fault) ?? m.end_failed()).replace(/\.$/, '');
	if (talkedMs > 0 && outcome !== 'interrupted' && outcome !== 'failed') {
		return direction === 'in' ? m.outcome_in() : m.outcome_out();
	}
	return endWords(outcome);
}

import { describe, expect, it } from 'vitest';
import type { HistoryRow } from '#lib/core/history.ts';
import { HistoryView, PAGE_ROWS } from './history-view.svelte.ts';

const row = (id: number, address: string, name?: string): HistoryRow => ({
	id: String(id),
	lineId: 'desk',
	direction: 'out',
	address,
	startedAt: 1_700_000_000_000 - id,
	...(name === undefined ? {} : { name })
});

const view = (rows: readonly HistoryRow[]) => new HistoryView({ current: rows }, () => 'Support desk');

describe('the history', () => {
	const people = [row(1, '+15550100', 'Ada Lovelace'), row(2, 'client:alice'), row(3, '+34912345678')];

	it.each([
		['', [1, 2, 3]],
		['ada', [1]],
		['LOVE ada', [1]],
		['(555) 01', [1]],
		['+34 912', [3]],
		['alice', [2]],
		['support', [1, 2, 3]],
		['nobody', []]
	])('finds %j', (search, ids) => {
		const history = view(people);
		history.search = search;
		expect(history.shown.map(({ id }) => Number(id))).toEqual(ids);
	});

	it('shows one page of a long one, whatever is asked for', () => {
		const history = view(Array.from({ length: 50_000 }, (_, at) => row(at, `+1555${at}`)));
		expect(history.pages).toBe(50_000 / PAGE_ROWS);
		expect(history.shown).toHaveLength(PAGE_ROWS);
		history.turnTo(1);
		expect(history.shown[0]?.id).toBe(String(PAGE_ROWS));
		history.turnTo(9_999);
		expect(history.page).toBe(history.pages - 1);
		history.search = 'none of them';
		expect([history.page, history.pages, history.shown.length]).toEqual([0, 1, 0]);
	});
});

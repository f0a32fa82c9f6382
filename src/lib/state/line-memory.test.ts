import { describe, expect, it } from 'vitest';
import type { HistoryRow } from '#lib/core/history.ts';
import type { Abilities } from '#lib/core/line.ts';
import { lastLineFor } from './line-memory.ts';

const DESK: readonly ['desk', Abilities['dials']] = ['desk', ['number', 'client', 'code']];
const AGENT: readonly ['agent', Abilities['dials']] = ['agent', ['room']];
const SPARE: readonly ['spare', Abilities['dials']] = ['spare', ['number', 'client', 'code']];

const lines = (...usable: readonly (readonly [string, Abilities['dials']])[]) =>
	usable.map(([id, dials]) => ({ id, can: { dials } }));

/** Newest first. */
const rows = (...calls: readonly string[]): readonly HistoryRow[] =>
	calls.map((call, at) => {
		const [lineId = '', address = '', direction] = call.split(' ');
		return {
			id: String(at),
			lineId,
			address,
			direction: direction === 'in' ? 'in' : 'out',
			startedAt: 1_700_000_000_000 - at
		};
	});

describe('the line last used with an address', () => {
	const both = lines(DESK, AGENT, SPARE);

	it.each<[string, string, readonly string[], string | undefined]>([
		['a number in any writing', '(202) 555-0110', ['spare +12025550110'], 'spare'],
		['the newest counts', '+12025550110', ['spare +12025550110', 'desk +12025550110'], 'spare'],
		['who called is called back', '+12025550110', ['spare +12025550110 in', 'desk +12025550110'], 'spare'],
		['others do not count', '+12025550111', ['spare +12025550110'], undefined],
		['a beginning does not count', '+1202555', ['spare +12025550110'], undefined],
		['a room', 'standup', ['agent room:standup', 'desk client:ada'], 'agent'],
		['a client of that name', 'standup', ['desk client:standup'], 'desk'],
		['with its kind written out', 'room:standup', ['desk client:standup', 'agent room:standup'], 'agent'],
		['a line that has gone', '+12025550110', ['gone +12025550110', 'desk +12025550110'], 'desk'],
		['a code', '1', ['spare 1'], undefined],
		['nothing typed', '  ', ['spare +12025550110'], undefined],
		['nonsense', '+', ['spare +'], undefined],
		['an empty history', '+12025550110', [], undefined]
	])('%s', (_what, typed, calls, line) => {
		expect(lastLineFor(typed, rows(...calls), both, 'US')).toBe(line);
	});

	it('is none that cannot be used now', () => {
		expect(lastLineFor('standup', rows('agent room:standup'), lines(DESK), 'US')).toBeUndefined();
	});

	it('is looked for in the latest thousand calls', () => {
		const others = Array.from({ length: 999 }, () => 'desk +12025550199');
		const found = (...before: readonly string[]) =>
			lastLineFor('+12025550110', rows(...before, 'spare +12025550110'), both, 'US');
		expect([found(...others), found(...others, 'desk +12025550198')]).toEqual(['spare', undefined]);
	});
});

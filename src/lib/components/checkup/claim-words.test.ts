import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/diagnostics/types.ts';
import { claimRows } from './claim-words.ts';

const NOW = Date.UTC(2026, 10, 20, 10);
const rowsOf = (payload: Readonly<Record<string, Json>>, header: Readonly<Record<string, Json>> = {}) =>
	claimRows({ bearer: 'not-needed', claims: { length: 1, header, payload } }, NOW).filter(
		({ name }) => name !== 'header'
	);

describe('the claims of a token', () => {
	it('stand there flat, and times as people read them', () => {
		const rows = rowsOf({ exp: NOW / 1000 + 3600, grants: { voice: { incoming: { allow: true } } } });
		expect(rows.map(({ name }) => name)).toEqual(['exp', 'grants.voice.incoming.allow']);
		expect(rows[0]).toMatchObject({ value: expect.stringMatching(/26/) as string, means: 'in 60 minutes' });
	});

	it.each([1e300, -1e300, Infinity, -Infinity, 8_640_000_000_001, -8_640_000_000_001])(
		'has a time that no calendar has: %d',
		(exp) => {
			expect(rowsOf({ exp })).toEqual([{ name: 'exp', value: String(exp), means: '' }]);
		}
	);

	it('loses none of two that go by one path', () => {
		expect(rowsOf({ 'a.b': 1, a: { b: 2 }, header: { alg: 3 } }, { alg: 'none' })).toHaveLength(4);
	});
});

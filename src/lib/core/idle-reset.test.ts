import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useOf, warningMs } from './idle-reset.ts';

const MINUTE = 60_000;

it.each([
	['a day', 86_400_000, 20_000],
	['a minute', MINUTE, 20_000],
	['twice the warning', 40_000, 20_000],
	['half a minute', 30_000, 15_000],
	['the shortest that config.json takes', 5_000, 2_500]
])('of %s the warning takes its part', (_what, resetMs, expected) => {
	expect(warningMs(resetMs)).toBe(expected);
});

describe('useOf', () => {
	it.each([
		['untouched', undefined, 0, false, MINUTE, { use: 'nobody' }],
		['just touched', 0, 0, false, MINUTE, { use: 'somebody', changesInMs: 40_000 }],
		['before the warning', 0, 39_999, false, MINUTE, { use: 'somebody', changesInMs: 1 }],
		['twenty seconds before the end', 0, 40_000, false, MINUTE, { use: 'ends', changesInMs: 20_000 }],
		['at the end', 0, MINUTE, false, MINUTE, { use: 'nobody' }],
		['long after it', 0, 24 * 60 * MINUTE, false, MINUTE, { use: 'nobody' }],
		['in a call, untouched', undefined, 0, true, MINUTE, { use: 'somebody' }],
		['in a call, for hours', 0, 60 * MINUTE, true, MINUTE, { use: 'somebody' }],
		['half of a very short time', 0, 2_500, false, 5_000, { use: 'ends', changesInMs: 2_500 }]
	])('%s', (_what, touchedAt, now, inCall, resetMs, expected) => {
		expect(useOf({ touchedAt, now, inCall, resetMs })).toEqual(expected);
	});

	it('says exactly when it changes, warns before it ends, and never in a call', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 5_000, max: 86_400_000 }),
				fc.nat({ max: 100_000_000 }),
				fc.nat({ max: 200_000_000 }),
				(resetMs, touchedAt, later) => {
					const at = (now: number, inCall = false) => useOf({ touchedAt, now, inCall, resetMs });
					const now = touchedAt + later;
					const { use, changesInMs } = at(now);
					expect(at(now, true)).toEqual({ use: 'somebody' });
					if (changesInMs === undefined) {
						expect(use).toBe('nobody');
						return;
					}
					expect(at(now + changesInMs).use).toBe(use === 'somebody' ? 'ends' : 'nobody');
					if (changesInMs > 1) expect(at(now + changesInMs - 0.5).use).toBe(use);
				}
			)
		);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOWEST_SCORE, meanOpinion, qualityBars, qualityWord } from './quality.ts';

const sample = (loss: number, jitterMs: number, roundTripMs: number) => ({ loss, jitterMs, roundTripMs });

describe('meanOpinion', () => {
	// Worked out by hand from the equations of the docstring.
	it.each([
		['nothing wrong', sample(0, 0, 0), 4.417],
		['a good home network', sample(0, 5, 40), 4.403],
		['one packet of a hundred', sample(0.01, 5, 40), 4.306],
		['one of twenty', sample(0.05, 10, 80), 3.838],
		['one of five', sample(0.2, 10, 80), 2.605],
		['half a second there and back', sample(0, 10, 500), 3.786],
		['everything lost', sample(1, 0, 40), 1.034]
	])('%s', (_what, measured, mos) => {
		expect(meanOpinion(measured)).toBeCloseTo(mos, 2);
	});

	it.each([
		[{}],
		[{ loss: 0 }],
		[{ roundTripMs: 10 }],
		[{ loss: Number.NaN, roundTripMs: 10 }],
		[{ loss: -1, roundTripMs: 10 }]
	])('has no opinion on %o', (measured) => {
		expect(meanOpinion(measured)).toBeUndefined();
	});

	it('stays between 1 and 4.5 and never rises when something gets worse', () => {
		const ms = fc.double({ min: 0, max: 5_000, noNaN: true });
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(share, ms, ms, share, ms, ms, (loss, jitter, rtt, moreLoss, moreJitter, moreRtt) => {
				const before = meanOpinion(sample(loss, jitter, rtt)) ?? 0;
				const after =
					meanOpinion(sample(Math.min(1, loss + moreLoss), jitter + moreJitter, rtt + moreRtt)) ?? 0;
				expect(before).toBeGreaterThanOrEqual(1);
				expect(before).toBeLessThanOrEqual(4.5);
				// The polynomial is flat near its bottom.
				expect(after).toBeLessThanOrEqual(before + 1e-9);
			})
		);
	});
});

describe('words and bars', () => {
	it.each([
		[4.5, 'excellent', 4],
		[LOWEST_SCORE.excellent, 'excellent', 4],
		[LOWEST_SCORE.excellent - 1e-9, 'good', 3],
		[LOWEST_SCORE.good, 'good', 3],
		[LOWEST_SCORE.good - 1e-9, 'fair', 2],
		[LOWEST_SCORE.fair, 'fair', 2],
		[LOWEST_SCORE.fair - 1e-9, 'poor', 1],
		[1, 'poor', 1]
	] as const)('%d is %s, %i bars', (mos, word, bars) => {
		expect(qualityWord(mos)).toBe(word);
		expect(qualityBars(mos)).toBe(bars);
	});

	it('shows no bar for what was not measured', () => {
		expect(qualityBars(undefined)).toBe(0);
	});
});

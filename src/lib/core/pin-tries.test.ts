import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	afterWrong,
	NO_TRIES,
	readPinTries,
	stricter,
	triesLeft,
	waitAfter,
	waitLeft,
	type PinTries
} from './pin-tries.ts';

const MINUTE = 60_000;
const NOW = 1_700_000_000_000;

const wrongs = (count: number, now = NOW): PinTries =>
	Array.from({ length: count }).reduce<PinTries>((tries) => afterWrong(tries, now), NO_TRIES);

describe('tries of a PIN', () => {
	it.each([
		[0, 0, 5],
		[1, 0, 4],
		[4, 0, 1],
		[5, 1, 1],
		[6, 2, 1],
		[7, 4, 1],
		[8, 8, 1],
		[9, 15, 1],
		[10, 15, 1],
		[500, 15, 1]
	])('%i wrong ones: %i minutes, then %i more', (wrong, minutes, left) => {
		expect(waitAfter(wrong)).toBe(minutes * MINUTE);
		expect(waitLeft(wrongs(wrong), NOW)).toBe(minutes * MINUTE);
		expect(triesLeft(wrongs(wrong))).toBe(left);
	});

	it('are waited for, and no longer than that', () => {
		const tries = wrongs(6);
		expect(waitLeft(tries, NOW + MINUTE)).toBe(MINUTE);
		expect(waitLeft(tries, NOW + 2 * MINUTE)).toBe(0);
	});

	it('wait no less when the clock is set back, and not for ever', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 10 ** 11 }), (count, back) => {
				const tries = wrongs(count);
				const left = waitLeft(tries, NOW - back);
				expect(left).toBeGreaterThanOrEqual(waitLeft(tries, NOW));
				expect(left).toBeLessThanOrEqual(15 * MINUTE);
			})
		);
	});

	it('let through 5, and then one after each wait, in whatever order people try and wait', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 20 * MINUTE }), { maxLength: 60 }), (pauses) => {
				let tries = NO_TRIES;
				let now = NOW;
				let tried = 0;
				for (const pause of pauses) {
					now += pause;
					if (waitLeft(tries, now) > 0) continue;
					tries = afterWrong(tries, now);
					tried++;
				}
				const waited = Array.from({ length: Math.max(0, tried - 5) }, (_, at) => waitAfter(at + 5));
				expect(now - NOW).toBeGreaterThanOrEqual(waited.reduce((sum, ms) => sum + ms, 0));
				expect(tries.wrong).toBe(tried);
			})
		);
	});

	it.each([
		['fewer', { wrong: 2 }, { wrong: 5, until: NOW }, { wrong: 5, until: NOW }],
		['none', { wrong: 5, until: NOW }, NO_TRIES, { wrong: 5, until: NOW }],
		[
			'as many, for longer',
			{ wrong: 5, until: NOW },
			{ wrong: 5, until: NOW + 1 },
			{ wrong: 5, until: NOW + 1 }
		]
	])('count as the stricter memory has them: %s', (_what, here, there, expected) => {
		expect(stricter(here, there)).toEqual(expected);
	});

	it.each([
		[{ wrong: 3 }, { wrong: 3 }],
		[
			{ wrong: 6, until: NOW },
			{ wrong: 6, until: NOW }
		],
		[{ wrong: 6, until: Infinity }, { wrong: 6 }],
		[{ wrong: -3 }, NO_TRIES],
		[{ wrong: 1.5 }, NO_TRIES],
		[{ wrong: '6' }, NO_TRIES],
		['6', NO_TRIES],
		[null, NO_TRIES],
		[undefined, NO_TRIES]
	])('are read from storage: %j', (stored, expected) => {
		expect(readPinTries(stored)).toEqual(expected);
	});
});

import { describe, expect, it } from 'vitest';
import { clockTime, whenShort } from './moments.ts';

describe('durations', () => {
	it.each([
		[0, '0:00'],
		[7_999, '0:07'],
		[754_000, '12:34'],
		[3_600_000, '1:00:00'],
		[3_723_000, '1:02:03'],
		[-5, '0:00']
	])('%i ms is %s', (ms, words) => expect(clockTime(ms)).toBe(words));
});

describe('when it was', () => {
	const now = new Date(2026, 10, 21, 9, 30).getTime();
	const day = 86_400_000;

	it.each([
		['the time today', now - 60_000, /^9:29\sAM$/],
		['the weekday this week', now - day, /^Fri,? 9:30\sAM$/],
		['the date before that', now - 6 * day, /^Nov 15$/],
		['the year too, in another one', now - 400 * day, /^Oct 17, 2025$/],
		['the date, when the clock was wrong', now + 2 * day, /^Nov 23$/]
	])('%s', (_, at, words) => expect(whenShort(at, now, 'en-US')).toMatch(words));
});

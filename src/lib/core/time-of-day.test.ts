import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Daily, nextTimeOfDay } from './time-of-day.ts';

let zone: string | undefined;
beforeEach(() => (zone = process.env['TZ']));
afterEach(() => {
	if (zone === undefined) delete process.env['TZ'];
	else process.env['TZ'] = zone;
});

const HOUR = 3_600_000;
const MINUTE = 60_000;
const at = (iso: string): number => Date.parse(iso);

describe('nextTimeOfDay', () => {
	it.each([
		['later today', 'Europe/Berlin', '2026-11-21T12:00+01:00', '14:30', '2026-11-21T14:30+01:00'],
		['earlier today: tomorrow', 'Europe/Berlin', '2026-11-21T14:31+01:00', '14:30', '2026-11-22T14:30+01:00'],
		[
			'this very minute: tomorrow',
			'Europe/Berlin',
			'2026-11-21T14:30+01:00',
			'14:30',
			'2026-11-22T14:30+01:00'
		],
		['over midnight', 'Europe/Berlin', '2026-11-21T23:59+01:00', '00:00', '2026-11-22T00:00+01:00'],
		[
			'over the end of a year',
			'America/New_York',
			'2026-12-31T23:00-05:00',
			'03:30',
			'2027-01-01T03:30-05:00'
		],
		[
			'the hour after the one that spring skips',
			'Europe/Berlin',
			'2026-03-29T00:00+01:00',
			'02:30',
			'2026-03-29T03:30+02:00'
		],
		['the day after spring', 'Europe/Berlin', '2026-03-29T04:00+02:00', '02:30', '2026-03-30T02:30+02:00'],
		[
			'over a day of 23 hours',
			'America/New_York',
			'2026-03-07T12:00-05:00',
			'12:00',
			'2026-03-08T12:00-04:00'
		],
		[
			'the first of the two of autumn',
			'Europe/Berlin',
			'2026-10-25T00:00+02:00',
			'02:30',
			'2026-10-25T02:30+02:00'
		],
		['not the second of them', 'Europe/Berlin', '2026-10-25T02:31+02:00', '02:30', '2026-10-26T02:30+01:00'],
		[
			'not in the second of them either',
			'Europe/Berlin',
			'2026-10-25T02:10+01:00',
			'02:30',
			'2026-10-26T02:30+01:00'
		],
		[
			'where midnight itself is skipped',
			'America/Santiago',
			'2026-09-05T12:00-04:00',
			'00:00',
			'2026-09-06T01:00-03:00'
		]
	])('%s', (_what, timeZone, now, hhmm, expected) => {
		process.env['TZ'] = timeZone;
		expect(nextTimeOfDay(hhmm, at(now))).toBe(at(expected));
	});

	it('is within the next 25 hours, whenever and wherever', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(
					'Europe/Berlin',
					'America/New_York',
					'Australia/Lord_Howe',
					'Asia/Kolkata',
					'America/Santiago'
				),
				fc.integer({ min: at('2025-01-01T00:00Z'), max: at('2029-01-01T00:00Z') }),
				fc.integer({ min: 0, max: 23 }),
				fc.integer({ min: 0, max: 59 }),
				(timeZone, now, hours, minutes) => {
					process.env['TZ'] = timeZone;
					const hhmm = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
					const next = nextTimeOfDay(hhmm, now);
					expect(next).toBeGreaterThan(now);
					expect(next - now).toBeLessThanOrEqual(26 * HOUR);
				}
			)
		);
	});
});

describe('Daily', () => {
	const days = (hhmm: string, from: string, count: number) => {
		const daily = new Daily(hhmm, at(from));
		const done: string[] = [];
		for (let now = at(from); now < at(from) + count * 24 * HOUR; now += MINUTE)
			if (daily.isDue(now)) done.push(new Date(now).toISOString());
		return done;
	};

	it.each([
		['in spring', '2026-03-27T12:00Z'],
		['in autumn', '2026-10-23T12:00Z']
	])('comes once a day %s', (_when, from) => {
		process.env['TZ'] = 'Europe/Berlin';
		expect(days('02:30', from, 5)).toHaveLength(5);
	});

	it('is made up for when the time was slept through, once', () => {
		process.env['TZ'] = 'UTC';
		const daily = new Daily('03:30', at('2026-11-21T22:00Z'));
		expect(daily.isDue(at('2026-11-24T09:00Z'))).toBe(true);
		expect(daily.isDue(at('2026-11-24T09:01Z'))).toBe(false);
		expect(daily.isDue(at('2026-11-25T03:30Z'))).toBe(true);
	});

	it('is not put off by a clock that was years ahead', () => {
		process.env['TZ'] = 'UTC';
		const daily = new Daily('03:30', at('2036-01-01T00:00Z'));
		expect(daily.isDue(at('2026-11-21T22:00Z'))).toBe(false);
		expect(daily.isDue(at('2026-11-22T03:30Z'))).toBe(true);
	});
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StormGuard } from './storm-guard.ts';

/** Times of attempts by someone who wants to try again after each of `pauses`, ms. */
function attempts(pauses: readonly number[]): number[] {
	const guard = new StormGuard();
	let now = 0;
	return pauses.map((pause) => {
		now += pause;
		now += guard.wait(now);
		guard.attempted(now);
		return now;
	});
}

test('who never stops gets 12 attempts in the first minute, then one each 10 s', () => {
	const times = attempts(Array.from({ length: 20 }, () => 100));
	expect(times.filter((time) => time < 60_000).length).toBe(12);
	expect(times.slice(12, 16)).toEqual([60_100, 70_100, 80_100, 90_100]);
});

test('a single attempt never waits', () => {
	expect(attempts([0, 60_000, 60_000, 61_000])).toEqual([0, 60_000, 120_000, 181_000]);
});

test('whatever the pauses: at most 12 in any minute from a start, 6 in any later minute', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (pauses) => {
			const times = attempts(pauses);
			let start = times[0] ?? 0;
			for (const [at, time] of times.entries()) {
				if (time - (times[at - 1] ?? 0) >= 60_000) start = time;
				const minute = times.filter((other) => other <= time && other > time - 60_000).length;
				expect(minute).toBeLessThanOrEqual(time - start < 60_000 ? 12 : 18);
				if (time - start >= 120_000) expect(minute).toBeLessThanOrEqual(6);
			}
		})
	);
});

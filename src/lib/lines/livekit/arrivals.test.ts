import { expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';

const pair = (counters: object) => [{ type: 'candidate-pair', ...counters }];

/** What is judged of one report a second, each with these entries. */
function judged(reports: readonly (readonly object[])[], everyMs = 1000): readonly boolean[] {
	const arrivals = new Arrivals();
	return reports.map((report, index) => arrivals.judge(report, 10_000 + index * everyMs));
}

const quiet = { packetsReceived: 40, bytesReceived: 900, responsesReceived: 3, requestsReceived: 4 };

test.each(Object.keys(quiet))('whatever arrives keeps the path: %s', (name) => {
	const reports = [0, 1, 2, 3, 4, 5].map((more) => pair({ ...quiet, [name]: 50 + more }));
	expect(judged(reports)).not.toContain(false);
});

test('without anything for 2.5 s it is cut, and the first thing that arrives brings it back', () => {
	const still = pair(quiet);
	const again = pair({ ...quiet, responsesReceived: 4 });
	expect(judged([still, still, still, still, still, again])).toEqual([true, true, true, false, false, true]);
});

test('looked at late, it is not cut where something has arrived meanwhile', () => {
	expect(judged([pair(quiet), pair({ ...quiet, packetsReceived: 41 })], 60_000)).toEqual([true, true]);
});

test('all paths count, a path that has gone with them', () => {
	const [one, other] = [{ ...quiet }, { ...quiet, packetsReceived: 7 }];
	const both = [...pair(one), ...pair(other)];
	expect(judged([both, both, pair(one), pair(one), pair(one)])).not.toContain(false);
});

test.each([
	['no path yet', []],
	['a browser that counts none of it', pair({ nominated: true })],
	['what is no path', [{ type: 'inbound-rtp', packetsReceived: 5 }]]
])('%s is no cut', (_, report) => {
	expect(judged([report, report, report, report, report])).not.toContain(false);
});

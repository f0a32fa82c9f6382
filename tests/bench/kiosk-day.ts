import type { Browser } from '@playwright/test';
import { kioskDay } from '../kiosk/day.ts';
import { atMost, type Finding } from './finding.ts';
import { median } from './statistics.ts';

const CALLS = 288;
/** One call alone differs from the next by half of its time, so that some stand for the second and some for the last. */
const SOME = 12;
const MEGABYTE = 1_048_576;

/**
 * A kiosk's day in minutes (tests/kiosk): from the tap on a button until the screen says "In call", at the day's end over its
 * beginning. The first call of a page brings code and does not count. Medians of twelve calls on an idle machine differ by up
 * to a tenth from run to run.
 */
export async function kioskDayPace(browser: Browser, build: string): Promise<readonly Finding[]> {
	const day = await kioskDay({ browser, build, calls: CALLS, say: (words) => console.log(words) });
	const times = day.calls.flatMap(({ tapToCall }) => tapToCall ?? []);
	const [early, late] = [median(times.slice(1, 1 + SOME)), median(times.slice(-SOME))];
	console.log(`  tap to "In call": ${Math.round(early)} ms at first, ${Math.round(late)} ms at last`);
	const grown = day.heaps.reduce((sum, { first, last }) => sum + last - first, 0);
	return [
		atMost('kiosk day: last calls over the second ones', late / early, 1.15, ''),
		atMost('kiosk day: heap growth', grown / MEGABYTE, 5, 'MB'),
		atMost('kiosk day: real time for its 24 hours', day.seconds / 60, 6, 'min')
	];
}

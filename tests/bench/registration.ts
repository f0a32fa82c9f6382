import type { Browser } from '@playwright/test';
import { between } from './browser.ts';
import { onRegistered, withCallBench } from './call-candidates.ts';
import { atMost, type Finding } from './finding.ts';
import { inTurn, median } from './statistics.ts';

const PAGES = 12;

/** From asking for the token until the screen says "Ready", over what the bare SDK needs for it. Not throttled. */
export function registration(browser: Browser, build: string): Promise<readonly Finding[]> {
	return withCallBench(build, async ({ bare, phone }) => {
		const times = { bare: [] as number[], phone: [] as number[] };
		await inTurn(PAGES, [bare, phone], async (candidate) => {
			times[candidate.name].push(
				await onRegistered(browser, candidate, (page) => between(page, 'tokenAsked', 'ready'))
			);
		});
		const [own, floor] = [median(times.phone), median(times.bare)];
		console.log(`  bare ${Math.round(floor)} ms, phone ${Math.round(own)} ms`);
		return [atMost('token to registered, over the bare SDK', own - floor, 50, 'ms')];
	});
}

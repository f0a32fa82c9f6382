import type { Browser } from '@playwright/test';
import { between } from './browser.ts';
import { dial, onRegistered, withCallBench } from './call-candidates.ts';
import { atMost, type Finding } from './finding.ts';
import { inTurn, median } from './statistics.ts';

const PAGES = 12;
const ECHO = '+12025550100';

/** From the click on Call until the invite is handed to the socket, over what the bare SDK needs for it. */
export function invite(browser: Browser, build: string): Promise<readonly Finding[]> {
	return withCallBench(build, async ({ bare, phone }) => {
		const times = { bare: [] as number[], phone: [] as number[] };
		await inTurn(PAGES, [bare, phone], async (candidate) => {
			const ms = await onRegistered(browser, candidate, async (page) => {
				await dial(page, ECHO);
				return between(page, 'clicked', 'inviteLeft');
			});
			times[candidate.name].push(ms);
		});
		const [own, floor] = [median(times.phone), median(times.bare)];
		console.log(`  bare ${Math.round(floor)} ms, phone ${Math.round(own)} ms`);
		return [atMost('click to invite, over the bare SDK', own - floor, 15, 'ms')];
	});
}

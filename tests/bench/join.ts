import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { startLiveKit } from '../livekit/livekit.ts';
import { between } from './browser.ts';
import { type CallCandidate, dial, onRegistered } from './call-candidates.ts';
import { hostBareLiveKit, hostPhoneInRooms } from './candidates.ts';
import { atMost, type Finding } from './finding.ts';
import { installHearing } from './hearing.ts';
import { inTurn, median } from './statistics.ts';

const PAGES = 12;

/** From the click on Call until the first sound of the room has been played, over what the bare SDK needs for it. */
export async function join(browser: Browser, build: string): Promise<readonly Finding[]> {
	const livekit = await startLiveKit({ say: (words) => console.log(words) });
	await livekit.ready;
	const [bareHost, phoneHost] = await Promise.all([
		hostBareLiveKit(),
		hostPhoneInRooms(build, livekit, 'bench-phone')
	]);
	const query = new URLSearchParams({ token: livekit.tokenUrl(), identity: 'bench-bare' });
	const bare: CallCandidate = {
		name: 'bare',
		url: `${bareHost.url}?${query.toString()}`,
		identity: 'bench-bare'
	};
	const phone: CallCandidate = { name: 'phone', url: phoneHost.url, identity: 'bench-phone' };
	const times = { bare: [] as number[], phone: [] as number[] };
	try {
		await inTurn(PAGES, [bare, phone], async (candidate) => {
			// Somebody is here and speaks without a pause, before the page is opened: nobody's start is measured.
			const room = `never-${randomUUID().slice(0, 8)}`;
			const speaker = await livekit.visit({ room, identity: 'bench-speaker' });
			const hear = async (page: Page) => {
				await dial(page, room);
				const ms = await between(page, 'clicked', 'heard');
				await page.waitForFunction(() => window.offhookHeard().then(({ energy }) => energy > 0));
				return ms;
			};
			times[candidate.name].push(
				await onRegistered(browser, candidate, hear, (page) => page.addInitScript(installHearing))
			);
			await speaker.leave();
		});
	} finally {
		await Promise.all([bareHost.close(), phoneHost.close(), livekit.close()]);
	}
	const [own, floor] = [median(times.phone), median(times.bare)];
	console.log(`  bare ${Math.round(floor)} ms, phone ${Math.round(own)} ms`);
	return [atMost('click to hearing, over the bare SDK', own - floor, 100, 'ms')];
}

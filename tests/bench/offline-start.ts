import type { Browser } from '@playwright/test';
import { hostPhone } from './candidates.ts';
import { atMost, type Finding } from './finding.ts';
import { pressUntilUsable } from './start-up.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;

/** From navigation until a key has an effect, without a network and with the service worker stopped before. */
export async function offlineStart(browser: Browser, build: string): Promise<readonly Finding[]> {
	const host = await hostPhone(build);
	const context = await browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'en-US' });
	const times: number[] = [];
	try {
		const first = await context.newPage();
		await first.goto(host.url);
		await first.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
		await context.setOffline(true);
		await context.addInitScript(pressUntilUsable);
		for (let round = 0; round < ROUNDS; round++) {
			const page = await context.newPage();
			const devtools = await context.newCDPSession(page);
			await devtools.send('ServiceWorker.enable');
			await devtools.send('ServiceWorker.stopAllWorkers');
			await page.goto(host.url, { waitUntil: 'commit' });
			await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
			times.push(
				await page.evaluate(() => performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN)
			);
			await page.close();
		}
	} finally {
		await context.close();
		await host.close();
	}
	console.log(`  usable after ${times.map(Math.round).join(', ')} ms`);
	return [atMost('offline start', median(times), 250, 'ms')];
}

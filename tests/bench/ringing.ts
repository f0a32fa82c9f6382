import type { Browser } from '@playwright/test';
import { between } from './browser.ts';
import { onRegistered, withCallBench } from './call-candidates.ts';
import { atMost, type Finding } from './finding.ts';
import { inTurn, median, percentile } from './statistics.ts';

const PAGES = 12;
const CALLER = '+12025550190';

/** From the incoming invite until the ringing call is painted, with sounds and with none that can be loaded. */
export function ringing(browser: Browser, build: string): Promise<readonly Finding[]> {
	return withCallBench(build, async ({ exchange, bare, phone }) => {
		const runs = [
			{ name: 'bare SDK, no sounds', candidate: bare, sounds: false, times: [] as number[] },
			{ name: 'phone', candidate: phone, sounds: true, times: [] as number[] },
			{ name: 'phone, no sounds', candidate: phone, sounds: false, times: [] as number[] }
		];
		await inTurn(PAGES, runs, async ({ candidate, sounds, times }) => {
			const ms = await onRegistered(
				browser,
				candidate,
				async (page) => {
					await exchange.ring({ identity: candidate.identity, from: CALLER });
					return between(page, 'inviteCame', 'rang');
				},
				(page) =>
					sounds ? Promise.resolve() : page.route(/\.(wav|mp3|ogg|webm|m4a)(\?|$)/, (route) => route.abort())
			);
			times.push(ms);
		});
		for (const { name, times } of runs)
			console.log(
				`  ${name}: median ${Math.round(median(times))} ms, p95 ${Math.round(percentile(times, 0.95))} ms`
			);
		return runs
			.slice(1)
			.map(({ name, times }) =>
				atMost(`invite to painted ring, p95, ${name}`, percentile(times, 0.95), 100, 'ms')
			);
	});
}

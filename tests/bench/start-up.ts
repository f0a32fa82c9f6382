import type { Browser, CDPSession, Page } from '@playwright/test';
import { withPage } from './browser.ts';
import { hostBareSvelte, hostBareTwilio, hostPhone } from './candidates.ts';
import { atMost, type Finding } from './finding.ts';
import { inTurn, median } from './statistics.ts';

const ROUNDS = 5;
// Lighthouse's "Slow 4G" and a mid-range phone of some years ago. The network's speed is bytes a second.
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const CPU_SLOWDOWN = 4;

interface Load {
	readonly bytes: number;
	readonly requests: number;
	readonly usableMs: number;
}

/**
 * Presses the key 5 until that has an effect: a button that is drawn, on top and alive. Runs in the page from its first
 * moment, as text. The time is that of the first press that arrived.
 */
export function pressUntilUsable(): void {
	const timer = setInterval(() => {
		const field = document.querySelector<HTMLInputElement>('input');
		const five = [...document.querySelectorAll('button')].find(
			(button) => (button.getAttribute('aria-label') ?? button.textContent ?? '').trim().charAt(0) === '5'
		);
		if (!field || !five) return;
		if (field.value !== '') {
			clearInterval(timer);
			performance.mark('usable');
			return;
		}
		const { left, top, width, height } = five.getBoundingClientRect();
		const onTop = document.elementFromPoint(left + width / 2, top + height / 2);
		if (!onTop || !five.contains(onTop)) return;
		const pointer = { bubbles: true, pointerId: 1, isPrimary: true, button: 0 };
		five.dispatchEvent(new PointerEvent('pointerdown', pointer));
		five.dispatchEvent(new PointerEvent('pointerup', pointer));
		five.click();
	}, 10);
}

/** Requests that had begun and bytes that had arrived at a moment. */
function watchNetwork(cdp: CDPSession): (until: number) => { bytes: number; requests: number } {
	const begun: number[] = [];
	const pieces: { id: string; at: number; bytes: number }[] = [];
	const whole = new Map<string, { at: number; bytes: number }>();
	// The protocol's times count from the start of the machine; the page's from 1970.
	let offset = 0;
	cdp.on('Network.requestWillBeSent', ({ timestamp, wallTime, request }) => {
		offset = wallTime - timestamp;
		if (!request.url.startsWith('data:')) begun.push(timestamp);
	});
	cdp.on('Network.dataReceived', ({ requestId, timestamp, encodedDataLength }) =>
		pieces.push({ id: requestId, at: timestamp, bytes: encodedDataLength })
	);
	cdp.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
		whole.set(requestId, { at: timestamp, bytes: encodedDataLength })
	);
	return (until) => {
		const early = ({ at }: { at: number }) => (at + offset) * 1000 <= until;
		const finished = [...whole.values()].filter(early);
		const onTheWay = pieces.filter(
			(piece) => early(piece) && !early(whole.get(piece.id) ?? { at: Infinity })
		);
		const bytes = [...finished, ...onTheWay].reduce((sum, piece) => sum + piece.bytes, 0);
		return { bytes, requests: begun.filter((at) => early({ at })).length };
	};
}

async function load(page: Page, url: string): Promise<Load> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Network.enable');
	await cdp.send('Network.emulateNetworkConditions', NETWORK);
	await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
	const counted = watchNetwork(cdp);
	await page.addInitScript(pressUntilUsable);
	await page.goto(url, { waitUntil: 'commit' });
	await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0, undefined, {
		polling: 50
	});
	const { usable, origin } = await page.evaluate(() => ({
		usable: performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN,
		origin: performance.timeOrigin
	}));
	// What had begun may still be on its way.
	await page.waitForLoadState('networkidle');
	return { ...counted(origin + usable), usableMs: usable };
}

/** First load until a key of the dial pad has an effect, against a bare SvelteKit page and a bare page with the SDK. */
export async function startUp(browser: Browser, build: string): Promise<readonly Finding[]> {
	const hosts = {
		svelte: await hostBareSvelte(),
		twilio: await hostBareTwilio(),
		phone: await hostPhone(build)
	};
	type Name = keyof typeof hosts;
	const loads: Record<Name, Load[]> = { svelte: [], twilio: [], phone: [] };
	try {
		await inTurn<Name>(ROUNDS, ['svelte', 'twilio', 'phone'], async (name) => {
			loads[name].push(await withPage(browser, (page) => load(page, hosts[name].url)));
		});
	} finally {
		for (const host of Object.values(hosts)) await host.close();
	}

	const middle = (name: Name, key: keyof Load) => median(loads[name].map((one) => one[key]));
	for (const name of ['svelte', 'twilio', 'phone'] as const) {
		const [bytes, requests, ms] = [middle(name, 'bytes'), middle(name, 'requests'), middle(name, 'usableMs')];
		console.log(
			`  ${name.padEnd(7)} ${bytes} bytes, ${requests} requests, usable after ${Math.round(ms)} ms`
		);
	}
	const usable = middle('phone', 'usableMs');
	return [
		atMost('bytes until usable', middle('phone', 'bytes'), 60_000, 'bytes'),
		atMost('requests until usable', middle('phone', 'requests'), 14, ''),
		atMost('usable ÷ bare Svelte', usable / middle('svelte', 'usableMs'), 1.5, '×'),
		atMost('usable ÷ bare Twilio', usable / middle('twilio', 'usableMs'), 1, '×')
	];
}

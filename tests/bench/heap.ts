import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Exchange } from '../exchange/exchange.ts';
import { backToPad, dial, onRegistered, withCallBench } from './call-candidates.ts';
import { atMost, type Finding } from './finding.ts';
import type { Instruments } from './instruments.ts';

const WARM_UP = 20;
const CALLS = 500;
// Fewer than the dialling limit of a minute.
const OUTGOING = 5;
const CALLER = '+12025550190';
const ECHO = '+12025550100';
const MEGABYTE = 1_048_576;

/** Bytes in use once nothing is left to collect. */
export async function heapOf(cdp: CDPSession): Promise<number> {
	for (let time = 0; time < 3; time += 1) await cdp.send('HeapProfiler.collectGarbage');
	const { usedSize } = await cdp.send('Runtime.getHeapUsage');
	return usedSize;
}

/**
 * One call that rings until it is on the screen, and is cancelled. Asked for without Playwright's own program in the page: it would
 * be compiled there, and counted.
 */
async function missedCall(cdp: CDPSession, exchange: Exchange, identity: string): Promise<void> {
	const ask = (expression: string) => cdp.send('Runtime.evaluate', { expression, awaitPromise: true });
	await ask('offhookBench.reset()');
	await exchange.ring({ identity, from: CALLER, behaviour: 'gives-up' });
	await ask("offhookBench.seen('rang')");
	await ask("offhookBench.seen('rangOut')");
}

async function outgoingCall(page: Page): Promise<void> {
	await backToPad(page);
	await dial(page, ECHO);
	await page.getByText('In call', { exact: true }).first().waitFor();
	await page.getByRole('button', { name: 'Hang up' }).click();
	await backToPad(page);
}

/** What is still open some seconds after the last call; counters that come down later than that are leaks. */
async function openOnceSettled(page: Page, before: Instruments['open']): Promise<Instruments['open']> {
	const settled = (limit: Instruments['open']) => {
		const { sockets, peers, tracks, timers } = window.offhookBench.open;
		return sockets <= limit.sockets && peers === 0 && tracks === 0 && timers <= limit.timers;
	};
	await page.waitForFunction(settled, before, { polling: 100, timeout: 10_000 }).catch(() => undefined);
	return page.evaluate(() => window.offhookBench.open);
}

/** Memory and everything that can be left open, after 500 missed calls and some outgoing ones. */
export function heap(browser: Browser, build: string): Promise<readonly Finding[]> {
	return withCallBench(build, ({ exchange, phone }) =>
		onRegistered(browser, phone, async (page) => {
			const cdp = await page.context().newCDPSession(page);
			for (let call = 0; call < WARM_UP; call += 1) await missedCall(cdp, exchange, phone.identity);
			const open = await page.evaluate(() => window.offhookBench.open);
			const before = await heapOf(cdp);

			for (let call = 0; call < CALLS; call += 1) await missedCall(cdp, exchange, phone.identity);
			const after = await heapOf(cdp);

			for (let call = 0; call < OUTGOING; call += 1) await outgoingCall(page);
			const left = await openOnceSettled(page, open);
			return [
				atMost(`heap growth over ${CALLS} calls`, (after - before) / MEGABYTE, 1.25, 'MB'),
				atMost('microphone tracks left open', left.tracks, 0, ''),
				atMost('peer connections left open', left.peers, 0, ''),
				atMost('sockets beside the registered one', left.sockets - open.sockets, 0, ''),
				atMost('timers beside those before', left.timers - open.timers, 0, '')
			];
		})
	);
}

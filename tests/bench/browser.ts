import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../support/chromium.ts';
import { install } from './instruments.ts';

/** Everything that is not on this machine fails at once, so that no candidate pays for a slow third party. */
const LOOPBACK_ONLY = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

export function launch(): Promise<Browser> {
	const options = chromiumLaunch();
	return chromium.launch({
		...options,
		args: [...(options.args ?? []), LOOPBACK_ONLY, '--autoplay-policy=no-user-gesture-required']
	});
}

/** A page of its own storage and cache, with the instruments in it; closed when `use` has ended. */
export async function withPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
	const context = await browser.newContext({
		// It would fetch the rest of the phone in the middle of a measurement.
		serviceWorkers: 'block',
		viewport: { width: 412, height: 823 },
		permissions: ['microphone'],
		locale: 'en-US',
		ignoreHTTPSErrors: true
	});
	try {
		const page = await context.newPage();
		await page.addInitScript(install);
		return await use(page);
	} finally {
		await context.close();
	}
}

/** Waits until the instruments have seen all of these, then hands them out. */
export async function marksOf(page: Page, names: readonly string[]): Promise<Record<string, number>> {
	await page.waitForFunction((wanted) => wanted.every((name) => name in window.offhookBench.marks), names, {
		polling: 20,
		timeout: 30_000
	});
	return page.evaluate(() => ({ ...window.offhookBench.marks }));
}

export async function between(page: Page, from: string, to: string): Promise<number> {
	const marks = await marksOf(page, [from, to]);
	return (marks[to] ?? Number.NaN) - (marks[from] ?? Number.NaN);
}

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch, chromiumPath } from './chromium.ts';

/** A Chromium whose tabs are what they are for people: one is looked at, the others are hidden and can be frozen. */
export interface RealTabs {
	readonly context: BrowserContext;
	/** Opened behind the others' backs: it is the one that is looked at. */
	open(url: string): Promise<Page>;
	/** As the browser does it to save energy: every script and timer of the hidden page stops. */
	freeze(page: Page): Promise<void>;
	/** The process behind the page is gone. */
	crash(page: Page): Promise<void>;
	/** It runs again, hidden as before. */
	thaw(page: Page): Promise<void>;
	close(): Promise<void>;
}

/**
 * Playwright keeps every page of its own browsers visible and focused, and such a page cannot be frozen. So this browser is
 * started beside it, and Playwright is asked to leave its pages alone.
 */
export async function openRealTabs(): Promise<RealTabs> {
	const profile = mkdtempSync(join(tmpdir(), 'offhook-tabs-'));
	const args = ['--headless', '--no-first-run', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
	const path = chromiumPath() ?? chromium.executablePath();
	const browser = spawn(path, [...args, ...(chromiumLaunch().args ?? []), 'about:blank'], {
		stdio: ['ignore', 'ignore', 'pipe']
	});
	const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
	const address = await new Promise<string>((resolve, reject) => {
		browser.once('error', reject);
		browser.once('exit', () => reject(new Error('Chromium did not start.')));
		createInterface(browser.stderr).on('line', (line) => {
			const found = /DevTools listening on (\S+)/.exec(line);
			if (found?.[1]) resolve(found[1]);
		});
	});
	const connected = await chromium.connectOverCDP(address, { noDefaults: true });
	const [context] = connected.contexts();
	if (!context) throw new Error('Chromium has no context.');

	const set = async (page: Page, state: 'frozen' | 'active') => {
		const session = await context.newCDPSession(page);
		await session.send('Page.setWebLifecycleState', { state });
		await session.detach();
	};
	return {
		context,
		async open(url) {
			const page = await context.newPage();
			await page.bringToFront();
			await page.goto(url);
			return page;
		},
		freeze: (page) => set(page, 'frozen'),
		thaw: (page) => set(page, 'active'),
		async crash(page) {
			const session = await context.newCDPSession(page);
			// It does not live to answer.
			session.send('Page.crash').catch(() => {});
			await page.waitForEvent('crash');
		},
		async close() {
			await connected.close();
			browser.kill('SIGKILL');
			await ended;
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		}
	};
}

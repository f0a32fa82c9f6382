import type { BrowserContext, Page } from '@playwright/test';

declare global {
	interface Window {
		/** Names under which the page has kept, locked or said something, with the sort of thing before a space. */
		namesUsed: Set<string>;
	}
}

/** What the phone keeps, locks or speaks on for all its pages, as `ownName` takes it. */
export const THINGS: readonly string[] = [
	'phone',
	'history',
	'erase',
	'settings',
	'reach',
	'own-config',
	'checkups'
];

/** From now on every page of the context writes down what it calls its own; see {@link namesUsed}. */
export async function watchNames(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const used = (window.namesUsed = new Set<string>());
		const note = (sort: string, name: unknown) => void used.add(`${sort} ${String(name)}`);
		const watched = (sort: string, owner: object, method: string) => {
			const methods = owner as Record<string, (this: unknown, ...args: unknown[]) => unknown>;
			const original = methods[method];
			if (!original) return;
			methods[method] = function (...args) {
				note(sort, args[0]);
				return original.apply(this, args);
			};
		};
		watched('storage', Storage.prototype, 'setItem');
		watched('database', IDBFactory.prototype, 'open');
		watched('lock', LockManager.prototype, 'request');
		if ('caches' in window) watched('cache', CacheStorage.prototype, 'open');
		globalThis.BroadcastChannel = new Proxy(BroadcastChannel, {
			construct(Made, args: [string]) {
				note('channel', args[0]);
				return new Made(...args);
			}
		});
	});
}

/** What the page has used, and what the browser keeps for its origin, whoever wrote it. Sorted. */
export async function namesUsed(page: Page): Promise<readonly string[]> {
	const names = await page.evaluate(async () => {
		const kept = [
			...[...Object.keys(localStorage), ...Object.keys(sessionStorage)].map((name) => `storage ${name}`),
			...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
			...(await caches.keys()).map((name) => `cache ${name}`)
		];
		return [...window.namesUsed, ...kept];
	});
	return [...new Set(names)].sort();
}

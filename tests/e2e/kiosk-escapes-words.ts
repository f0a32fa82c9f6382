import type { BrowserContext } from '@playwright/test';
import { HOSTILE } from './hostile.ts';
import type { Page } from './fixtures.ts';

/** What pages, hosts, workers and notifications of this phone say to each other, and what somebody would like them to say. */
export const OWN_WORDS: readonly unknown[] = [
	...['busy', 'idle', 'is-anyone-busy', 'changed', 'taken', 'in-use', 'in-call', 'kept', 'mine'],
	...['leave', 'unlock', 'open', 'reload', 'dial', 'skipWaiting'],
	...['prefill', 'dial', 'status?', 'watch', 'unwatch', 'leave', 'navigate'].flatMap((type) => [
		{ offhook: 1, type, to: '+12025550100', line: 'practice' },
		{ type, to: '1', url: './settings/', kiosk: false }
	]),
	...['open', 'answer', 'decline', 'call', 'redial'].map((act) => ({ type: 'ring', call: 'c1', act })),
	...['take-over', 'keep', 'leave', 'dial'].map((wish) => ({ wish, kinds: [], idleOnly: false })),
	{ kiosk: null, exit: { kind: 'open' }, mark: false, locked: [] }
];

/** As long as they still arrive soon. */
export const STRANGE_WORDS: readonly string[] = HOSTILE.map((words) => words.slice(0, 2_000));

declare global {
	interface Window {
		heardLast: Promise<void>;
	}
}

/** Said last, it tells that all before it has been heard. */
export const LAST_WORD = 'that was all';

/** From now on the page waits for the last word, of its worker, its window or a channel: `heardLast`. */
export const awaitsLast = (page: Page, where: string): Promise<void> =>
	page.evaluate(
		([last, from]) => {
			const named = { worker: navigator.serviceWorker, window };
			const target = named[from as keyof typeof named] ?? new BroadcastChannel(from);
			window.heardLast = new Promise((resolve) => {
				const hear = (event: Event) => (event as MessageEvent).data === last && resolve();
				target.addEventListener('message', hear);
			});
		},
		[LAST_WORD, where] as const
	);

/** All of it has been heard, and what came of it can be seen. */
export const heardLast = (page: Page): Promise<void> =>
	page.evaluate(async () => {
		await window.heardLast;
		await new Promise((resolve) => setTimeout(resolve, 0));
	});

const workerOf = (context: BrowserContext, folder: string) =>
	context.serviceWorkers().find((one) => new URL('.', one.url()).pathname === folder);

/** What a worker says to every window of the origin. */
export async function sayAsWorker(
	context: BrowserContext,
	folder: string,
	words: readonly unknown[]
): Promise<void> {
	const worker = workerOf(context, folder);
	if (!worker) throw new Error(`no worker of ${folder}`);
	await worker.evaluate(async (all) => {
		interface Windows {
			matchAll(options: object): Promise<readonly { postMessage(word: unknown): void }[]>;
		}
		const { clients } = self as unknown as { clients: Windows };
		const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
		if (windows.length === 0) throw new Error('no window');
		for (const one of windows) for (const word of all) one.postMessage(word);
	}, words);
}

/** What the phone's worker hears from a page that is none of the phone's, and what that does with its notifications. */
export const NEIGHBOUR: Readonly<Record<string, (evil: Page, base: string) => Promise<unknown>>> = {
	'wishes to the worker': (evil, base) =>
		evil.evaluate(
			async ([scope, all]) => {
				const registration = await navigator.serviceWorker.getRegistration(scope);
				if (!registration?.active) throw new Error('no worker');
				for (const word of all) registration.active.postMessage(word);
			},
			[base, [...OWN_WORDS, ...STRANGE_WORDS, { wish: 'keep', kinds: STRANGE_WORDS }]] as const
		),
	'the copies of the kiosk are thrown away': (evil, base) =>
		evil.evaluate(async (scope) => {
			const registration = await navigator.serviceWorker.getRegistration(scope);
			const { port1, port2 } = new MessageChannel();
			const done = new Promise((resolve) => (port1.onmessage = resolve));
			registration?.active?.postMessage({ wish: 'keep', kinds: [] }, [port2]);
			await done;
		}, base),
	'copies of the pages are forged': (evil, base) =>
		evil.evaluate(async (scope) => {
			const html = '<!doctype html><title>Out</title><a href="/settings/">out</a>';
			const headers = { 'content-type': 'text/html' };
			for (const name of await caches.keys()) {
				const cache = await caches.open(name);
				for (const page of ['settings/?forged', 'history', '?kiosk'])
					await cache.put(new URL(page, new URL(scope, location.href)), new Response(html, { headers }));
			}
		}, base),
	'the worker is taken away': (evil, base) =>
		evil.evaluate(async (scope) => {
			await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
			for (const name of await caches.keys()) await caches.delete(name);
		}, base)
};

/** Data of notifications that nobody of the phone has shown. */
export const FORGED_DATA: readonly unknown[] = [
	undefined,
	null,
	7,
	'./settings/',
	{ type: 'ring' },
	{ type: 'ring', call: 'gone' },
	{ type: 'ring', call: '', act: 'answer', url: './settings/' },
	{ type: 'ring', call: ['gone'], to: '+12025550100' },
	{ type: 'dial', call: '+12025550100', act: 'dial' },
	{ url: './history/', action: 'open', navigate: './history/' }
];

/** A tap on one of the worker's notifications; a synthetic one may neither open windows nor bring them to the front. */
export async function tapNotification(
	context: BrowserContext,
	base: string,
	action: string,
	data?: unknown
): Promise<void> {
	const worker = workerOf(context, base);
	if (!worker) throw new Error('no worker');
	await worker.evaluate(
		async ([action, data, isForged]) => {
			const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
			if (isForged) await registration.showNotification('Missed call', { data, tag: 'forged' });
			const [notification] = await registration.getNotifications(isForged ? { tag: 'forged' } : {});
			if (!notification) throw new Error('no notification');
			const Tap = (globalThis as unknown as { NotificationEvent: new (type: string, init: object) => Event })
				.NotificationEvent;
			self.dispatchEvent(new Tap('notificationclick', { notification, action }));
		},
		[action, data, data !== undefined] as const
	);
}

/** How many notifications the worker shows. */
export const notificationsOf = async (context: BrowserContext, base: string): Promise<number> =>
	(await workerOf(context, base)?.evaluate(async () => {
		const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
		return (await registration.getNotifications()).length;
	})) ?? 0;

import type { Page } from '@playwright/test';
import { startSite, type Site } from '../support/site.ts';
import { expect, type Config } from './fixtures.ts';

export const FOLDER = process.env.OUT ?? 'build';

/** A host whose files can be exchanged, as by a new release. */
export interface Host {
	readonly site: Site;
	folder: string;
	config: Config;
	/** Files that stand instead of those of the folder. */
	readonly overlay: Record<string, unknown>;
	/** What was sent since it was emptied: bytes as they went over the wire. */
	readonly sent: { readonly path: string; readonly status: number; readonly bytes: number }[];
}

export async function startHost(base = '/'): Promise<Host> {
	const sent: Host['sent'] = [];
	const overlay: Record<string, unknown> = {};
	const place = { folder: FOLDER };
	const site = await startSite({
		get folder() {
			return place.folder;
		},
		base,
		overlay,
		maxAge: 0,
		handle: (request, response) => {
			const before = request.socket.bytesWritten;
			response.once('finish', () => {
				const bytes = request.socket.bytesWritten - before;
				sent.push({ path: request.url ?? '', status: response.statusCode, bytes });
			});
			return Promise.resolve(false);
		}
	});
	return {
		site,
		overlay,
		sent,
		get folder() {
			return place.folder;
		},
		set folder(folder) {
			place.folder = folder;
		},
		get config() {
			return overlay['config.json'] as Config;
		},
		set config(config) {
			overlay['config.json'] = config;
		}
	};
}

/** Until the worker of this page answers for it. */
export async function isKept(page: Page): Promise<void> {
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 })
		.toBe('activated');
}

/** Asks the server for a new build, as an open phone does once an hour. Resolves when it waits. */
export async function newBuildWaits(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
	});
	await expect
		.poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state), {
			timeout: 30_000
		})
		.toBe('installed');
}

/** Names of all caches of the origin, with the addresses in each. */
export const cached = (page: Page): Promise<Record<string, readonly string[]>> =>
	page.evaluate(async () => {
		const all: Record<string, string[]> = {};
		for (const name of await caches.keys()) {
			all[name] = (await (await caches.open(name)).keys()).map(({ url }) => url);
		}
		return all;
	});

import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { BasePath } from './base-path.ts';

export interface OwnStorageDeps {
	readonly clock: Clock;
	readonly base: BasePath;
	/** Where things are kept; reading any of it may throw, and what the browser does not have is undefined. */
	readonly browser: {
		readonly localStorage: Storage;
		readonly sessionStorage: Storage;
		readonly indexedDB?: IDBFactory | undefined;
		readonly caches?: CacheStorage | undefined;
		readonly navigator: { readonly serviceWorker?: ServiceWorkerContainer | undefined };
	};
}

/** A database is deleted once no tab has it open; tabs let go within milliseconds, or not at all. */
const WITHIN_MS = 4_000;

/**
 * Deletes all that the phone of this folder keeps in the browser: what carries its name in storage, databases and caches,
 * and the service worker of its folder. What other pages of the origin keep stays, other phones' things too. Never
 * rejects; false when some of it could not be deleted, and the rest is deleted all the same.
 */
export async function eraseOwnStorage({ clock, base, browser }: OwnStorageDeps): Promise<boolean> {
	const isOwn = (name: string | undefined): name is string => name?.startsWith(base.name('')) ?? false;
	const late = () => new LineError('app.unexpected', { facts: { what: 'storage' } });
	const wholly = (work: () => Promise<unknown>): Promise<boolean> =>
		deadline(Promise.resolve().then(work), WITHIN_MS, late, clock).then(
			() => true,
			() => false
		);

	const worker = async () => {
		const all = (await browser.navigator.serviceWorker?.getRegistrations()) ?? [];
		await Promise.all(all.filter(({ scope }) => scope === base.url).map((one) => one.unregister()));
	};
	const copies = async () => {
		const { caches } = browser;
		if (!caches) return;
		const names = (await caches.keys()).filter(isOwn);
		await Promise.all(names.map((name) => caches.delete(name)));
	};
	const databases = async () => {
		const { indexedDB } = browser;
		if (!indexedDB) return;
		const names = (await indexedDB.databases()).map(({ name }) => name).filter(isOwn);
		await Promise.all(names.map((name) => deleted(indexedDB.deleteDatabase(name))));
	};
	const keys = (storage: () => Storage) => async () => {
		for (const key of Object.keys(storage()).filter(isOwn)) storage().removeItem(key);
	};

	// A worker that is still there could fill the caches again.
	const first = await wholly(worker);
	const rest = await Promise.all([
		wholly(copies),
		wholly(databases),
		wholly(keys(() => browser.localStorage)),
		wholly(keys(() => browser.sessionStorage))
	]);
	return [first, ...rest].every(Boolean);
}

function deleted(request: IDBOpenDBRequest): Promise<void> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new DOMException('not deleted'));
	});
}

import { createClock } from '#lib/browser/clock.ts';
import { HistoryStore } from '#lib/browser/history-store.ts';
import type { HistoryRow } from '#lib/core/history.ts';

export const clock = createClock();
export const DAY_MS = 86_400_000;
let count = 0;
const opened = new Map<HistoryStore, string>();

/** A page's history; pages of one name share a database, as tabs do. */
export function page(name: string, ticks = clock): HistoryStore {
	const store = new HistoryStore({ name, channel: new BroadcastChannel(name), clock: ticks, log: () => {} });
	opened.set(store, name);
	return store;
}

export const newName = () => `offhook:/test-${++count}/:history`;

export const row = (id: string, startedAt = clock.now()): HistoryRow => ({
	id,
	lineId: 'desk',
	direction: 'out',
	address: '+15550100',
	startedAt
});

export const done = { outcome: 'hung-up', talkedMs: 1200 } as const;

export async function stored(name: string): Promise<readonly HistoryRow[]> {
	const later = page(name);
	await later.load();
	return later.rows.value;
}

/** Writes into the database behind the app's back, as the shape of version 1 has it. */
export async function plant(name: string, rows: readonly unknown[], version = 1): Promise<void> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open(name, version);
		opening.onupgradeneeded = () => {
			if (opening.result.objectStoreNames.contains('rows')) return;
			opening.result.createObjectStore('rows', { keyPath: 'id' }).createIndex('startedAt', 'startedAt');
		};
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
	});
	await new Promise<void>((resolve) => {
		const tx = db.transaction('rows', 'readwrite');
		for (const one of rows) tx.objectStore('rows').put(one);
		tx.oncomplete = () => resolve();
	});
	db.close();
}

export function raw(name: string): Promise<readonly unknown[]> {
	return new Promise((resolve) => {
		const opening = indexedDB.open(name);
		opening.onsuccess = () => {
			const db = opening.result;
			const all = db.transaction('rows').objectStore('rows').getAll();
			all.onsuccess = () => {
				db.close();
				resolve(all.result);
			};
		};
	});
}

/** Closes every page and deletes what they have stored. */
export async function closePages(): Promise<void> {
	const names = new Set(opened.values());
	await Promise.all([...opened.keys()].map((store) => store.close()));
	opened.clear();
	for (const name of names) indexedDB.deleteDatabase(name);
}

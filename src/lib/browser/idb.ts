import {
	openDB,
	type DBSchema,
	type IDBPDatabase,
	type IDBPObjectStore,
	type OpenDBCallbacks,
	type StoreNames
} from 'idb';
import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';

/** IndexedDB answers within milliseconds or, where it is broken, not at all. */
const WITHIN_MS = 5_000;

export interface DatabaseOptions<S extends DBSchema> {
	/** Carries the base path. */
	readonly name: string;
	readonly version: number;
	readonly clock: Clock;
	upgrade(db: IDBPDatabase<S>, from: number): void;
}

export type WritableStore<S extends DBSchema, N extends StoreNames<S>> = IDBPObjectStore<
	S,
	[N],
	N,
	'readwrite'
>;

/**
 * An IndexedDB database that is opened when it is first needed, and again when the browser has closed it. It steps aside
 * for a newer version in another tab. Every operation has a deadline; all of them reject where storage is refused.
 */
export class Database<S extends DBSchema> {
	readonly #options: DatabaseOptions<S>;
	#opening: Promise<IDBPDatabase<S>> | undefined;
	#closed = false;

	constructor(options: DatabaseOptions<S>) {
		this.#options = options;
	}

	/** `work` gets the open database; it should leave no transaction behind. */
	run<T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T> {
		return this.#inTime(this.#open().then(work));
	}

	/** One transaction: all of it is done, or nothing. Resolves when it is. */
	write<N extends StoreNames<S>>(
		name: N,
		work: (store: WritableStore<S, N>) => Promise<void>
	): Promise<void> {
		return this.run(async (db) => {
			const tx = db.transaction(name, 'readwrite');
			// Whoever waits for a request of it hears of the failure there.
			tx.done.catch(() => {});
			try {
				await work(tx.store);
			} catch (error) {
				undo(tx);
				throw error;
			}
			await tx.done;
		});
	}

	/** Operations reject from now on. */
	close(): void {
		this.#closed = true;
		this.#opening?.then(
			(db) => db.close(),
			() => {}
		);
		this.#opening = undefined;
	}

	#open(): Promise<IDBPDatabase<S>> {
		if (this.#closed) return Promise.reject(late());
		const opened = (this.#opening ??= this.#openNow());
		opened.catch(() => {
			if (this.#opening === opened) this.#opening = undefined;
		});
		return opened;
	}

	async #openNow(): Promise<IDBPDatabase<S>> {
		const { name, version, upgrade } = this.#options;
		const callbacks: OpenDBCallbacks<S> = {
			upgrade: (db, from) => upgrade(db, from),
			blocking: (_current, _blocked, event) => {
				this.#opening = undefined;
				(event.target as IDBDatabase).close();
			},
			terminated: () => void (this.#opening = undefined)
		};
		const opening = openDB<S>(name, version, callbacks);
		let isLate = false;
		opening.then(
			(db) => isLate && db.close(),
			() => {}
		);
		return this.#inTime(opening).catch((error: unknown) => {
			isLate = true;
			throw error;
		});
	}

	#inTime<T>(promise: Promise<T>): Promise<T> {
		return deadline(promise, WITHIN_MS, late, this.#options.clock);
	}
}

const late = () => new LineError('app.unexpected', { facts: { what: 'storage' } });

function undo(tx: { abort(): void }): void {
	try {
		tx.abort();
	} catch {
		// It is over already: that is what failed.
	}
}

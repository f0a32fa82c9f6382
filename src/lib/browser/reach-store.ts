import type { DBSchema, IDBPDatabase } from 'idb';
import { isReachSpan, type ReachSpan } from '#lib/core/reach.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Database } from './idb.ts';

interface ReachSchema extends DBSchema {
	spans: { key: [line: string, from: number]; value: ReachSpan; indexes: { to: number } };
}

export interface ReachStoreDeps {
	/** Of the database; carries the base path. */
	readonly name: string;
	readonly clock: Clock;
}

const VERSION = 1;
/** What is older says nothing about today. */
const KEEP_MS = 2 * 86_400_000;

/** The reachability of the last two days in IndexedDB. Operations reject where storage is refused. */
export class ReachStore {
	readonly #db: Database<ReachSchema>;
	readonly #clock: Clock;

	constructor({ name, clock }: ReachStoreDeps) {
		this.#db = new Database({ name, clock, version: VERSION, upgrade: createSpans });
		this.#clock = clock;
	}

	/** Replaces spans that begin at the same time, and forgets what is too old. */
	put(spans: readonly ReachSpan[]): Promise<void> {
		const oldest = this.#clock.now() - KEEP_MS;
		return this.#db.write('spans', async (store) => {
			for (const span of spans) await store.put(span);
			for (const key of await store.index('to').getAllKeys(IDBKeyRange.upperBound(oldest))) {
				await store.delete(key);
			}
		});
	}

	/** What ends after `since` (wall ms). */
	read(since: number): Promise<readonly ReachSpan[]> {
		return this.#db.run(async (db) => {
			const found: unknown[] = await db.getAllFromIndex('spans', 'to', IDBKeyRange.lowerBound(since));
			return found.filter(isReachSpan);
		});
	}

	close(): void {
		this.#db.close();
	}
}

function createSpans(db: IDBPDatabase<ReachSchema>): void {
	db.createObjectStore('spans', { keyPath: ['line', 'from'] }).createIndex('to', 'to');
}

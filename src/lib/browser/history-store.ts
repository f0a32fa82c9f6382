import type { DBSchema, IDBPDatabase } from 'idb';
import type { History, HistoryFinish, HistoryRow } from '#lib/core/history.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import { isHistoryRow } from './history-row.ts';
import { Database, type WritableStore } from './idb.ts';

interface HistorySchema extends DBSchema {
	rows: { key: string; value: HistoryRow; indexes: { startedAt: number } };
}

type Rows = WritableStore<HistorySchema, 'rows'>;

export interface HistoryStoreDeps {
	/** Of the database; carries the base path. */
	readonly name: string;
	/** Through which tabs tell each other that something has changed; undefined where there is none. */
	readonly channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'> | undefined;
	readonly clock: Clock;
	readonly log: Log;
}

const VERSION = 1;
const DAY_MS = 86_400_000;
/** However often other tabs say that something has changed, it is read this often at most. */
const READ_EVERY_MS = 250;

/**
 * The history in IndexedDB, in memory too where that is refused. `begin` resolves when the row would survive the end of
 * this page (not a power cut: waiting for the disk would delay the call). Nothing rejects.
 *
 * A row that no living page finishes is marked by {@link repair}, which the owner of the phone calls. The page that began a
 * row knows better than a repair: its own ending replaces an `interrupted`.
 */
export class HistoryStore implements History {
	readonly #deps: HistoryStoreDeps;
	readonly #db: Database<HistorySchema>;
	readonly #rows = new Cell<readonly HistoryRow[]>([]);
	readonly #kept = new Cell(true);
	/** As storage has them, as far as is known. */
	#stored = new Map<string, HistoryRow>();
	/** Rows of this page that storage does not have yet, or not in this state. */
	readonly #unsaved = new Map<string, HistoryRow>();
	/** Rows of this page that are not finished; true once storage has them. */
	readonly #live = new Map<string, boolean>();
	#keepsNothing = false;
	#cancelRead: (() => void) | undefined;
	readonly #working = new Set<Promise<void>>();
	#closed = false;

	constructor(deps: HistoryStoreDeps) {
		this.#deps = deps;
		this.#db = new Database({ ...deps, version: VERSION, upgrade: createRows });
		// What is said does not matter: any page of the origin can speak there.
		if (deps.channel) deps.channel.onmessage = () => this.#readSoon();
	}

	/** Newest first. */
	get rows(): Watched<readonly HistoryRow[]> {
		return this.#rows;
	}

	/** False from a failure on until a row could be written: rows then last as long as the page. */
	get kept(): Watched<boolean> {
		return this.#kept;
	}

	/** Reads what is stored. */
	async load(): Promise<void> {
		await this.#attempt('read', () =>
			this.#db.run(async (db) => {
				const all: unknown[] = await db.getAll('rows');
				const rows = all.filter(isHistoryRow);
				const broken = all.length - rows.length;
				if (broken > 0) this.#deps.log('warn', 'history rows set aside', { count: broken });
				this.#stored = new Map(rows.map((row) => [row.id, row]));
			})
		);
		this.#show();
	}

	async begin(row: HistoryRow): Promise<void> {
		if (this.#keepsNothing || this.#live.has(row.id) || this.#stored.has(row.id)) return;
		this.#live.set(row.id, false);
		this.#unsaved.set(row.id, row);
		this.#show();
		await this.#save();
	}

	/** Does nothing for a row that is unknown, removed or finished. */
	async finish(id: string, finish: HistoryFinish): Promise<void> {
		const row = this.#unsaved.get(id) ?? this.#stored.get(id);
		if (!row || !this.#live.has(id) || this.#unsaved.get(id)?.outcome !== undefined) return;
		this.#unsaved.set(id, { ...row, ...finish });
		this.#show();
		await this.#save();
	}

	/** Marks what no page will finish any more; for the owner of the phone, since only its page has calls. */
	async repair(): Promise<void> {
		await this.#change('repair', async (store) => {
			for (const row of (await store.getAll()).filter(isHistoryRow)) {
				if (row.outcome !== undefined || this.#live.has(row.id)) continue;
				await store.put({ ...row, outcome: 'interrupted', talkedMs: 0 });
			}
		});
	}

	/** Deletes what is older, and goes on with that rule: 0 keeps nothing from now on. */
	async keepFor(days: number): Promise<void> {
		this.#keepsNothing = days === 0;
		if (this.#keepsNothing) return this.clear();
		const oldest = this.#deps.clock.now() - days * DAY_MS;
		await this.#change('prune', async (store) => {
			const old = IDBKeyRange.upperBound(oldest, true);
			for (const key of await store.index('startedAt').getAllKeys(old)) await store.delete(key);
		});
	}

	async remove(id: string): Promise<void> {
		this.#unsaved.delete(id);
		this.#stored.delete(id);
		this.#live.delete(id);
		this.#show();
		await this.#change('remove', (store) => store.delete(id));
	}

	/** Deletes everything, set-aside rows too, but the rows of living calls (unless nothing is to be kept). */
	async clear(): Promise<void> {
		const isKept = (row: HistoryRow) => row.outcome === undefined && !this.#keepsNothing;
		for (const [id, row] of this.#unsaved) if (!isKept(row)) this.#unsaved.delete(id);
		for (const [id, row] of this.#stored) if (!isKept(row)) this.#stored.delete(id);
		if (this.#keepsNothing) this.#live.clear();
		this.#show();
		await this.#change('clear', async (store) => {
			const live = (await store.getAll()).filter((row) => isHistoryRow(row) && isKept(row));
			await store.clear();
			for (const row of live) await store.put(row);
		});
	}

	/** Waits for what is being written, then lets go of the database and the channel. */
	async close(): Promise<void> {
		this.#cancelRead?.();
		// The last calls finish their rows in this turn.
		await new Promise<void>((resolve) => this.#deps.clock.after(0, resolve));
		while (this.#working.size > 0) await Promise.all(this.#working);
		this.#closed = true;
		this.#cancelRead?.();
		this.#db.close();
		this.#deps.channel?.close();
	}

	/** Writes what is unsaved. What fails now is tried again with the next row. */
	async #save(): Promise<void> {
		const batch = [...this.#unsaved.values()];
		const written: HistoryRow[] = [];
		const write = async (store: Rows) => {
			for (const row of batch) {
				const before: unknown = await store.get(row.id);
				// Stored once and gone now: someone has removed it meanwhile.
				if (before === undefined && this.#live.get(row.id)) continue;
				const last = isFinished(before) ? before : row;
				if (last === row) await store.put(row);
				written.push(last);
			}
		};
		await this.#attempt('write', async () => {
			await this.#db.write('rows', write);
			this.#saved(batch, written);
			this.#kept.set(true);
			this.#tell();
		});
		this.#show();
	}

	#saved(batch: readonly HistoryRow[], written: readonly HistoryRow[]): void {
		for (const row of batch) {
			this.#stored.delete(row.id);
			// Otherwise it has been finished meanwhile, and is written again.
			if (this.#unsaved.get(row.id) === row) this.#unsaved.delete(row.id);
			if (row.outcome !== undefined) this.#live.delete(row.id);
			else if (this.#live.has(row.id)) this.#live.set(row.id, true);
		}
		for (const row of written) this.#stored.set(row.id, row);
	}

	async #change(what: string, work: (store: Rows) => Promise<void>): Promise<void> {
		await this.#attempt(what, () => this.#db.write('rows', work));
		this.#tell();
		await this.load();
	}

	#attempt(what: string, work: () => Promise<void>): Promise<void> {
		const failed = (error: unknown) => {
			if (this.#closed) return;
			this.#kept.set(false);
			this.#deps.log('warn', 'history is not stored', { what, error });
		};
		const working: Promise<void> = work()
			.catch(failed)
			.finally(() => this.#working.delete(working));
		this.#working.add(working);
		return working;
	}

	#show(): void {
		const rows = [...new Map([...this.#stored, ...this.#unsaved]).values()];
		this.#rows.set(rows.sort((a, b) => b.startedAt - a.startedAt));
	}

	#tell(): void {
		if (!this.#closed) this.#deps.channel?.postMessage('changed');
	}

	#readSoon(): void {
		this.#cancelRead ??= this.#deps.clock.after(READ_EVERY_MS, () => {
			this.#cancelRead = undefined;
			void this.load();
		});
	}
}

function createRows(db: IDBPDatabase<HistorySchema>): void {
	db.createObjectStore('rows', { keyPath: 'id' }).createIndex('startedAt', 'startedAt');
}

/** What a living call has begun has no outcome yet, and is not looked at any closer. */
function isFinished(stored: unknown): stored is HistoryRow {
	const { outcome } = (stored ?? {}) as Partial<HistoryRow>;
	return outcome !== undefined && outcome !== 'interrupted' && isHistoryRow(stored);
}

import { wasMissed, type HistoryRow } from '#lib/core/history.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface MissedCallsDeps {
	readonly rows: Watched<readonly HistoryRow[]>;
	readonly clock: Clock;
	/** When the page was opened, wall ms: it may have rung before this part arrived. */
	readonly openedAt: number;
	/** Where the time of the last look is kept, and its key, which carries the base path. It may throw. */
	readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>;
	readonly key: string;
	readonly window: EventTarget;
	/** Sets the number on the app's icon; undefined where there is none. */
	readonly badge: ((count: number) => Promise<void>) | undefined;
	readonly scope: Scope;
}

/** How many calls nobody here has answered since somebody looked at the history; the same in all tabs. */
export class MissedCalls {
	readonly #deps: MissedCallsDeps;
	readonly #count = new Cell(0);
	#seenAt: number;

	constructor(deps: MissedCallsDeps) {
		this.#deps = deps;
		this.#seenAt = this.#read();
		deps.scope.add(deps.rows.watch(() => this.#judge()));
		deps.scope.add(this.#count.watch((count) => void deps.badge?.(count).catch(() => {})));
		deps.scope.on(deps.window, 'storage', (event) => {
			if ((event as StorageEvent).key !== deps.key) return;
			this.#seenAt = this.#read();
			this.#judge();
		});
		this.#judge();
	}

	get count(): Watched<number> {
		return this.#count;
	}

	seen(): void {
		this.#seenAt = this.#deps.clock.now();
		this.#write();
		this.#judge();
	}

	#judge(): void {
		const missed = this.#deps.rows.value.filter((row) => row.startedAt > this.#seenAt && wasMissed(row));
		this.#count.set(missed.length);
	}

	/** What was missed before the first look that is known of was missed long ago. */
	#read(): number {
		try {
			const kept = Number(this.#deps.storage().getItem(this.#deps.key) ?? NaN);
			// A clock that was wrong for a day must not hide the calls of a year.
			if (Number.isFinite(kept) && kept <= this.#deps.clock.now()) return kept;
		} catch {
			return this.#deps.openedAt;
		}
		this.#seenAt = this.#deps.openedAt;
		this.#write();
		return this.#seenAt;
	}

	#write(): void {
		try {
			this.#deps.storage().setItem(this.#deps.key, String(this.#seenAt));
		} catch {
			// Storage is refused: it counts for as long as the page lives.
		}
	}
}

import type { HistoryRow } from '#lib/core/history.ts';
import type { Reactive } from './reactive.svelte.ts';

/** So many rows are in the page at once, however long the history is. */
export const PAGE_ROWS = 50;

/** The history as it is searched and leafed through. */
export class HistoryView {
	readonly #rows: Reactive<readonly HistoryRow[]>;
	readonly #lineLabel: (id: string) => string;
	#search = $state('');
	#page = $state(0);

	constructor(rows: Reactive<readonly HistoryRow[]>, lineLabel: (id: string) => string) {
		this.#rows = rows;
		this.#lineLabel = lineLabel;
	}

	get search(): string {
		return this.#search;
	}

	set search(text: string) {
		this.#search = text;
		this.#page = 0;
	}

	readonly #texts: readonly string[] = $derived.by(() =>
		this.#rows.current.map((row) =>
			`${row.name ?? ''} ${row.address} ${this.#lineLabel(row.lineId)}`.toLowerCase()
		)
	);

	readonly found: readonly HistoryRow[] = $derived.by(() => {
		const words = wanted(this.#search);
		if (words.length === 0) return this.#rows.current;
		const texts = this.#texts;
		return this.#rows.current.filter((_, at) => words.every((word) => texts[at]?.includes(word)));
	});

	readonly pages: number = $derived.by(() => Math.max(1, Math.ceil(this.found.length / PAGE_ROWS)));
	/** From 0; never behind the last page, also after rows were deleted. */
	readonly page: number = $derived.by(() => Math.min(this.#page, this.pages - 1));
	readonly shown: readonly HistoryRow[] = $derived.by(() =>
		this.found.slice(this.page * PAGE_ROWS, (this.page + 1) * PAGE_ROWS)
	);

	turnTo(page: number): void {
		this.#page = Math.max(0, Math.min(page, this.pages - 1));
	}
}

/** Words to look for. A number is found however it is grouped: '(555) 01' as '55501'. */
function wanted(search: string): readonly string[] {
	const text = search.trim().toLowerCase();
	if (/^\+?[\d\s().\-/]+$/.test(text)) return [text.replace(/[\s().\-/]/g, '')];
	return text.split(/\s+/).filter(Boolean);
}

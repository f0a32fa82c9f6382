import type { Ending } from './call-state.ts';
import type { History, HistoryFinish, HistoryRow } from './history.ts';
import type { Call } from './line.ts';
import type { Clock, Log } from './ports.ts';

/** How long a call waits for its row to be stored: broken storage must never keep anyone from calling. */
const STORE_WITHIN_MS = 300;
/** Longer foreign text than any number or identity. */
const LONGEST_TEXT = 256;

interface CallLogDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly history: History;
	newId(): string;
}

/** A row that has been begun and is finished exactly once. */
export interface OpenRow {
	/** Does nothing when the row is finished already. */
	finish(finish: HistoryFinish): void;
	/** Finishes the row when `call` ends. */
	follow(call: Call): void;
	/** Resolves when the row is stored, at the latest after 300 ms. Never rejects. */
	readonly stored: Promise<void>;
}

/** Writes the history of one Phone: a row when a call is attempted or appears, finished when it ends. */
export class CallLog {
	readonly #deps: CallLogDeps;
	readonly #open = new Set<OpenRow>();

	constructor(deps: CallLogDeps) {
		this.#deps = deps;
	}

	begin(entry: Pick<HistoryRow, 'lineId' | 'direction' | 'address' | 'name'>): OpenRow {
		const id = this.#deps.newId();
		const stored = this.#store(() =>
			this.#deps.history.begin({
				...entry,
				address: entry.address.slice(0, LONGEST_TEXT),
				...(entry.name === undefined ? {} : { name: entry.name.slice(0, LONGEST_TEXT) }),
				id,
				startedAt: this.#deps.clock.now()
			})
		);
		const row: OpenRow = {
			stored,
			finish: (finish) => {
				if (!this.#open.delete(row)) return;
				void stored.then(() => this.#store(() => this.#deps.history.finish(id, finish)));
			},
			follow: (call) => {
				call.state.watch((state) => {
					if (state.phase === 'ended') row.finish(finishOf(call, state.how));
				});
				const { value } = call.state;
				if (value.phase === 'ended') row.finish(finishOf(call, value.how));
			}
		};
		this.#open.add(row);
		return row;
	}

	/** Finishes what is still open as `interrupted`. */
	close(): void {
		for (const row of [...this.#open]) row.finish({ outcome: 'interrupted', talkedMs: 0 });
	}

	#store(write: () => Promise<void>): Promise<void> {
		const { clock, log } = this.#deps;
		return new Promise((resolve) => {
			const cancel = clock.after(STORE_WITHIN_MS, () => {
				log('warn', 'history is slow', { waitedMs: STORE_WITHIN_MS });
				resolve();
			});
			const done = () => {
				cancel();
				resolve();
			};
			// A History never rejects; one that does all the same must not reach a call.
			write().then(done, (error: unknown) => {
				log('warn', 'history failed', { error });
				done();
			});
		});
	}
}

function finishOf(call: Call, how: Ending): HistoryFinish {
	const reference = call.reference.value;
	const vendorCode = how.error?.vendorCode;
	return {
		outcome: how.reason,
		talkedMs: how.talkedMs,
		...(how.error ? { fault: how.error.fault } : {}),
		...(vendorCode === undefined ? {} : { vendorCode }),
		...(reference === undefined ? {} : { reference }),
		...(call.ids ? { ids: call.ids } : {})
	};
}

import { LineError } from '#lib/core/errors.ts';
import type { Abilities, Call, Line } from '#lib/core/line.ts';
import type { LineState } from '#lib/core/line-state.ts';
import { Cell, constant, type Watched } from '#lib/core/watched.ts';
import type { ReadLine } from '#lib/lines/index.ts';

/** Stands in for a line whose code has not arrived: says so, and tries again when it is asked to. */
export class IncompleteLine implements Line {
	readonly id: string;
	readonly label: string;
	readonly kind: string;
	readonly can: Abilities = { dials: [], receives: false, digits: false, hold: false, callerIds: [] };
	readonly calls: Watched<readonly Call[]> = constant([]);
	readonly #state: Cell<LineState>;
	readonly #again: () => Promise<void>;

	/** `again` replaces this line by the real one, or rejects. */
	constructor({ kind, settings }: ReadLine, cause: unknown, again: () => Promise<void>) {
		this.id = settings.id;
		this.label = settings.label;
		this.kind = kind;
		this.#state = new Cell<LineState>(failed(cause));
		this.#again = again;
	}

	get state(): Watched<LineState> {
		return this.#state;
	}

	dial(): Promise<Call> {
		return Promise.reject(new LineError('line.not-ready'));
	}

	async reopen(): Promise<void> {
		if (this.#state.value.phase !== 'failed') return;
		this.#state.set({ phase: 'opening' });
		try {
			await this.#again();
		} catch (error) {
			// Closed meanwhile: stays off.
			this.#state.update((now) => (now.phase === 'opening' ? failed(error) : now));
		}
	}

	close(): Promise<void> {
		this.#state.set({ phase: 'off' });
		return Promise.resolve();
	}
}

const failed = (cause: unknown): LineState => ({
	phase: 'failed',
	because: new LineError('app.incomplete', { cause })
});

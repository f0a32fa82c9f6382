import { abortError } from './deadline.ts';
import { LineError } from './errors.ts';
import type { Clock } from './ports.ts';

/** A wish to call that is older than this is dropped, never carried out when the network comes back. */
const INTENT_MS = 10_000;

/** The wish to place a call, from the press of the button until there is a call: it ages, and it can be taken back. */
export class DialIntent {
	readonly #controller = new AbortController();
	#end = () => {};

	/** @param signal the caller's own way to take it back */
	constructor(clock: Clock, signal: AbortSignal | undefined) {
		const abort = () => this.#controller.abort(abortError(signal));
		const cancel = clock.after(INTENT_MS, () => this.#controller.abort(new LineError('line.not-ready')));
		this.#end = () => {
			cancel();
			signal?.removeEventListener('abort', abort);
		};
		if (signal?.aborted) abort();
		else signal?.addEventListener('abort', abort);
	}

	/** Aborts with a LineError: `line.not-ready` after 10 s, `command.not-now` when it was taken back. */
	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Throws the reason when it must not be carried out any more. */
	check(): void {
		if (this.signal.aborted) throw abortError(this.signal);
	}

	/**
	 * Runs `work` through `enqueue`. Rejects at once when the intent is dropped before its turn has come; from its turn on,
	 * what becomes of it is decided by `work` alone, so that no call is both placed and refused.
	 */
	pursue<T>(enqueue: (turn: () => Promise<T>) => Promise<T>, work: () => Promise<T>): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			const drop = () => reject(abortError(this.signal));
			this.signal.addEventListener('abort', drop);
			enqueue(async () => {
				this.check();
				this.signal.removeEventListener('abort', drop);
				return work();
			})
				.finally(this.#end)
				.then(resolve, reject);
			if (this.signal.aborted) drop();
		});
	}
}

/** A value that can be read and watched, but not set, from outside. */
export interface Watched<T> {
	readonly value: T;
	/** Calls `listener` after every change, not for the present value. Returns the way to stop. */
	watch(listener: (value: T) => void): () => void;
}

/** The writable inside of a {@link Watched}; its owner keeps it private. */
export class Cell<T> implements Watched<T> {
	#value: T;
	readonly #listeners = new Set<(value: T) => void>();

	constructor(value: T) {
		this.#value = value;
	}

	get value(): T {
		return this.#value;
	}

	/** Does nothing when the value is the same object. A listener that throws does not keep the others from hearing. */
	set(value: T): void {
		if (Object.is(value, this.#value)) return;
		this.#value = value;
		for (const listener of [...this.#listeners]) {
			// A listener that an earlier one has removed, or that is already behind a newer value, is passed over.
			if (!this.#listeners.has(listener)) continue;
			try {
				listener(this.#value);
			} catch (error) {
				queueMicrotask(() => {
					throw error;
				});
			}
		}
	}

	update(change: (value: T) => T): void {
		this.set(change(this.#value));
	}

	watch(listener: (value: T) => void): () => void {
		// A wrapper of its own, so that the same function may watch twice and stop once.
		const own = (value: T) => listener(value);
		this.#listeners.add(own);
		return () => void this.#listeners.delete(own);
	}
}

/** A value that never changes, where a Watched is asked for. */
export function constant<T>(value: T): Watched<T> {
	return { value, watch: () => () => {} };
}

/** Resolves with the first value, the present one included, that passes `test`; rejects when `signal` aborts. */
export function until<T>(watched: Watched<T>, test: (value: T) => boolean, signal?: AbortSignal): Promise<T> {
	if (test(watched.value)) return Promise.resolve(watched.value);
	return new Promise((resolve, reject) => {
		const abort = () => {
			stop();
			reject(signal?.reason as Error);
		};
		const stop = watched.watch((value) => {
			if (!test(value)) return;
			stop();
			signal?.removeEventListener('abort', abort);
			resolve(value);
		});
		if (signal?.aborted) abort();
		else signal?.addEventListener('abort', abort, { once: true });
	});
}

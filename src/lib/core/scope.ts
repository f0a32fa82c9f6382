/** A lifetime: whatever is opened inside it is closed with it, last opened first. */
export class Scope {
	readonly #cleanups: (() => void)[] = [];
	readonly #controller = new AbortController();

	/** Aborts when the scope ends. */
	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	get ended(): boolean {
		return this.#controller.signal.aborted;
	}

	/** Runs `cleanup` when the scope ends; at once when it has ended already. Returns `cleanup`. */
	add<F extends () => void>(cleanup: F): F {
		if (this.ended) cleanup();
		else this.#cleanups.push(cleanup);
		return cleanup;
	}

	/** Listens until the scope ends. */
	on(target: EventTarget, type: string, listener: (event: Event) => void): void {
		target.addEventListener(type, listener, { signal: this.signal });
	}

	/** A scope that ends with this one, or earlier. */
	child(): Scope {
		const child = new Scope();
		const end = this.add(() => child.end());
		child.add(() => {
			const at = this.#cleanups.indexOf(end);
			if (at >= 0) this.#cleanups.splice(at, 1);
		});
		return child;
	}

	/** Safe to call twice. A clean-up that throws does not keep the others from running; the first error is thrown last. */
	end(): void {
		if (this.ended) return;
		this.#controller.abort();
		const errors: unknown[] = [];
		for (let cleanup = this.#cleanups.pop(); cleanup; cleanup = this.#cleanups.pop()) {
			try {
				cleanup();
			} catch (error) {
				errors.push(error);
			}
		}
		if (errors.length > 0) throw errors[0];
	}
}

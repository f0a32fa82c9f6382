const HIDDEN = '[secret]';

/**
 * A string that cannot be logged, stored or serialised by accident: every ordinary way to look at it gives `[secret]`,
 * and a structured clone (IndexedDB, postMessage) is an empty object. `reveal()` is the only way in.
 */
export class Secret {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
		Object.freeze(this);
	}

	/** The text itself, to hand to whom it was made for and to nothing else. */
	reveal(): string {
		return this.#text;
	}

	toString(): string {
		return HIDDEN;
	}

	toJSON(): string {
		return HIDDEN;
	}

	[Symbol.toPrimitive](): string {
		return HIDDEN;
	}

	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return HIDDEN;
	}
}

import type { Secret } from '#lib/core/secret.ts';

type Found = (token: Secret | undefined) => void;

/**
 * Hands the tokens of lines to the further WebSockets whose query asks for them (`{token:desk}`); made anew for each run.
 * Of a line that is not looked at in the run there is none.
 */
export class TokenShelf {
	readonly #tokens = new Map<string, Promise<Secret | undefined>>();
	readonly #found = new Map<string, Found>();

	/** @param lines ids of those whose token is asked for in this run */
	constructor(lines: readonly string[]) {
		for (const id of lines) {
			this.#tokens.set(id, new Promise((resolve) => this.#found.set(id, resolve)));
		}
	}

	put(lineId: string, token: Secret | undefined): void {
		this.#found.get(lineId)?.(token);
	}

	tokenOf(lineId: string): Promise<Secret | undefined> {
		return this.#tokens.get(lineId) ?? Promise.resolve(undefined);
	}
}

import type { Secret } from '#lib/core/secret.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

/** A line that cannot get a token before the user has given a bearer for that origin. */
export interface WantedBearer {
	readonly lineId: string;
	readonly origin: string;
}

/** What users prove themselves with to token endpoints: in memory only, and each for one origin only. */
export class BearerKeeper {
	readonly #bearers = new Map<string, Secret>();
	readonly #wanted = new Cell<readonly WantedBearer[]>([]);

	get wanted(): Watched<readonly WantedBearer[]> {
		return this.#wanted;
	}

	/** The bearer for `origin`; undefined, and wanted from now on, when there is none. */
	ask(lineId: string, origin: string): Secret | undefined {
		const bearer = this.#bearers.get(origin);
		const isKnown = this.#wanted.value.some((one) => one.lineId === lineId && one.origin === origin);
		if (!bearer && !isKnown) this.#wanted.update((wanted) => [...wanted, { lineId, origin }]);
		return bearer;
	}

	/** The bearer for `origin`, if there is one; nobody is asked for it. */
	known(origin: string): Secret | undefined {
		return this.#bearers.get(origin);
	}

	give(origin: string, bearer: Secret): void {
		this.#bearers.set(origin, bearer);
		this.#wanted.update((wanted) => wanted.filter((one) => one.origin !== origin));
	}

	/** The origin has refused `bearer`. A newer one that was given meanwhile stays. */
	forget(origin: string, bearer: Secret): void {
		if (this.#bearers.get(origin) === bearer) this.#bearers.delete(origin);
	}
}

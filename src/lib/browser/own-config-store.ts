import { readOffered } from '#lib/config/offered-text.ts';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface OwnConfigStoreDeps {
	/** Under which name it is kept; carries the base path. */
	readonly key: string;
	/** Undefined, or throwing, where the browser refuses storage: it then lasts as long as the page. */
	readonly storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
	/** Where `storage` events of other tabs arrive. */
	readonly window: EventTarget;
	readonly scope: Scope;
}

/** The config that was set up on this device, the same in every tab. What storage has is judged like a file's. */
export class OwnConfigStore {
	readonly #deps: OwnConfigStoreDeps;
	readonly #config: Cell<WrittenConfig | undefined>;

	constructor(deps: OwnConfigStoreDeps) {
		this.#deps = deps;
		this.#config = new Cell(this.#read());
		deps.scope.on(deps.window, 'storage', (event) => {
			const { key } = event as StorageEvent;
			// A null key: everything was cleared.
			if (key === deps.key || key === null) this.#config.set(this.#read());
		});
	}

	/** Undefined: none was set up. */
	get config(): Watched<WrittenConfig | undefined> {
		return this.#config;
	}

	/** Takes effect at once; false when it lasts only as long as the page. */
	keep(config: WrittenConfig | undefined): boolean {
		this.#config.set(config);
		try {
			const storage = this.#deps.storage();
			if (config === undefined) storage?.removeItem(this.#deps.key);
			else storage?.setItem(this.#deps.key, JSON.stringify(config));
			return storage !== undefined;
		} catch {
			return false;
		}
	}

	#read(): WrittenConfig | undefined {
		try {
			const text = this.#deps.storage()?.getItem(this.#deps.key);
			const read = text ? readOffered(text) : undefined;
			return read?.ok ? read.value : undefined;
		} catch {
			return undefined;
		}
	}
}

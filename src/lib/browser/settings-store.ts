import type { Settings } from '#lib/config/settings.ts';
import { parseSettings } from '#lib/config/stored-settings.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface SettingsStoreDeps {
	/** Under which name they are kept; carries the base path. */
	readonly key: string;
	/** Undefined, or throwing, where the browser refuses storage: settings then last as long as the page. */
	readonly storage: () => Pick<Storage, 'getItem' | 'setItem'> | undefined;
	/** Where `storage` events of other tabs arrive. */
	readonly window: EventTarget;
	readonly scope: Scope;
}

/** What the user has chosen on this device, the same in every tab. Never throws. */
export class SettingsStore {
	readonly #deps: SettingsStoreDeps;
	readonly #settings: Cell<Settings>;

	constructor(deps: SettingsStoreDeps) {
		this.#deps = deps;
		this.#settings = new Cell(parseSettings(this.#read()));
		deps.scope.on(deps.window, 'storage', (event) => {
			const { key } = event as StorageEvent;
			// A null key: everything was cleared.
			if (key === deps.key || key === null) this.#show(parseSettings(this.#read()));
		});
	}

	get settings(): Watched<Settings> {
		return this.#settings;
	}

	/** Takes effect at once, also when it cannot be stored. */
	change(settings: Partial<Settings>): void {
		const next = parseSettings({ ...this.#settings.value, ...settings });
		this.#show(next);
		try {
			this.#deps.storage()?.setItem(this.#deps.key, JSON.stringify(next));
		} catch {
			// Storage is full or refused; the cell has it.
		}
	}

	/** Nobody hears of a change that is none. */
	#show(next: Settings): void {
		if (JSON.stringify(next) !== JSON.stringify(this.#settings.value)) this.#settings.set(next);
	}

	#read(): unknown {
		try {
			const text = this.#deps.storage()?.getItem(this.#deps.key);
			return text ? (JSON.parse(text) as unknown) : undefined;
		} catch {
			return undefined;
		}
	}
}

import type { Scope } from '#lib/core/scope.ts';

export interface KioskMarkDeps {
	/** Carries the base path; the page's first script reads it before anything is shown. */
	readonly key: string;
	/** Throwing, where the browser refuses storage. */
	storage(): Storage;
	/** Where `storage` events of other tabs arrive. */
	readonly window: EventTarget;
	readonly scope: Scope;
}

const LOCKED = '1';

/** What keeps this device a kiosk over reloads and addresses. Another tab that deletes it finds it back. */
export class KioskMark {
	readonly #deps: KioskMarkDeps;
	#isLocked = false;

	constructor(deps: KioskMarkDeps) {
		this.#deps = deps;
		deps.scope.on(deps.window, 'storage', (event) => {
			const { key } = event as StorageEvent;
			// A null key: everything was cleared.
			if (this.#isLocked && (key === deps.key || key === null)) this.set(true);
		});
	}

	set(isLocked: boolean): void {
		this.#isLocked = isLocked;
		const { key, storage } = this.#deps;
		try {
			if (!isLocked) storage().removeItem(key);
			else if (storage().getItem(key) !== LOCKED) storage().setItem(key, LOCKED);
		} catch {
			// The address has to say it each time.
		}
	}
}

import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface InUseDeps {
	/** Of the lock that tabs in use share; carries the base path. */
	readonly name: string;
	readonly locks: Pick<LockManager, 'request'> | undefined;
	readonly document: Document;
	readonly clock: Clock;
	readonly scope: Scope;
}

/** Nobody is taken by surprise this long after the last touch. */
const IDLE_MS = 60_000;
const GESTURES = ['pointerdown', 'keydown', 'wheel'];

/**
 * Shares a lock with the other tabs while somebody uses this one: it has been touched in the last minute and is in sight, or
 * something is typed that would be lost. {@link isInUse} looks again.
 */
export class InUse {
	readonly #deps: InUseDeps;
	#touchedAt = -Infinity;
	#letGo: (() => void) | undefined;

	constructor(deps: InUseDeps) {
		this.#deps = deps;
		const touched = () => {
			this.#touchedAt = deps.clock.monotonic();
			this.#hold();
		};
		for (const gesture of GESTURES) deps.scope.on(deps.document, gesture, touched);
		deps.scope.on(deps.document, 'visibilitychange', () => void this.isInUse());
		deps.scope.add(() => this.#free());
	}

	isInUse(): boolean {
		const { document, clock } = this.#deps;
		const isTouched = document.visibilityState === 'visible' && clock.monotonic() - this.#touchedAt < IDLE_MS;
		const is = isTouched || hasTyped(document);
		if (is) this.#hold();
		else this.#free();
		return is;
	}

	#hold(): void {
		if (this.#letGo) return;
		const held = new Promise<void>((resolve) => (this.#letGo = resolve));
		try {
			this.#deps.locks?.request(this.#deps.name, { mode: 'shared' }, () => held).catch(() => {});
		} catch {
			// Refused on this page: other tabs cannot know.
		}
	}

	#free(): void {
		this.#letGo?.();
		this.#letGo = undefined;
	}
}

const hasTyped = (document: Document): boolean =>
	[...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some(
		(field) =>
			field.value !== field.defaultValue && !/^(?:checkbox|radio|range|button|submit)$/.test(field.type)
	);

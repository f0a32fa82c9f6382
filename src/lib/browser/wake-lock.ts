import type { Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface ScreenAwakeDeps {
	/** `navigator.wakeLock`; undefined where the browser has none. */
	readonly wakeLock: Pick<WakeLock, 'request'> | undefined;
	readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
	readonly log: Log;
	readonly scope: Scope;
}

/** Keeps the screen on while it is wanted. The browser lets the lock go whenever the page is hidden, so it is asked again. */
export class ScreenAwake {
	readonly #deps: ScreenAwakeDeps;
	#isWanted = false;
	#asking = false;
	#isRefusalTold = false;
	#lock: WakeLockSentinel | undefined;

	constructor(deps: ScreenAwakeDeps) {
		this.#deps = deps;
		deps.scope.on(deps.document, 'visibilitychange', () => void this.#ask());
		deps.scope.add(() => this.want(false));
	}

	want(on: boolean): void {
		this.#isWanted = on;
		if (on) void this.#ask();
		else this.#letGo();
	}

	async #ask(): Promise<void> {
		const { wakeLock, document, log } = this.#deps;
		const isHeld = this.#lock !== undefined && !this.#lock.released;
		if (!wakeLock || !this.#isWanted || this.#asking || isHeld || document.visibilityState !== 'visible')
			return;
		this.#asking = true;
		try {
			this.#lock = await wakeLock.request('screen');
		} catch (error) {
			// A low battery, for one. Told once: it is asked at each call of a day.
			if (!this.#isRefusalTold) log('debug', 'the screen may go dark', { error });
			this.#isRefusalTold = true;
		} finally {
			this.#asking = false;
		}
		if (!this.#isWanted) this.#letGo();
	}

	#letGo(): void {
		this.#lock?.release().catch(() => {});
		this.#lock = undefined;
	}
}

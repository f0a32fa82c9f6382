import type { Clock, Wake } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface LifecycleDeps {
	readonly clock: Clock;
	readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
	readonly window: EventTarget;
	readonly scope: Scope;
}

/** Events that come together (resume, pageshow and visibilitychange of one return) are one wake. */
const GATHER_MS = 250;
/** Whoever looks at the phone again after this long wants to know that it is really there. */
const LONG_HIDDEN_MS = 60_000;
const TICK_MS = 10_000;
/** How much later than asked a tick may come before it means that the machine slept or its clock was set. */
const GAP_MS = 15_000;
/** Chromium lets a page that has been hidden for 5 minutes run its timers once a minute only. */
const THROTTLED_MS = 60_000;

/**
 * When everything that was known about the network must be doubted: a frozen page, a sleeping machine or a page kept for
 * "back" looks registered and is not.
 */
export class Lifecycle {
	readonly #deps: LifecycleDeps;
	readonly #wakes = new Set<(why: Wake) => void>();
	readonly #freezes: (() => void)[] = [];
	#gathering: (() => void) | undefined;
	#ticking: (() => void) | undefined;
	#hiddenAt: number | undefined;
	/** Wall time of the last tick, or of the last wake, which makes up for the tick that slept through it. */
	#lastTick: number;
	#wasHidden: boolean;

	constructor(deps: LifecycleDeps) {
		this.#deps = deps;
		const { clock, document, window, scope } = deps;
		this.#lastTick = clock.now();
		this.#wasHidden = this.#hidden;
		if (this.#hidden) this.#hiddenAt = clock.now();
		scope.on(document, 'freeze', () => {
			for (const listener of this.#freezes) listener();
		});
		scope.on(document, 'resume', () => this.#wake('resumed'));
		scope.on(document, 'visibilitychange', () => this.#visibility());
		scope.on(window, 'online', () => this.#wake('online'));
		scope.on(window, 'pageshow', (event) => {
			if ((event as PageTransitionEvent).persisted) this.#wake('shown');
		});
		this.#tickLater();
		scope.add(() => {
			this.#gathering?.();
			this.#ticking?.();
		});
	}

	/** Once for each return, a quarter of a second after it. Returns the way to stop. */
	onWake(listener: (why: Wake) => void): () => void {
		const own = (why: Wake) => listener(why);
		this.#wakes.add(own);
		return () => void this.#wakes.delete(own);
	}

	/** The page goes away, for good or into the browser's back-forward cache. Only synchronous work is sure to be done. */
	onLeave(listener: () => void): void {
		this.#deps.scope.on(this.#deps.window, 'pagehide', listener);
	}

	/**
	 * The browser is about to stop every script and timer of this hidden page. Only synchronous work is done before it. Whoever
	 * listens last is told first, as a Scope ends.
	 */
	onFreeze(listener: () => void): void {
		this.#freezes.unshift(listener);
	}

	/** The page has come back from the back-forward cache, or thaws; before the wake that follows it. */
	onReturn(listener: () => void): void {
		this.#deps.scope.on(this.#deps.document, 'resume', listener);
		this.#deps.scope.on(this.#deps.window, 'pageshow', (event) => {
			if ((event as PageTransitionEvent).persisted) listener();
		});
	}

	get #hidden(): boolean {
		return this.#deps.document.visibilityState === 'hidden';
	}

	#visibility(): void {
		const now = this.#deps.clock.now();
		if (this.#hidden) {
			this.#hiddenAt = now;
			this.#wasHidden = true;
		} else if (this.#hiddenAt !== undefined) {
			const hiddenFor = now - this.#hiddenAt;
			this.#hiddenAt = undefined;
			if (hiddenFor >= LONG_HIDDEN_MS) this.#wake('shown');
		}
	}

	#tickLater(): void {
		this.#ticking = this.#deps.clock.after(TICK_MS, () => {
			this.#tickLater();
			this.#tick();
		});
	}

	#tick(): void {
		const now = this.#deps.clock.now();
		const off = now - this.#lastTick - TICK_MS;
		const allowed = this.#wasHidden ? THROTTLED_MS + GAP_MS : GAP_MS;
		// A clock that was set back is a gap, too; a tick that comes early because a wake has stood in for one is none.
		const gap = off > allowed || off < -TICK_MS - GAP_MS;
		this.#lastTick = now;
		this.#wasHidden = this.#hidden;
		if (gap) this.#wake('clock-gap');
	}

	/** The first reason of those that come together counts. */
	#wake(why: Wake): void {
		const { clock } = this.#deps;
		if (this.#gathering) return;
		this.#gathering = clock.after(GATHER_MS, () => {
			this.#gathering = undefined;
			this.#lastTick = clock.now();
			for (const listener of [...this.#wakes]) this.#tell(listener, why);
		});
	}

	/** A listener that throws does not keep the others from hearing. */
	#tell(listener: (why: Wake) => void, why: Wake): void {
		if (!this.#wakes.has(listener)) return;
		try {
			listener(why);
		} catch (error) {
			queueMicrotask(() => {
				throw error;
			});
		}
	}
}

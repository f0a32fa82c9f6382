import type { KeptValue } from '#lib/browser/kept-value.ts';
import type { AppUpdates, Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface KioskReloadsDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
	readonly kept: KeptValue;
	readonly updates: Pick<AppUpdates, 'apply'>;
	/** No call in any tab, and nobody there. */
	isIdle(): boolean;
	reload(): void;
}

/** `nightly`: config.json wants it. The others are what the kiosk thinks of itself. */
export type ReloadReason = 'nightly' | 'memory' | 'uptime';

const HOUR_MS = 3_600_000;
const MOST_AN_HOUR = 5;
/** A build that was to start anew has done so by then. */
const APPLIES_MS = 60_000;

/** Starts the page anew as soon as nobody would notice, with the newest build where one is to be had. */
export class KioskReloads {
	readonly #deps: KioskReloadsDeps;
	#wanted: ReloadReason | undefined;
	#isReloading = false;

	constructor(deps: KioskReloadsDeps) {
		this.#deps = deps;
	}

	/**
	 * Waits for {@link KioskReloads.look}. What the kiosk wants by itself is counted, and left alone where it was too often in
	 * the last hour or cannot be counted.
	 */
	want(reason: ReloadReason): void {
		if (this.#wanted !== undefined) return;
		const isCounted = () => {
			const recent = this.#recent();
			return recent.length < MOST_AN_HOUR && this.#deps.kept.write([...recent, this.#deps.clock.now()]);
		};
		if (reason === 'nightly' || isCounted()) this.#wanted = reason;
	}

	/** Reloads if that is wanted and nobody would notice. To be called now and then. */
	look(): void {
		const reason = this.#wanted;
		if (reason === undefined || this.#isReloading || !this.#deps.isIdle()) return;
		this.#isReloading = true;
		void this.#reload(reason).finally(() => (this.#isReloading = false));
	}

	async #reload(reason: ReloadReason): Promise<void> {
		const { updates, isIdle, reload, clock, log, scope } = this.#deps;
		log('info', 'the kiosk starts anew', { reason });
		const answer = await updates.apply().catch(() => 'nothing-new' as const);
		// Every tab starts anew by itself then; what does not come about is made up for.
		if (answer === 'applied')
			await new Promise<void>((done) => void scope.add(clock.after(APPLIES_MS, done)));
		if (scope.ended || !isIdle()) return;
		this.#wanted = undefined;
		reload();
	}

	#recent(): readonly number[] {
		const stored = this.#deps.kept.read();
		const now = this.#deps.clock.now();
		const times: readonly unknown[] = Array.isArray(stored) ? stored : [];
		return times.filter((at): at is number => typeof at === 'number' && Math.abs(now - at) < HOUR_MS);
	}
}

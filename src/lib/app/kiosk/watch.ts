import type { Kiosk as KioskConfig } from '#lib/config/config.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Daily } from '#lib/core/time-of-day.ts';
import type { KioskLines } from './lines.ts';
import type { KioskReloads } from './reloads.ts';
import type { SelfTest } from './self-test.ts';

export interface KioskWatchDeps {
	readonly clock: Clock;
	readonly scope: Scope;
	/** As config.json has it now. */
	config(): Pick<KioskConfig, 'reloadAt' | 'selfTestAt'>;
	readonly lines: Pick<KioskLines, 'look'>;
	readonly reloads: Pick<KioskReloads, 'want' | 'look'>;
	readonly selfTest: Pick<SelfTest, 'run'>;
	/** No call in any tab, and nobody there. */
	isIdle(): boolean;
	/** Bytes; undefined where the browser does not tell. */
	usedHeap(): number | undefined;
}

const LOOKS_MS = 15_000;
/** Several times what a phone that has had hundreds of calls takes. */
const MOST_HEAP = 300 * 1024 * 1024;
const LONGEST_UPTIME_MS = 86_400_000;

/** What a kiosk that nobody looks after does for itself: its daily duties, and what helps most against wear. */
export function watchKiosk(deps: KioskWatchDeps): void {
	const { clock, scope, config, lines, reloads, selfTest, isIdle, usedHeap } = deps;
	const since = clock.monotonic();
	const daily = new Map<string, { readonly at: string; readonly daily: Daily }>();
	const isDue = (what: string, at: string | undefined): boolean => {
		if (at === undefined) return daily.delete(what) && false;
		const known = daily.get(what);
		const now = clock.now();
		if (known?.at === at) return known.daily.isDue(now);
		daily.set(what, { at, daily: new Daily(at, now) });
		return false;
	};

	const look = () => {
		const { reloadAt, selfTestAt } = config();
		if (isDue('test', selfTestAt)) void selfTest.run();
		if (isDue('reload', reloadAt)) reloads.want('nightly');
		const isOld = reloadAt === undefined && clock.monotonic() - since > LONGEST_UPTIME_MS;
		if (isIdle()) {
			if ((usedHeap() ?? 0) > MOST_HEAP) reloads.want('memory');
			else if (isOld) reloads.want('uptime');
		}
		reloads.look();
		void lines.look();
	};
	const again = () => {
		cancel = clock.after(LOOKS_MS, again);
		look();
	};
	let cancel = clock.after(LOOKS_MS, again);
	scope.add(() => cancel());
	look();
}

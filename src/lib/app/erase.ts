import type { BasePath } from '#lib/browser/base-path.ts';
import type { Channel, Locks } from '#lib/browser/leader.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface EraseDeps {
	readonly base: BasePath;
	readonly clock: Clock;
	/** Undefined where the browser has no locks. */
	readonly locks: Locks | undefined;
	/** Through which tabs tell each other; undefined where the browser has none. */
	readonly channel: Channel | undefined;
	/** Ends the phone of this tab: afterwards it writes nothing. */
	stop(): Promise<void>;
}

/** Foreign input: any page of this origin can say it. All it brings about is a reload, and never in a call. */
const WORD = 'erase';
/** A tab that the browser has frozen answers nobody. */
const OTHERS_MS = 3_000;

/**
 * Stops the phone in every tab, then deletes all that this folder's phone keeps, and nothing of its neighbours. Resolves with
 * whether everything is gone; the page has to be loaded anew. Not for a time in which there is a call in some tab.
 */
export async function eraseEverything({ base, clock, locks, channel, stop }: EraseDeps): Promise<boolean> {
	const { eraseOwnStorage } = await import('#lib/browser/own-storage.ts');
	channel?.postMessage(WORD);
	await stop();
	return afterTheOthers(locks, base.name('phone'), clock, () =>
		eraseOwnStorage({ clock, base, browser: window })
	);
}

/** In the other tabs: each stops, waits until all is erased, and starts anew. */
export function followErasing(
	deps: EraseDeps,
	isInCall: () => boolean,
	reload: () => void,
	scope: Scope
): void {
	const { base, clock, locks, channel, stop } = deps;
	const hear = ({ data }: MessageEvent) => {
		if (data !== WORD || isInCall()) return;
		void stop()
			.then(() => afterTheOthers(locks, base.name('phone'), clock, () => Promise.resolve()))
			.then(reload);
	};
	channel?.addEventListener('message', hear, { signal: scope.signal });
	scope.add(() => channel?.close());
}

/** Every tab holds the phone's lock, or waits for it, until it has stopped: whoever gets it now comes after them. */
async function afterTheOthers<T>(
	locks: Locks | undefined,
	name: string,
	clock: Clock,
	work: () => Promise<T>
): Promise<T> {
	if (!locks) return work();
	const controller = new AbortController();
	const cancel = clock.after(OTHERS_MS, () => controller.abort());
	let begun: Promise<T> | undefined;
	const once = () => (begun ??= work());
	try {
		return await locks.request(name, { signal: controller.signal }, () => {
			cancel();
			return once();
		});
	} catch {
		// The lock did not come, was refused, or was taken away in the middle of the work.
		return once();
	}
}

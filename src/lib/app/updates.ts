import { InUse } from '#lib/browser/in-use.ts';
import type { Lifecycle } from '#lib/browser/lifecycle.ts';
import { WorkerUpdates } from '#lib/browser/worker-updates.ts';
import type { BasePath } from '#lib/browser/base-path.ts';
import type { ConfigState } from '#lib/config/config.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';
import { IN_USE } from '#lib/core/worker-talk.ts';

export interface UpdatesDeps {
	readonly base: BasePath;
	readonly clock: Clock;
	readonly log: Log;
	readonly phone: Pick<Phone, 'calls'>;
	readonly config: Watched<ConfigState>;
	readonly lifecycle: Pick<Lifecycle, 'onWake'>;
	readonly scope: Scope;
}

/** An open phone finds a new build within the hour, and where it is looked at again. */
const LOOKS_MS = 3_600_000;
const SOON_MS = 600_000;
const IDLE_LOOK_MS = 15_000;
/** Beside the kinds of lines: what only a kiosk needs (svelte.config.js). */
const KIOSK = 'kiosk';

/**
 * Registers the service worker, tells it what this phone's lines and its kiosk need, looks for newer builds, and starts the
 * one that waits once nobody would notice. Undefined where the browser has no workers or refuses this one.
 */
export async function startUpdates(deps: UpdatesDeps): Promise<WorkerUpdates | undefined> {
	const { base, clock, log, phone, config, lifecycle, scope } = deps;
	const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
	if (!container) return undefined;
	const updates = new WorkerUpdates({
		...{ container, base: base.url, clock, log, scope },
		isInCall: () => phone.calls.value.length > 0,
		reload: () => location.reload()
	});
	try {
		await updates.start();
	} catch (error) {
		log('warn', 'no service worker: this phone does not start without a network', { error });
		return undefined;
	}
	scope.add(phone.calls.watch((calls) => calls.length === 0 && updates.callsAreOver()));

	const keep = () => {
		const { source, error, config: now } = config.value;
		// What is not known must not delete what may be needed.
		if (source === 'pending' || (source === 'none' && error)) return;
		const kinds = new Set(now.lines.map(({ kind }) => kind));
		if (now.kiosk) kinds.add(KIOSK);
		void updates.keep([...kinds]);
	};
	scope.add(config.watch(keep));
	void container.ready.then(keep);

	const inUse = new InUse({ name: base.name(IN_USE), locks: navigator.locks, document, clock, scope });
	const again = (ms: number, task: () => void) => {
		const next = () => {
			cancel = clock.after(ms, next);
			task();
		};
		let cancel = clock.after(ms, next);
		scope.add(() => cancel());
	};
	again(IDLE_LOOK_MS, () => !inUse.isInUse() && void updates.applyIfIdle());
	let lookedAt = clock.monotonic();
	const look = () => {
		lookedAt = clock.monotonic();
		void updates.check();
	};
	again(LOOKS_MS, look);
	scope.add(lifecycle.onWake(() => clock.monotonic() - lookedAt > SOON_MS && look()));
	return updates;
}

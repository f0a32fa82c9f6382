import { dev } from '$app/env';
import type { AppUpdates, Clock, UpdatePhase } from '#lib/core/ports.ts';
import { Cell } from '#lib/core/watched.ts';
import type { UpdatesDeps } from './updates.ts';

/** A worker that fetches the whole phone must not hold up the lines of a first visit. */
const AFTER_MS = 2_500;

/** What brings newer builds comes last, when the phone can be used. There is none in development. */
export function lateUpdates(deps: UpdatesDeps): AppUpdates {
	const phase = new Cell<UpdatePhase>('none');
	const bring = async () => {
		await quiet(deps.clock);
		if (dev || deps.scope.ended) return undefined;
		const { startUpdates } = await import('./updates.ts');
		const updates = await startUpdates(deps);
		if (updates) {
			deps.scope.add(updates.phase.watch((now) => phase.set(now)));
			phase.set(updates.phase.value);
		}
		return updates;
	};
	const bringing = bring().catch((error: unknown) => {
		deps.log('warn', 'a part of the phone did not arrive', { what: 'updates', error });
		return undefined;
	});
	return { phase, apply: async () => (await bringing)?.apply() ?? 'nothing-new' };
}

/** Some time after the page and all it names have loaded. */
async function quiet(clock: Clock): Promise<void> {
	if (document.readyState !== 'complete') {
		await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
	}
	await new Promise<void>((resolve) => clock.after(AFTER_MS, resolve));
}

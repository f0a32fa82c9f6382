import { isGenuine } from '../reading/attempts.ts';
import { allTargets, allTokens, valueOf } from '../reading/surroundings.ts';
import { readAddress } from '../reading/addresses.ts';
import { pass, skipped, warn } from '../reading/verdicts.ts';
import type { Check, FetchAttempt } from '../types.ts';

/** Whether this page's service worker answers in the name of other servers. */
export const serviceWorker: Check<'page', 'environment'> = {
	id: 'service-worker',
	scopes: ['page'],
	needs: ['environment'],
	judge({ environment }, { all }) {
		if (!environment.features.serviceWorker) return skipped('browser-does-not-say');
		const tokens = allTokens(all).flatMap(({ asked, noCors, simple, again }) => [
			asked,
			noCors,
			simple,
			again
		]);
		const rooms = Object.values(all.lines).flatMap(({ room }) => valueOf(room)?.validate ?? []);
		const companions = allTargets(all).flatMap(({ target }) => [target.cors, target.noCors]);
		const fetches: readonly (FetchAttempt | undefined)[] = [...tokens, ...rooms, ...companions];
		const hosts = fetches
			.filter((fetch) => fetch !== undefined && !isGenuine(fetch))
			.map((fetch) => readAddress(fetch?.url ?? '')?.host ?? '');
		return hosts.length === 0
			? pass
			: warn('app.answered-by-worker', 'certain', { hosts: [...new Set(hosts)] });
	}
};

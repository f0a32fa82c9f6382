import { blocksOf } from '../reading/policies.ts';
import { allTargets, allTokens, reachesElsewhere } from '../reading/surroundings.ts';
import { fail, pass, unsure } from '../reading/verdicts.ts';
import { answers, httpOf, shapeOf } from '../reading/attempts.ts';
import { readAddress } from '../reading/addresses.ts';
import type { Check, Evidence } from '../types.ts';

/** Whether anything beyond this site answers at all, although the browser says that it is online. */
export const internet: Check<'page', 'control'> = {
	id: 'internet',
	scopes: ['page'],
	needs: ['control'],
	explainedBy: ['offline'],
	judge({ control }, { all }) {
		const { own, elsewhere } = control;
		if (elsewhere?.outcome === 'answered' && elsewhere.redirected && elsewhere.body === 'html')
			return fail('network.captive-portal', 'likely', { host: readAddress(elsewhere.url)?.host ?? '' });
		if (answers(elsewhere) || reachesElsewhere(all, '')) return pass;
		const tried = failedHosts(all);
		if (elsewhere) tried.add(readAddress(elsewhere.url)?.host ?? elsewhere.url);
		// One host that is down is that host's trouble. The own site can come from a cache, so it proves nothing.
		if (tried.size < 2) return answers(own) ? pass : unsure('nothing-tried');
		return fail('network.captive-portal', 'likely', { hosts: [...tried] }, [
			'signalling.no-answer',
			'other-network'
		]);
	}
};

/** Public hosts that did not answer in any way. */
function failedHosts(all: Evidence): Set<string> {
	const tokens = allTokens(all)
		.map(({ asked }) => asked)
		.filter((asked) => asked?.outcome === 'rejected' || asked?.outcome === 'pending')
		.map((asked) => asked?.url ?? '');
	const sockets = allTargets(all)
		.filter(({ target }) => httpOf(target) !== 'alive')
		.map(({ target: { socket } }) => socket)
		.filter((socket) => shapeOf(socket) === 'never-opened' || shapeOf(socket) === 'no-answer')
		.map(({ url }) => url);
	return new Set(
		[...tokens, ...sockets]
			.filter((url) => !blocksOf(all, url))
			.map((url) => readAddress(url))
			.filter((address) => address?.kind === 'public')
			.map((address) => address?.host ?? '')
	);
}

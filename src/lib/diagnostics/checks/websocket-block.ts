import { httpOf, opened, shapeOf } from '../reading/attempts.ts';
import { blocksOf } from '../reading/policies.ts';
import { allTargets, hostOfTarget } from '../reading/surroundings.ts';
import { fail, pass, unsure } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether this network lets WebSockets through: when they fail at unrelated hosts that answer ordinary requests. */
export const websocketBlock: Check<'page', 'environment'> = {
	id: 'websocket-block',
	scopes: ['page'],
	needs: ['environment'],
	explainedBy: ['offline', 'browser'],
	judge(_own, { all }) {
		// What this site's own policy has stopped says nothing about the network.
		const targets = allTargets(all)
			.map(({ target }) => target)
			.filter(({ socket }) => !blocksOf(all, socket.url));
		const followed = targets.flatMap(({ followUps }) => followUps.map(({ socket }) => socket));
		if (targets.length === 0) return unsure('nothing-tried');
		if ([...targets.map(({ socket }) => socket), ...followed].some(opened)) return pass;
		const refused = targets.filter(
			(target) =>
				shapeOf(target.socket) === 'never-opened' && httpOf(target) === 'alive' && !isOwnHttpRefusal(target)
		);
		const hosts = new Set(refused.map(hostOfTarget));
		if (hosts.size < 2 || refused.length < targets.length) return unsure('not-measured');
		return fail('signalling.websocket-blocked', 'likely', { hosts: [...hosts] });
	}
};

/** The server itself has refused by a readable status of an error: then it is not the network. */
const isOwnHttpRefusal = ({ cors }: { cors?: { status?: number; outcome: string } }): boolean =>
	cors?.outcome === 'answered' && (cors.status ?? 0) >= 500;

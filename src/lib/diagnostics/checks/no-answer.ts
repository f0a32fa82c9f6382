import { hostOf } from '../reading/addresses.ts';
import { httpOf, shapeOf } from '../reading/attempts.ts';
import { reachesElsewhere } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, judgeTargets, layered } from '../reading/targets.ts';
import { fail } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Neither opened nor refused: packets that vanish, or a host that takes the connection and stays silent. */
export const noAnswer: Check<'line' | 'probe', 'signalling'> = {
	id: 'no-answer',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	explainedBy: BEFORE_SOCKETS,
	judge: ({ signalling }, context) =>
		judgeTargets(signalling, (target) => {
			const { socket } = target;
			const shape = shapeOf(socket);
			const http = httpOf(target);
			if (shape !== 'no-answer' && !(shape === 'never-opened' && http === 'silent')) return undefined;
			const host = hostOf(socket.url);
			const facts = {
				host,
				seconds: Math.round(socket.watchedMs / 1000),
				http,
				onlyThisHost: reachesElsewhere(context.all, host.replace(/:\d+$/, ''))
			};
			return fail('signalling.no-answer', 'likely', facts, [
				layered(context, http === 'alive' ? 'upgrade-refused' : 'unreachable'),
				'other-network'
			]);
		})
};

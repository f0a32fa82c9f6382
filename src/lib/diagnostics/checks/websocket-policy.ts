import { hostOf } from '../reading/addresses.ts';
import { opened, shapeOf } from '../reading/attempts.ts';
import { blocksOf } from '../reading/policies.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether this site's own policy forbids the connection. An open socket outranks whatever was blocked beside it. */
export const websocketPolicy: Check<'line' | 'probe', 'signalling'> = {
	id: 'websocket-policy',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	judge({ signalling: { targets } }, { all }) {
		if (targets.length === 0) return skipped('nothing-tried');
		for (const { socket } of targets) {
			if (opened(socket) || shapeOf(socket) === 'no-answer') continue;
			const violation = blocksOf(all, socket.url);
			if (violation)
				return fail('policy.csp-blocks-websocket', 'certain', {
					host: hostOf(socket.url),
					directive: violation.directive
				});
		}
		return pass;
	}
};

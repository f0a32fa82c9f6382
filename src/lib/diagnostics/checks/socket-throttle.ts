import { allTargets, hostOfTarget } from '../reading/surroundings.ts';
import { pass, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check } from '../types.ts';

/** Browsers slow every new socket of a tab in which many have failed, healthy ones too, and a reload does not help. */
export const socketThrottle: Check<'page', 'environment'> = {
	id: 'socket-throttle',
	scopes: ['page'],
	needs: ['environment'],
	judge({ environment: { socketFailures } }, { all }) {
		if (socketFailures < THRESHOLDS.throttleFailures) return pass;
		const slow = allTargets(all).find(({ target: { socket, cors, noCors } }) => {
			const beside = Math.min(cors?.ms ?? Infinity, noCors?.ms ?? Infinity);
			return (
				socket.openedAfterMs !== undefined &&
				socket.openedAfterMs >= THRESHOLDS.throttleHandshakeMs &&
				socket.openedAfterMs >= beside * THRESHOLDS.throttleFactor
			);
		});
		if (!slow) return pass;
		return warn('browser.socket-throttle', 'likely', {
			failures: socketFailures,
			host: hostOfTarget(slow.target),
			ms: slow.target.socket.openedAfterMs ?? 0
		});
	}
};

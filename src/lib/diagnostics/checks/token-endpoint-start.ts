import { hostOf } from '../reading/addresses.ts';
import { isReadable } from '../reading/attempts.ts';
import { pass, skipped, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check } from '../types.ts';

/** A free host sleeps: the first answer is slow, the next one is not. */
export const tokenEndpointStart: Check<'line' | 'probe', 'token'> = {
	id: 'token-endpoint-start',
	scopes: ['line', 'probe'],
	needs: ['token'],
	explainedBy: ['token-endpoint'],
	judge({ token: { asked, again } }) {
		if (!asked) return skipped('not-configured');
		if (!isReadable(asked)) return skipped('depends-on-failed');
		if (asked.ms <= THRESHOLDS.tokenWaitingMs) return pass;
		const facts = { host: hostOf(asked.url), seconds: Math.round(asked.ms / 1000) };
		const isAwake =
			again !== undefined && isReadable(again) && again.ms * THRESHOLDS.coldStartFactor <= asked.ms;
		return warn('token-endpoint.cold-start', isAwake ? 'likely' : 'possible', facts, [
			'token-endpoint.no-answer',
			'second-run'
		]);
	}
};

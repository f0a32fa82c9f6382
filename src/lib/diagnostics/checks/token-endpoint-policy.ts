import { blocksOf } from '../reading/policies.ts';
import { ownOf, valueOf } from '../reading/surroundings.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import { hostOf } from '../reading/addresses.ts';
import type { Check } from '../types.ts';

/** Whether this site's own policy forbids the token request. */
export const tokenEndpointPolicy: Check<'line' | 'probe', 'token'> = {
	id: 'token-endpoint-policy',
	scopes: ['line', 'probe'],
	needs: ['token'],
	judge({ token: { asked } }, context) {
		if (!asked || !valueOf(ownOf(context)?.token)) return skipped('nothing-tried');
		if (asked.outcome === 'answered') return pass;
		const violation = blocksOf(context.all, asked.url);
		return violation
			? fail('policy.csp-blocks-token-endpoint', 'certain', {
					host: hostOf(asked.url),
					directive: violation.directive
				})
			: pass;
	}
};

import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** A token that ran out while the phone was open: a new one should have been there a minute before. */
export const tokenRenewal: Check<'line', 'state'> = {
	id: 'token-renewal',
	scopes: ['line'],
	needs: ['state'],
	explainedBy: ['offline', 'internet', 'clock', 'token-endpoint', 'token-answer', 'token-times'],
	judge({ state: { because, wasReady, phase, tokenExpiresAt, since, tokenRenewals } }) {
		if (!wasReady) return skipped('not-measured');
		if (phase === 'ready' || !because) return pass;
		const isExpiry = /-token\.expired$/.test(because.fault);
		const ranOut = tokenExpiresAt !== undefined && tokenExpiresAt <= Math.max(because.at, since);
		if (!isExpiry || (tokenExpiresAt !== undefined && !ranOut)) return pass;
		return fail('registration.token-not-renewed', ranOut ? 'certain' : 'likely', {
			renewals: tokenRenewals ?? 0
		});
	}
};

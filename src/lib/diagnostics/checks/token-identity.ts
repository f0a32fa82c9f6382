import { textOf, twilioGrants } from '../reading/claims.ts';
import { carrierOf } from '../reading/surroundings.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Twilio documents letters, digits and underscores, at most 121; these further signs are in use and left to its judgement. */
const TAKEN = /^[\w.+:=@-]{1,121}$/;

/** The name under which the token makes its owner known. */
export const tokenIdentity: Check<'line', 'token'> = {
	id: 'token-identity',
	scopes: ['line'],
	needs: ['token'],
	explainedBy: ['token-endpoint', 'token-answer', 'token-form'],
	judge({ token: { claims } }, context) {
		const grants = claims && twilioGrants(claims);
		if (!claims?.payload) return skipped('no-token');
		if (carrierOf(context) !== 'twilio' || !grants) return skipped('not-for-this-kind');
		const identity = textOf(grants['identity']);
		if (identity === undefined) return fail('twilio-token.bad-identity', 'certain', { problem: 'missing' });
		if (identity.length > 121)
			return fail('twilio-token.bad-identity', 'certain', { problem: 'too-long', length: identity.length });
		if (TAKEN.test(identity)) return pass;
		const signs = [...new Set(identity.replace(/[\w.+:=@-]/g, ''))].map((sign) =>
			sign === ' ' ? 'blank' : sign
		);
		return fail('twilio-token.bad-identity', 'certain', { problem: 'characters', signs: signs.slice(0, 5) });
	}
};

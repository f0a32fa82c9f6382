import { beginningOf, twilioGrants, videoGrant, voiceGrant } from '../reading/claims.ts';
import { carrierOf } from '../reading/surroundings.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check, Claims, Verdict } from '../types.ts';

/** Whether what came is a token of this carrier at all, made with the right kind of key. */
export const tokenForm: Check<'line', 'token'> = {
	id: 'token-form',
	scopes: ['line'],
	needs: ['token'],
	explainedBy: ['token-endpoint', 'token-answer'],
	judge({ token: { claims } }, context) {
		if (!claims) return skipped('no-token');
		const carrier = carrierOf(context);
		if (carrier === 'twilio') return twilioForm(claims);
		return carrier === 'livekit' ? livekitForm(claims) : skipped('not-for-this-kind');
	}
};

function twilioForm(claims: Claims): Verdict {
	const { payload, error } = claims;
	if (!payload) return fail('twilio-token.malformed', 'certain', { problem: error ?? '' });
	if (videoGrant(claims) && !twilioGrants(claims))
		return fail('twilio-token.malformed', 'certain', { problem: 'livekit-token' });
	const { iss, sub } = payload;
	// A token that is nobody's: another service has made it.
	if (iss === undefined && sub === undefined && !twilioGrants(claims))
		return fail('twilio-token.malformed', 'certain', { problem: 'no-twilio-claims' });
	if (beginningOf(iss) !== 'SK')
		return fail('twilio-token.wrong-issuer', 'certain', { claim: 'iss', found: beginningOf(iss) });
	if (beginningOf(sub) !== 'AC')
		return fail('twilio-token.wrong-issuer', 'certain', { claim: 'sub', found: beginningOf(sub) });
	if (!voiceGrant(claims))
		return fail('twilio-token.no-voice-grant', 'certain', {
			grants: Object.keys(twilioGrants(claims) ?? {})
		});
	return typeof payload['exp'] === 'number'
		? pass
		: fail('twilio-token.malformed', 'certain', { problem: 'no-exp' });
}

function livekitForm(claims: Claims): Verdict {
	const { payload, error } = claims;
	if (!payload) return fail('livekit-token.malformed', 'certain', { problem: error ?? '' });
	if (twilioGrants(claims)) return fail('livekit-token.malformed', 'certain', { problem: 'twilio-token' });
	return pass;
}

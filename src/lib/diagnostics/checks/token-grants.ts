import { letsCallsIn, outgoingApp, shortSid, textOf, videoGrant, voiceGrant } from '../reading/claims.ts';
import { carrierOf, lineSetupOf } from '../reading/surroundings.ts';
import { fail, pass, skipped, warn } from '../reading/verdicts.ts';
import type { Check, Claims, Json, LineSetup, Verdict } from '../types.ts';

/** Whether the token permits what the line is for: no more is asked of it than what is wanted. */
export const tokenGrants: Check<'line', 'token' | 'setup'> = {
	id: 'token-grants',
	scopes: ['line'],
	needs: ['token', 'setup'],
	proves: 'token',
	explainedBy: ['token-endpoint', 'token-answer', 'token-form'],
	judge({ token: { claims }, setup }, context) {
		if (!claims?.payload) return skipped('no-token');
		const carrier = carrierOf(context);
		if (carrier === 'twilio')
			return voiceGrant(claims) ? twilio(claims, setup) : skipped('depends-on-failed');
		return carrier === 'livekit' && lineSetupOf(context) ? livekit(claims) : skipped('not-for-this-kind');
	}
};

function twilio(claims: Claims, { wants, expect = {} }: LineSetup): Verdict {
	const account = textOf(claims.payload?.['sub']);
	if (expect.accountSid && account && account !== expect.accountSid)
		return fail('twilio-token.unexpected-account', 'certain', {
			found: shortSid(account),
			expected: shortSid(expect.accountSid)
		});
	const app = outgoingApp(claims);
	if (wants.outgoing && app === undefined) return fail('twilio-token.no-outgoing-app', 'certain');
	if (wants.outgoing && app !== undefined && !app.startsWith('AP'))
		return fail('twilio-token.app-not-found', 'likely', { app: app.slice(0, 2), problem: 'form' });
	if (wants.outgoing && app !== undefined && expect.twimlAppSid && app !== expect.twimlAppSid)
		return fail('twilio-token.unexpected-app', 'certain', {
			found: shortSid(app),
			expected: shortSid(expect.twimlAppSid)
		});
	return wants.incoming && !letsCallsIn(claims) ? fail('twilio-token.no-incoming', 'certain') : pass;
}

function livekit(claims: Claims): Verdict {
	const grant = videoGrant(claims);
	if (grant?.['roomJoin'] !== true)
		return fail('livekit-token.no-join-grant', 'certain', { missing: grant ? 'roomJoin' : 'video' });
	if (textOf(claims.payload?.['sub']) === undefined && textOf(claims.payload?.['identity']) === undefined)
		return fail('livekit-token.no-join-grant', 'likely', { missing: 'identity' });
	if (grant['canPublish'] === false || !allowsMicrophone(grant['canPublishSources']))
		return warn('livekit-token.no-publish-grant', 'certain');
	return pass;
}

/** An absent or empty list allows every source. Its names are those of the server's enumeration, in either spelling. */
function allowsMicrophone(sources: Json | undefined): boolean {
	if (!Array.isArray(sources) || sources.length === 0) return true;
	return sources.some(
		(source: Json) => source === 2 || (typeof source === 'string' && source.toLowerCase() === 'microphone')
	);
}

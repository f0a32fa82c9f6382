import * as given from '../testing.ts';
import { asked, control, type CheckRow } from './seen.ts';

const { HEALTHY, NOW, DESK_TOKEN } = given;

/** Branches that no row of the fault table and no trap goes through. */
export const tokens: readonly CheckRow[] = [
	[
		'token-endpoint',
		'302 elsewhere',
		asked({ outcome: 'opaque', type: 'opaqueredirect', status: 0 }),
		['fail', 'token-endpoint.redirected']
	],
	['token-endpoint', '429', asked({ status: 429 }), ['fail', 'token-endpoint.rate-limited']],
	['token-endpoint', '418', asked({ status: 418 }), ['fail', 'token-endpoint.refused']],
	[
		'token-endpoint',
		'a service worker answers',
		asked({ type: 'basic' }),
		['unsure', 'answered-by-service-worker']
	],
	[
		'token-endpoint',
		'keys missing, in the words of a library',
		asked({ status: 500, excerpt: 'Error: username is required' }),
		['fail', 'token-endpoint.keys-missing']
	],
	['token-answer', 'too large', asked({ body: 'too-large' }), ['fail', 'token-endpoint.too-large']],
	[
		'token-endpoint-start',
		'slow, and slow again',
		{
			desk: {
				token: {
					...HEALTHY.desk.token,
					asked: given.answered(DESK_TOKEN, { ms: 12_000 }),
					again: given.answered(DESK_TOKEN, { ms: 11_000 })
				}
			}
		},
		['warn', 'token-endpoint.cold-start']
	],
	[
		'token-form',
		'a LiveKit token on a Twilio line',
		{ desk: { token: { ...HEALTHY.desk.token, claims: given.livekitClaims() } } },
		['fail', 'twilio-token.malformed']
	],
	[
		'token-form',
		'a Twilio token on a LiveKit line',
		{ agent: { token: { ...HEALTHY.agent.token, claims: given.twilioClaims() } } },
		['fail', 'livekit-token.malformed']
	],
	[
		'token-times',
		'not valid yet',
		{ desk: { token: { ...HEALTHY.desk.token, claims: given.twilioClaims({ nbf: NOW / 1000 + 900 }) } } },
		['fail', 'twilio-token.not-yet-valid']
	],
	[
		'token-times',
		'run out, and nobody says the true time',
		{
			...control({ own: given.answered('https://phone.example.com/v') }),
			voice: { token: { ...HEALTHY.voice.token, claims: { length: 9, payload: { exp: 5 } } } }
		},
		['fail', 'websocket.token-expired']
	],
	[
		'token-identity',
		'missing',
		{ desk: { token: { ...HEALTHY.desk.token, claims: given.twilioClaims({ grants: { voice: {} } }) } } },
		['fail', 'twilio-token.bad-identity']
	],
	[
		'token-identity',
		'too long',
		{
			desk: {
				token: {
					...HEALTHY.desk.token,
					claims: given.twilioClaims({ grants: { identity: 'a'.repeat(122), voice: {} } })
				}
			}
		},
		['fail', 'twilio-token.bad-identity']
	],
	[
		'token-grants',
		'another account',
		{ desk: { setup: { ...HEALTHY.desk.setup, expect: { accountSid: `AC${'0'.repeat(32)}` } } } },
		['fail', 'twilio-token.unexpected-account']
	],
	[
		'token-grants',
		'microphone not among the sources',
		{
			agent: {
				token: {
					...HEALTHY.agent.token,
					claims: given.livekitClaims({ video: { roomJoin: true, canPublishSources: ['camera'] } })
				}
			}
		},
		['warn', 'livekit-token.no-publish-grant']
	],
	[
		'agent-invitation',
		'visible before any call',
		{
			agent: {
				setup: { ...HEALTHY.agent.setup, agent: { name: 'support', expected: true, joinWithinSeconds: 20 } },
				token: { ...HEALTHY.agent.token, askedForAgent: true }
			}
		},
		['warn', 'agent.not-invited']
	]
];

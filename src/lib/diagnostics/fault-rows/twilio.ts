import * as given from '../testing.ts';
import type { LineEvidence } from '../types.ts';
import {
	SECONDS,
	policy,
	deskToken,
	deskClaims,
	down,
	deskTargets,
	saidByTwilio,
	roomTargets,
	probeTargets,
	callFailed,
	type Row
} from './seen.ts';

const { HEALTHY, NOW, LIVEKIT, PROBE, TWILIO } = given;

export const twilio: readonly Row[] = [
	// C. Twilio token
	['TTK-01', 'twilio-token.no-outgoing-app', { desk: deskClaims({}, { incoming: { allow: true } }) }],
	[
		'TTK-02',
		'twilio-token.app-not-found',
		callFailed(given.failedCall('twilio-app.not-found', { vendorCode: 21218 }))
	],
	[
		'TTK-03',
		'twilio-token.no-voice-grant',
		{
			desk: {
				...deskClaims({ grants: { identity: 'alice', video: {} } }),
				...saidByTwilio(31204, 'twilio-token.refused')
			}
		}
	],
	[
		'TTK-04',
		'twilio-token.expired',
		{
			desk: {
				...deskClaims({ iat: SECONDS - 3660, exp: SECONDS - 60 }),
				...saidByTwilio(31205, 'twilio-token.expired')
			}
		}
	],
	['TTK-05', 'twilio-token.wrong-secret', { desk: saidByTwilio(31202, 'twilio-token.wrong-secret') }],
	[
		'TTK-06',
		'twilio-token.malformed',
		{
			desk: {
				...deskToken({ claims: { error: 'not-a-jwt', length: 9 }, tokenForm: 'text' }),
				...saidByTwilio(31204, 'twilio-token.refused')
			}
		}
	],
	[
		'TTK-07',
		'twilio-token.wrong-issuer',
		{ desk: { ...deskClaims({ iss: given.AC }), ...saidByTwilio(31204, 'twilio-token.refused') } }
	],
	[
		'TTK-08',
		'twilio-token.lifetime-too-long',
		{
			desk: {
				...deskClaims({ exp: SECONDS + 90_000 }),
				...saidByTwilio(31207, 'twilio-token.lifetime-too-long')
			}
		}
	],
	[
		'TTK-10',
		'twilio-token.bad-identity',
		{
			desk: {
				...deskClaims({
					grants: {
						identity: 'a b@c',
						voice: { outgoing: { application_sid: given.AP }, incoming: { allow: true } }
					}
				}),
				...saidByTwilio(31105, 'twilio-token.bad-identity')
			}
		}
	],
	[
		'TTK-11',
		'twilio-token.no-incoming',
		{ desk: deskClaims({}, { outgoing: { application_sid: given.AP } }) }
	],
	[
		'TTK other app',
		'twilio-token.unexpected-app',
		{ desk: { setup: { ...HEALTHY.desk.setup, expect: { twimlAppSid: given.AP.replace('1a', '2b') } } } }
	],
	// D. Twilio signalling
	['TWS-01', 'twilio-signalling.host-blocked', { desk: deskTargets(given.dead(TWILIO)) }],
	[
		'TWS-02',
		'signalling.websocket-blocked',
		{
			desk: deskTargets(given.refusedUpgrade(TWILIO)),
			agent: roomTargets(given.refusedUpgrade(LIVEKIT)),
			...probeTargets(given.refusedUpgrade(PROBE))
		}
	],
	[
		'TWS-03',
		'policy.csp-blocks-websocket',
		{
			page: policy(TWILIO),
			desk: deskTargets(
				given.target({ ...given.neverOpened(TWILIO), close: undefined } as never, {
					noCors: given.rejected(TWILIO.replace('wss', 'https'), 'no-cors')
				})
			)
		}
	],
	[
		'TWS-04',
		'signalling.no-answer',
		{
			desk: deskTargets(
				given.target(given.pendingSocket(TWILIO), {
					cors: given.unanswered(TWILIO),
					noCors: given.unanswered(TWILIO, 'no-cors')
				})
			)
		}
	],
	[
		'TWS-06',
		'twilio-signalling.silent',
		{
			desk: {
				...deskTargets(given.target(given.silentSocket(TWILIO))),
				...{ state: down('twilio-signalling.silent').state }
			} as Partial<LineEvidence>
		}
	],
	[
		'TWS-08',
		'twilio-signalling.interrupted',
		{ desk: down('twilio-signalling.interrupted', { phase: 'recovering', wasReady: true }) }
	],
	[
		'TWS-08 back again',
		'twilio-signalling.interrupted',
		{
			desk: {
				state: {
					...HEALTHY.desk.state,
					interruptions: [{ at: NOW - 30_000, backAfterMs: 20_000, fault: 'network.offline' }]
				}
			}
		}
	],
	[
		'TWS-10 Firefox',
		'twilio-signalling.certificate-untrusted',
		{
			desk: deskTargets(
				given.target(
					given.neverOpened(TWILIO, { close: { code: 1015, reason: '', clean: false, afterMs: 9 } }),
					{ cors: given.rejected(TWILIO), noCors: given.rejected(TWILIO, 'no-cors') }
				)
			)
		}
	],
	['TWS cut', 'twilio-signalling.unstable', { desk: deskTargets(given.target(given.ended(TWILIO, 1006))) }],
	['TWS upgrade', 'twilio-signalling.upgrade-refused', { desk: deskTargets(given.refusedUpgrade(TWILIO)) }],
	// E. Registration
	[
		'REG-01',
		'registration.not-started',
		{
			desk: {
				state: { phase: 'off', wasReady: false, since: NOW, attempts: 0, interruptions: [] },
				registration: { by: 'probe', readyAfterMs: 90, said: [] }
			}
		}
	],
	[
		'REG-02',
		'registration.not-confirmed',
		{
			desk: {
				...down('registration.not-confirmed'),
				registration: { by: 'probe', watchedMs: 10_000, said: [] }
			}
		}
	],
	[
		'REG-04',
		'registration.duplicate-identity',
		{
			desk: {
				calls: {
					recent: [
						given.call({ direction: 'in', reason: 'answered-elsewhere', talkedMs: 0, endedAfterMs: 900 })
					]
				}
			}
		}
	],
	[
		'REG-05',
		'registration.token-not-renewed',
		{
			desk: {
				...down('twilio-token.expired', { phase: 'recovering', wasReady: true, tokenExpiresAt: NOW - 5_000 }),
				registration: { by: 'probe', readyAfterMs: 60, said: [] }
			}
		}
	]
];

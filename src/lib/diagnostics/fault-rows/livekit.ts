import * as given from '../testing.ts';
import { SECONDS, localAllowed, roomTargets, validated, type Row } from './seen.ts';

const { LIVEKIT, ROOM_TOKEN } = given;

export const livekit: readonly Row[] = [
	// F. LiveKit token
	[
		'LTK-01',
		'livekit-token.expired',
		{
			agent: {
				...validated(401, 'invalid token: token is expired (exp)'),
				token: given.tokenFrom(ROOM_TOKEN, given.livekitClaims({ exp: SECONDS - 60 }))
			}
		}
	],
	[
		'LTK-01 by its words',
		'livekit-token.expired',
		{ agent: validated(401, 'invalid token: token is expired (exp)') }
	],
	['LTK-02', 'livekit-token.unknown-key', { agent: validated(401, 'invalid API key: APIabc') }],
	[
		'LTK-03',
		'livekit-token.wrong-secret',
		{
			agent: validated(401, 'invalid authorization token: go-jose/go-jose: error in cryptographic primitive')
		}
	],
	[
		'LTK-04',
		'livekit-token.no-join-grant',
		{
			agent: {
				...validated(401, 'permissions denied'),
				token: given.tokenFrom(ROOM_TOKEN, given.livekitClaims({ video: { room: 'x' } }))
			}
		}
	],
	[
		'LTK-06',
		'livekit-token.no-publish-grant',
		{
			agent: {
				token: given.tokenFrom(
					ROOM_TOKEN,
					given.livekitClaims({ video: { room: 'x', roomJoin: true, canPublish: false } })
				)
			}
		}
	],
	[
		'LTK-10',
		'livekit-room.duplicate-identity',
		{ agent: { calls: { recent: [given.failedCall('livekit-room.duplicate-identity')] } } }
	],
	// G. LiveKit signalling
	[
		'LKS-01',
		'livekit-signalling.unreachable',
		{ ...localAllowed, agent: roomTargets(given.dead('ws://localhost:7890/rtc')) }
	],
	[
		'LKS-02',
		'livekit-url.not-livekit',
		{
			agent: {
				...validated(404, 'Not Found'),
				room: {
					validate: [
						given.answered('https://rooms.example.org/rtc/validate', { status: 404, body: 'html' }),
						given.answered('https://rooms.example.org/rtc/v1/validate', { status: 404, body: 'html' })
					],
					said: { code: 404, text: 'Not Found' }
				}
			}
		}
	],
	['LKS-04', 'livekit-signalling.silent', { agent: roomTargets(given.target(given.silentSocket(LIVEKIT))) }]
];

import * as given from '../testing.ts';
import { HTTP_PROBE, probe, closed, edges, second, type CheckRow } from './seen.ts';

const { HEALTHY, LIVEKIT, PROBE, TWILIO } = given;

/** Branches that no row of the fault table and no trap goes through. */
export const sockets: readonly CheckRow[] = [
	[
		'unreachable',
		'one edge of two: calls work',
		edges(given.dead('wss://voice-js.dublin.twilio.com/signal', { role: 'edge' }), given.fine(TWILIO)),
		['warn', 'twilio-signalling.host-blocked']
	],
	[
		'unreachable',
		'a gateway of one’s own',
		{
			desk: {
				signalling: { targets: [given.dead('wss://gw.example.com/signal')] },
				setup: {
					...HEALTHY.desk.setup,
					addresses: [{ role: 'gateway', written: 'gw.example.com:443', source: 'config', used: true }]
				}
			}
		},
		['fail', 'twilio-signalling.unreachable']
	],
	[
		'no-answer',
		'the upgrade is swallowed, ordinary requests are answered',
		probe(given.target(given.pendingSocket(PROBE))),
		['fail', 'signalling.no-answer']
	],
	[
		'upgrade',
		'opens without the token',
		probe(given.refusedUpgrade(PROBE, { followUps: [{ change: 'no-token', socket: given.socket(PROBE) }] })),
		['fail', 'websocket.request-rejected']
	],
	[
		'upgrade',
		'429 beside it',
		probe(given.target(given.neverOpened(PROBE), { cors: given.answered(HTTP_PROBE, { status: 429 }) })),
		['fail', 'websocket.rate-limited']
	],
	[
		'upgrade',
		'503 beside it',
		probe(given.target(given.neverOpened(PROBE), { cors: given.answered(HTTP_PROBE, { status: 503 }) })),
		['fail', 'websocket.server-error']
	],
	[
		'upgrade',
		'LiveKit',
		{ agent: { signalling: { targets: [given.refusedUpgrade(LIVEKIT)] } } },
		['fail', 'livekit-signalling.upgrade-refused']
	],
	[
		'cut-connection',
		'LiveKit',
		{ agent: { signalling: { targets: [given.target(given.ended(LIVEKIT, 1006))] } } },
		['fail', 'livekit-signalling.cut']
	],
	[
		'cut-connection',
		'one long life alone is no proof',
		probe(given.target(given.ended(PROBE, 1006, '', 30_000), second(given.ended(PROBE, 1006, '', 60_000)))),
		['fail', 'websocket.idle-timeout']
	],
	[
		'cut-connection',
		'two long lives of the same age, whatever was sent',
		probe(
			given.target(given.ended(PROBE, 1006, '', 20_040), {
				followUps: [{ change: 'no-token', socket: given.ended(PROBE, 1006, '', 20_900) }]
			})
		),
		['fail', 'websocket.idle-timeout', 'likely']
	],
	[
		'cut-connection',
		'a reset in Firefox, which adds an error',
		{
			page: {
				environment: {
					...HEALTHY.page.environment,
					browser: { name: 'Firefox', version: '153', system: 'Linux' }
				}
			},
			...closed(1006, '', {}),
			voice: {
				signalling: { targets: [given.target(given.ended(PROBE, 1006, '', 60, { errorAfterMs: 59 }))] }
			}
		},
		['fail', 'websocket.handler-crash']
	],
	[
		'server-close',
		'1008 with a reason nobody knows',
		closed(1008, 'maintenance window'),
		['fail', 'websocket.closed-by-server']
	],
	['server-close', '1009', closed(1009), ['fail', 'websocket.incompatible']],
	['server-close', '4429', closed(4429), ['fail', 'websocket.rate-limited']],
	['server-close', '4500', closed(4500), ['fail', 'websocket.server-error']],
	['server-close', '3000', closed(3000), ['fail', 'websocket.token-rejected']],
	['server-close', 'an illegal code', closed(5000, 'x'), ['fail', 'websocket.closed-by-server']],
	[
		'server-close',
		'1000 where opening is enough',
		closed(1000, '', { expectsConfirmation: false }),
		['warn', 'websocket.closed-by-server']
	],
	[
		'server-close',
		'Twilio closes with a reason',
		edges(given.target(given.ended(TWILIO, 1008, 'policy'))),
		['fail', 'twilio-signalling.closed-by-server']
	],
	[
		'silence',
		'a proxy’s page in place of messages',
		edges(given.target(given.socket(TWILIO, { firstFrames: ['<html>'], watchedMs: 6000 }))),
		['fail', 'twilio-signalling.not-websocket-data']
	],
	[
		'server-words',
		'a code that nobody knows',
		edges(given.target(given.socket(TWILIO), { said: [{ code: 99999 }] })),
		['fail', 'twilio-signalling.refused']
	],
	[
		'server-words',
		'over the limit',
		{
			agent: {
				signalling: {
					targets: [given.target(given.socket(LIVEKIT), { said: [{ code: 503, text: 'limit exceeded' }] })]
				}
			}
		},
		['fail', 'livekit-server.overloaded']
	],
	[
		'server-words',
		'no such room',
		{
			agent: {
				signalling: {
					targets: [
						given.target(given.socket(LIVEKIT), {
							said: [{ code: 404, text: 'requested room does not exist' }]
						})
					]
				}
			}
		},
		['fail', 'livekit-room.not-found']
	],
	[
		'server-words',
		'a probe’s error frame',
		probe(given.target(given.socket(PROBE), { said: [{ text: 'unauthorized' }] })),
		['fail', 'websocket.token-rejected']
	],
	[
		'local-network',
		'a page that lives on this computer is exempt',
		{
			page: { environment: { ...HEALTHY.page.environment, page: 'https://localhost:4173/' } },
			...probe(given.dead('ws://localhost:9000/'))
		},
		'pass'
	],
	[
		'websocket-policy',
		'a violation that was only reported',
		{
			page: {
				policy: {
					...HEALTHY.page.policy,
					violations: [{ at: 1, blocked: PROBE, directive: 'connect-src', disposition: 'report' }]
				}
			},
			...probe(given.dead(PROBE))
		},
		'pass'
	],
	[
		'websocket-block',
		'one host alone is that host’s trouble',
		{
			desk: { signalling: { targets: [] } },
			agent: { signalling: { targets: [] } },
			...probe(given.refusedUpgrade(PROBE))
		},
		['unsure', 'not-measured']
	]
];

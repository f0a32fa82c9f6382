import * as given from '../testing.ts';
import { HTTP_PROBE, localAllowed, environment, probeTargets, closed, fetched, type Row } from './seen.ts';

const { PROBE } = given;

export const sockets: readonly Row[] = [
	// H. Further WebSockets
	[
		'CWS-01',
		'websocket.unreachable',
		{ ...localAllowed, ...probeTargets(given.dead('ws://localhost:9000/stream')) }
	],
	[
		'CWS-02',
		'websocket.handler-crash',
		closed(1006, '', { followUps: [{ change: 'no-token', socket: given.ended(PROBE, 1006) }] })
	],
	[
		'CWS-02 depends on the token',
		'websocket.request-rejected',
		closed(1006, '', { followUps: [{ change: 'no-token', socket: given.ended(PROBE, 1008, 'no token') }] })
	],
	['CWS-03', 'websocket.token-rejected', closed(1008, 'Invalid token')],
	['CWS-03 expired', 'websocket.token-expired', closed(1008, 'jwt expired')],
	['CWS-05', 'websocket.unreadable-address', closed(1002, 'Failed to parse URL')],
	['CWS-06', 'websocket.unknown-agent', closed(4404, 'agent not found')],
	['CWS-06 by 1008', 'websocket.unknown-agent', closed(1008, 'unknown agentId')],
	['CWS-07', 'websocket.no-confirmation', probeTargets(given.target(given.silentSocket(PROBE)))],
	[
		'CWS-08',
		'websocket.upgrade-lost-in-proxy',
		probeTargets(
			given.refusedUpgrade(PROBE),
			given.fine('wss://direct.example.net/stream', { role: 'alternative' })
		)
	],
	[
		'CWS-09',
		'websocket.worker-exception',
		probeTargets(
			given.target(given.neverOpened(PROBE), {
				cors: given.answered(HTTP_PROBE, { status: 500, body: 'html', excerpt: 'error code: 1101' })
			})
		)
	],
	['CWS-10', 'websocket.upgrade-refused', probeTargets(given.refusedUpgrade(PROBE))],
	[
		'CWS-10 readable',
		'websocket.upgrade-refused',
		probeTargets(
			given.target(given.neverOpened(PROBE), { cors: given.answered(HTTP_PROBE, { status: 200 }) })
		)
	],
	['CWS-13', 'websocket.server-error', closed(1011, 'internal error')],
	[
		'CWS-16',
		'websocket.idle-timeout',
		probeTargets(
			given.target(given.ended(PROBE, 1006, '', 20_040), {
				confirmedAfterMs: 50,
				followUps: [{ change: 'again', socket: given.ended(PROBE, 1006, '', 20_900) }]
			})
		)
	],
	[
		'CWS-18 Firefox',
		'websocket.certificate-untrusted',
		probeTargets(
			given.dead(PROBE, {
				socket: given.neverOpened(PROBE, { close: { code: 1015, reason: '', clean: false, afterMs: 9 } })
			})
		)
	],
	[
		'CWS-20',
		'websocket.unauthorized-handshake',
		probeTargets(
			given.refusedUpgrade(PROBE, {
				followUps: fetched(given.answered('https://voice.example.net/me', { status: 401 }), 'rest')
			})
		)
	],
	[
		'CWS-22',
		'browser.socket-throttle',
		{
			page: environment({ socketFailures: 40 }),
			...probeTargets(
				given.target(given.socket(PROBE, { openedAfterMs: 4_070 }), {
					confirmedAfterMs: 20,
					noCors: { ...given.opaque(HTTP_PROBE), ms: 7 }
				})
			)
		}
	],
	['CWS 1012', 'websocket.overloaded', closed(1012, 'service restart')],
	['CWS 4401', 'websocket.token-rejected', closed(4401, '')],
	['CWS 1000 before the confirmation', 'websocket.closed-by-server', closed(1000, '')],
	[
		'CWS not a WebSocket',
		'websocket.not-websocket-data',
		probeTargets(given.target(given.ended(PROBE, 1006, '', 60, { errorAfterMs: 59 })))
	]
];

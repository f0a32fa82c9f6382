import { VOICE, type Far } from '../far-side.ts';
import { closedPort, open, queryOf, raw, refuse, send, type Answer, type Upgrade } from '../host.ts';
import type { Injection, Row } from '../injection.ts';

/** The further WebSocket is at a server of this kind. */
async function at(
	far: Far,
	upgrade: Upgrade,
	answer: Answer = send(426, 'Upgrade Required')
): Promise<Injection> {
	const { port } = await far.host({ certificate: far.certificate, answer, upgrade });
	return { voice: { url: `wss://voice.test:${port}/stream` } };
}

const closes =
	(code: number, reason: string) =>
	(far: Far): Promise<Injection> =>
		at(
			far,
			open((socket) => socket.close(code, reason))
		);

/** H. Further WebSockets. */
export const sockets: readonly Row[] = [
	{
		id: 'CWS-01',
		cause: 'websocket.unreachable',
		core: true,
		how: 'A closed port of this machine',
		inject: async () => ({ voice: { url: `ws://localhost:${await closedPort()}/stream` } })
	},
	{
		id: 'CWS-01 at work',
		cause: 'websocket.unreachable',
		core: true,
		how: 'A closed port of a host whose usual port answers',
		inject: async (far) => {
			const { port } = await far.host({ certificate: far.certificate, answer: send(200, 'hello') });
			return {
				names: [`voice.test:443 127.0.0.1:${port}`],
				voice: { url: `wss://voice.test:${await closedPort()}/stream` }
			};
		}
	},
	{
		id: 'CWS-02',
		cause: 'websocket.handler-crash',
		core: true,
		how: 'Every connection is dropped after the handshake, with and without a token',
		inject: (far) =>
			at(
				far,
				raw((socket) => socket.destroy())
			)
	},
	{
		id: 'CWS-02 by the token',
		cause: 'websocket.request-rejected',
		how: 'Dropped after the handshake where a token is shown, closed with 1008 where none is',
		inject: (far) =>
			at(far, (socket, request, head) => {
				if (queryOf(request).get('token')) return raw((cut) => cut.destroy())(socket, request, head);
				open((opened) => opened.close(1008, 'Token missing'))(socket, request, head);
			})
	},
	{
		id: 'CWS-03',
		cause: 'websocket.token-rejected',
		core: true,
		how: 'Closed with 1008 "Invalid token"',
		inject: closes(1008, 'Invalid token')
	},
	{
		id: 'CWS-03 private code',
		cause: 'websocket.token-rejected',
		core: true,
		how: 'Closed with 4401 "Unauthorized"',
		inject: closes(4401, 'Unauthorized')
	},
	{
		id: 'CWS-03 expired',
		cause: 'websocket.token-expired',
		how: 'Closed with 1008 "jwt expired"',
		inject: closes(1008, 'jwt expired')
	},
	{
		id: 'CWS-05',
		cause: 'websocket.unreadable-address',
		core: true,
		how: 'Closed with 1002 "Failed to parse URL"',
		inject: closes(1002, 'Failed to parse URL')
	},
	{
		id: 'CWS-06',
		cause: 'websocket.unknown-agent',
		core: true,
		how: 'Closed with 4404 "agent not found"',
		inject: closes(4404, 'agent not found')
	},
	{
		id: 'CWS-06 missing',
		cause: 'websocket.unknown-agent',
		core: true,
		how: 'config.json names no agent; the server closes with 1008 "agentId is required"',
		inject: async (far) => {
			const injection = await at(
				far,
				open((socket, request) => {
					if (!queryOf(request).get('agentId')) return socket.close(1008, 'agentId is required');
					socket.send('connected');
				})
			);
			return { voice: { ...injection.voice, query: { token: '{token}' } } };
		}
	},
	{
		id: 'CWS-07',
		cause: 'websocket.no-confirmation',
		core: true,
		how: 'Opens and says nothing',
		inject: (far) =>
			at(
				far,
				open(() => {})
			)
	},
	{
		id: 'CWS-08',
		cause: 'websocket.upgrade-lost-in-proxy',
		core: true,
		how: 'The handshake is refused with 426 under one name and succeeds at the alternative address',
		inject: async (far) => {
			const injection = await at(far, refuse(426), send(426, 'Upgrade Required', { cors: false }));
			return {
				voice: { ...injection.voice, alternatives: [`wss://direct.test:${far.voice.port}/stream`] }
			};
		}
	},
	{
		id: 'CWS-09',
		cause: 'websocket.worker-exception',
		core: true,
		how: 'Requests and handshakes get 500 "error code: 1101", with CORS',
		inject: (far) =>
			at(
				far,
				refuse(500, 'error code: 1101'),
				send(500, '<html><body>error code: 1101</body></html>', { type: 'text/html' })
			)
	},
	{
		id: 'CWS-09 unreadable',
		cause: 'websocket.upgrade-refused',
		how: 'The same without CORS: only the family is proven',
		inject: (far) =>
			at(
				far,
				refuse(500, 'error code: 1101'),
				send(500, '<html>error code: 1101</html>', { type: 'text/html', cors: false })
			)
	},
	{
		id: 'CWS-10',
		cause: 'websocket.upgrade-refused',
		how: 'The handshake gets 426, a request gets 200',
		inject: (far) => at(far, refuse(426), send(200, 'hello'))
	},
	{
		id: 'CWS-13',
		cause: 'websocket.server-error',
		how: 'Closed with 1011 "Unexpected condition"',
		inject: closes(1011, 'Unexpected condition')
	},
	{
		id: 'CWS overload',
		cause: 'websocket.overloaded',
		how: 'Closed with 1013 "Try again later"',
		inject: closes(1013, 'Try again later')
	},
	{
		id: 'CWS closed',
		cause: 'websocket.closed-by-server',
		how: 'Closed with 1000 before the confirmation',
		inject: closes(1000, '')
	},
	{
		id: 'CWS-16',
		cause: 'websocket.idle-timeout',
		how: 'A proxy that cuts after 11 s without a frame, before a confirmation that may take 30 s',
		inject: async (far) => {
			const injection = await at(
				far,
				open((socket) => setTimeout(() => socket.terminate(), 11_000))
			);
			return { voice: { ...injection.voice, expect: { message: 'connected', withinSeconds: 30 } } };
		}
	},
	{
		id: 'CWS-18',
		cause: 'websocket.unreachable',
		how: 'A certificate that is not trusted: Chromium cannot tell it from a closed port',
		inject: async (far) => {
			const { port } = await far.host({
				certificate: far.untrusted,
				answer: send(200, 'hello'),
				upgrade: VOICE
			});
			return { voice: { url: `wss://localhost:${port}/stream` } };
		}
	},
	{
		id: 'CWS-20',
		cause: 'websocket.upgrade-refused',
		how: 'The handshake gets 401, and no request tells more: only the family is proven',
		inject: (far) => at(far, refuse(401), send(200, 'hello', { cors: false }))
	},
	{
		id: 'CWS-20 readable',
		cause: 'websocket.unauthorized-handshake',
		how: 'The handshake and a request with the same token get 401, with CORS',
		inject: (far) => at(far, refuse(401), send(401, { error: 'unauthorized' }))
	},
	{
		id: 'CWS no answer',
		cause: 'signalling.no-answer',
		how: 'The host takes the connection and never says a word',
		inject: async (far) => ({ voice: { url: `wss://voice.test:${(await far.silentHost()).port}/stream` } })
	},
	{
		id: 'CWS broken data',
		cause: 'websocket.not-websocket-data',
		how: 'After the handshake comes what is no frame',
		inject: (far) =>
			at(
				far,
				raw((socket) => socket.write(`<html><body>${'Please log in. '.repeat(40)}`))
			)
	},
	{
		id: 'CWS-22',
		cause: 'browser.socket-throttle',
		how: 'A run in which 45 handshakes fail; then the hosts are well and the run is made again',
		inject: async (far) => {
			let isWell = false;
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(426, 'Upgrade Required'),
				upgrade: (socket, request, head) =>
					isWell ? VOICE(socket, request, head) : refuse(503)(socket, request, head)
			});
			const probe = (at: number) => ({
				id: `voice-${at}`,
				url: `wss://voice${at}.test:${port}/stream`,
				token: { url: far.exchange.tokenUrl() },
				query: { token: '{token}', agentId: 'demo' },
				expect: { message: 'connected' }
			});
			return {
				config: { probes: Array.from({ length: 15 }, (_, at) => probe(at)) },
				afterRun: async (checkup) => {
					isWell = true;
					await checkup.run.click();
					await checkup.ends();
				}
			};
		}
	}
];

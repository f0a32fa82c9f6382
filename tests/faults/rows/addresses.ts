import { closedPort, open, refuse, send } from '../host.ts';
import type { Row } from '../injection.ts';
import { endpointOf } from './livekit.ts';

/** A. Configuration. */
export const addresses: readonly Row[] = [
	{
		id: 'CFG-01',
		cause: 'livekit-url.missing',
		core: true,
		how: 'The endpoint answers with a token and no server address, and config.json has none',
		inject: ({ livekit }) => ({ agent: { token: { url: livekit.tokenUrl('no-server-url') } } })
	},
	{
		id: 'CFG-03',
		cause: 'server-url.insecure-scheme',
		core: true,
		how: 'An https page, and a LiveKit server at `ws://ok.test` in config.json',
		inject: ({ livekit }) => ({
			page: 'https://phone.test',
			agent: { serverUrl: 'ws://ok.test', token: { url: livekit.tokenUrl('token') } }
		})
	},
	{
		id: 'CFG-03 socket',
		cause: 'server-url.insecure-scheme',
		core: true,
		how: 'An https page, and a further WebSocket at `ws://ok.test/stream`',
		inject: () => ({ page: 'https://phone.test', voice: { url: 'ws://ok.test/stream' } })
	},
	{
		id: 'CFG-03 by the endpoint',
		cause: 'server-url.insecure-scheme',
		how: 'An https page, and the endpoint gives `ws://ok.test`',
		inject: async (far) => ({ page: 'https://phone.test', agent: await endpointOf(far, 'ws://ok.test') })
	},
	{
		id: 'CFG-04',
		cause: 'server-url.tls-missing',
		core: true,
		how: '`wss://` to a plain http server',
		inject: async (far) => {
			const { port } = await far.host({ answer: send(200, 'hello'), upgrade: open(() => {}) });
			return { voice: { url: `wss://voice.test:${port}/stream` } };
		}
	},
	{
		id: 'CFG-05',
		cause: 'server-url.tls-required',
		how: '`ws://` to a port that speaks TLS alone',
		inject: (far) => ({ voice: { url: `ws://localhost:${far.voice.port}/stream` } })
	},
	{
		id: 'CFG-06',
		cause: 'server-url.scheme-missing',
		how: '`proj.livekit.test` without a scheme in config.json',
		inject: ({ livekit }) => ({
			agent: { serverUrl: 'proj.livekit.test', token: { url: livekit.tokenUrl('no-server-url') } }
		})
	},
	{
		id: 'CFG-06 by the endpoint',
		cause: 'server-url.scheme-missing',
		how: 'The endpoint gives a server address without a scheme',
		inject: ({ livekit }) => ({ agent: { token: { url: livekit.tokenUrl('bad-url') } } })
	},
	{
		id: 'CFG-07',
		cause: 'server-url.host-not-found',
		core: true,
		how: 'A name that does not resolve, on an odd port; the Twilio line works',
		inject: ({ voice }) => ({ desk: {}, voice: { url: `wss://nothere.invalid:${voice.port}/stream` } })
	},
	{
		id: 'CFG-07 LiveKit',
		cause: 'server-url.host-not-found',
		core: true,
		how: 'A LiveKit address whose name does not resolve',
		inject: ({ livekit }) => ({
			desk: {},
			agent: { serverUrl: 'wss://gone-project.livekit.invalid', token: { url: livekit.tokenUrl('token') } }
		})
	},
	{
		id: 'CFG-08',
		cause: 'server-url.wrong-path',
		how: '404 with CORS on this path, for requests and handshakes; the server works on another',
		inject: async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(404, 'Not found'),
				upgrade: refuse(404)
			});
			return { voice: { url: `wss://voice.test:${port}/x` } };
		}
	},
	{
		id: 'CFG-11',
		cause: 'twilio-edge.unknown',
		how: 'Edge `dubln`, whose name does not resolve; the default edge opens',
		inject: () => ({ desk: { gateway: undefined, edges: ['dubln'] } })
	},
	{
		id: 'LNA-01',
		cause: 'policy.local-network-access',
		core: true,
		how: 'A public page (address-space flag), and a LiveKit server on this machine; the permission is not given',
		inject: ({ livekit }) => ({
			page: 'https://phone.test',
			flags: ['--ip-address-space-overrides=127.0.0.1:{page}=public'],
			agent: { token: { url: livekit.tokenUrl() } }
		})
	},
	{
		id: 'LNA-01 closed',
		cause: 'livekit-signalling.unreachable',
		how: 'A page on this machine, and a closed port of it: refused, not forbidden',
		inject: async ({ livekit }) => ({
			agent: { serverUrl: `ws://localhost:${await closedPort()}`, token: { url: livekit.tokenUrl('token') } }
		})
	}
];

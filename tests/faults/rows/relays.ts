import { readyServer } from '../../livekit/server-binary.ts';
import { LiveKitServer, type Relay } from '../../livekit/server.ts';
import type { Far } from '../far-side.ts';
import { closedPort } from '../host.ts';
import type { Injection, Row } from '../injection.ts';
import { startRefusingRelay } from '../relay-server.ts';

const PASSWORD = { username: 'guest', credential: 'made-up' };

/** A LiveKit server that names these relays to everybody who joins. */
async function serverWith(
	{ livekit }: Far,
	relays: readonly Relay[]
): Promise<Injection & { end(): Promise<void> }> {
	const server = new LiveKitServer({ binary: await readyServer(), keys: livekit.keys, relays });
	await server.start();
	return {
		agent: { serverUrl: server.url, token: { url: livekit.tokenUrl('token') } },
		end: () => server.close()
	};
}

/** I. Relays. */
export const relays: readonly Row[] = [
	{
		id: 'ICE-02',
		cause: 'turn.wrong-credentials',
		how: 'The LiveKit server names a relay that answers every password with 401',
		inject: async (far) => {
			const relay = await startRefusingRelay();
			const { end, ...injection } = await serverWith(far, [
				{ host: '127.0.0.1', port: relay.port, protocol: 'udp', ...PASSWORD }
			]);
			return {
				...injection,
				end: async () => {
					await end();
					await relay.close();
				}
			};
		}
	},
	{
		id: 'ICE-03',
		cause: 'turn.unreachable',
		how: 'The LiveKit server names a relay over TCP whose port is closed',
		inject: async (far) =>
			serverWith(far, [{ host: '127.0.0.1', port: await closedPort(), protocol: 'tcp', ...PASSWORD }])
	},
	{
		id: 'ICE-03 name',
		cause: 'turn.unreachable',
		how: 'The LiveKit server names a relay whose name does not resolve',
		inject: (far) => serverWith(far, [{ host: 'relay.invalid', port: 3478, protocol: 'udp', ...PASSWORD }])
	}
];

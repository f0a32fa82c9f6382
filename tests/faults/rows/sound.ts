import { connect, type AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { Phone } from '../../e2e/phone.ts';
import { readyServer } from '../../livekit/server-binary.ts';
import { LiveKitServer } from '../../livekit/server.ts';
import type { Inject, Row, Script } from '../injection.ts';
import { goesOnWith, talks } from './calls.ts';
import { calls } from './livekit.ts';

const DESK = 'Support desk';

/** A call with a machine that speaks, in a page that has been changed. */
const hears =
	(script: Script): Inject =>
	() => ({
		desk: {},
		script,
		before: async (phone: Phone) => {
			await phone.open('./', DESK);
			await phone.dial('+12025550100');
			await talks(4)(phone);
		}
	});

/** Runs in the page: an element takes no sound of a call. */
const noSource: Script = () => {
	Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { get: () => null, set: () => {} });
};

/** I. Media, K. Speaker, P. Agents: what only the sound of a call shows. */
export const sound: readonly Row[] = [
	{
		id: 'ICE-10',
		cause: 'media.private-server-address',
		how: 'A LiveKit server with a public name tells everybody who joins an address of a private network',
		inject: async ({ livekit, certificate }) => {
			const server = new LiveKitServer({
				binary: await readyServer(),
				keys: livekit.keys,
				address: '10.255.255.1'
			});
			await server.start();
			const behind = Number(new URL(server.url).port);
			const front = createServer(certificate, (socket) => {
				const inner = connect(behind, '127.0.0.1');
				socket.on('error', () => inner.destroy()).on('close', () => inner.destroy());
				inner.on('error', () => socket.destroy()).on('close', () => socket.destroy());
				socket.pipe(inner).pipe(socket);
			});
			await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
			return {
				agent: {
					serverUrl: `wss://rooms.test:${(front.address() as AddressInfo).port}`,
					token: { url: livekit.tokenUrl('token') },
					room: 'quick-{random}'
				},
				before: async (phone) => {
					await phone.open('./', 'Voice agent');
					await phone.call.click();
					await phone.reaches(/^Ended: /);
				},
				end: async () => {
					front.close();
					await server.close();
				}
			};
		}
	},
	{
		id: 'SPK-02',
		cause: 'speaker.no-renderer',
		how: 'On a Twilio call no element takes what arrives',
		inject: hears(noSource)
	},
	{
		id: 'SPK-02 room',
		cause: 'speaker.no-renderer',
		how: 'In a LiveKit room no element takes what arrives',
		inject: async (far) => ({ ...(await calls('stateless', {}, talks(5))(far)), script: noSource })
	},
	{
		id: 'SPK-03',
		cause: 'speaker.turned-down',
		how: 'Every element is turned down to nothing as it begins to play',
		inject: hears(() => {
			const prototype: { play: (this: HTMLMediaElement) => Promise<void> } = HTMLMediaElement.prototype;
			const { play } = prototype;
			prototype.play = function () {
				this.volume = 0;
				return play.call(this);
			};
		})
	},
	{
		id: 'SPK-06 unsubscribed',
		cause: 'remote.muted',
		how: 'The agent speaks, and the room’s administrator takes its track from us',
		inject: (far) =>
			calls('stateless', {}, async (phone) => {
				await goesOnWith(phone, async () => {
					const [seen] = await far.livekit.observe({ identity: far.identity });
					const room = seen?.room ?? '';
					const { tracks } = await far.livekit.rooms.getParticipant(room, seen?.parties[0]?.identity ?? '');
					const voices = tracks.map(({ sid }) => sid);
					await far.livekit.rooms.updateSubscriptions(room, far.identity, voices, false);
				});
			})(far)
	},
	{
		id: 'AGT silent',
		cause: 'agent.silent',
		how: 'The agent publishes digital silence, and is hung up on',
		inject: calls('silent', {}, talks(14))
	},
	{
		id: 'AGT stuck',
		cause: 'agent.stuck',
		how: 'The agent freezes while it says that it thinks, and is hung up on',
		inject: calls('freezes', {}, talks(22))
	}
];

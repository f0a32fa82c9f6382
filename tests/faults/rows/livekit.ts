import { createHmac } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Phone } from '../../e2e/phone.ts';
import { closedPort, open, raw, refuse, send } from '../host.ts';
import type { Far } from '../far-side.ts';
import { PATIENT, type Inject, type Patch, type Row } from '../injection.ts';

export const AGENT = 'Voice agent';

const token =
	(kind: string): Inject =>
	({ livekit }) => ({ agent: { token: { url: livekit.tokenUrl(kind) } } });

/** Places a call in which the other side is what the room's first word says. */
export const calls =
	(room: string, agent: object, during: (phone: Phone) => Promise<void>): Inject =>
	() => ({
		agent: { room: `${room}-{random}`, agent: { expected: true, joinWithinSeconds: 20, ...agent } },
		before: async (phone) => {
			await phone.open('./', AGENT);
			await phone.call.click();
			await during(phone);
		}
	});

/** F. LiveKit token, G. LiveKit signalling. */
export const livekit: readonly Row[] = [
	{
		id: 'LTK-01',
		cause: 'livekit-token.expired',
		core: true,
		how: 'A token that expired two minutes ago',
		inject: token('expired')
	},
	{
		id: 'LTK-02',
		cause: 'livekit-token.unknown-key',
		core: true,
		how: 'A token of a key that the server does not know',
		inject: token('unknown-key')
	},
	{
		id: 'LTK-03',
		cause: 'livekit-token.wrong-secret',
		core: true,
		how: 'A token that is signed with another secret',
		inject: token('wrong-secret')
	},
	{
		id: 'LTK-04',
		cause: 'livekit-token.no-join-grant',
		how: 'A token without roomJoin',
		inject: token('no-join')
	},
	{
		id: 'LTK-06',
		cause: 'livekit-token.no-publish-grant',
		how: 'A token whose canPublish is false',
		inject: token('listen-only')
	},
	{
		id: 'LTK-06 sources',
		cause: 'livekit-token.no-publish-grant',
		how: 'A token whose canPublishSources is without the microphone',
		inject: token('camera-only')
	},
	{
		id: 'LTK nbf',
		cause: 'livekit-token.not-yet-valid',
		how: 'Valid from an hour ahead',
		inject: token('not-yet-valid')
	},
	{ id: 'LTK malformed', cause: 'livekit-token.malformed', how: 'No JWT', inject: token('malformed') },
	{
		id: 'LTK-10',
		cause: 'livekit-room.duplicate-identity',
		how: 'During a call another party joins the room under the same identity',
		inject: (far) =>
			calls('quick', {}, async (phone) => {
				await phone.reaches('In call');
				const seen = async () => (await far.livekit.observe({ identity: far.identity })).at(-1)?.room;
				await expect.poll(seen, PATIENT).toBeDefined();
				const other = await far.livekit.visit({ room: (await seen()) ?? '', identity: far.identity });
				await phone.reaches(/^Ended: /);
				await other.leave();
			})(far)
	},
	{
		id: 'LKS-01',
		cause: 'livekit-signalling.unreachable',
		core: true,
		how: 'A closed port',
		inject: async ({ livekit }) => ({
			agent: { serverUrl: `ws://localhost:${await closedPort()}`, token: { url: livekit.tokenUrl('token') } }
		})
	},
	{
		id: 'LKS-02',
		cause: 'livekit-url.not-livekit',
		core: true,
		how: 'A web server that answers 404 to everything, with CORS',
		inject: async (far) => {
			const { port } = await far.host({ answer: send(404, 'Not found'), upgrade: refuse(404) });
			return {
				agent: { serverUrl: `ws://localhost:${port}`, token: { url: far.livekit.tokenUrl('token') } }
			};
		}
	},
	{
		id: 'LKS-02 pages',
		cause: 'livekit-url.not-livekit',
		how: 'A web server that answers every address with its start page',
		inject: async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(200, '<!doctype html><title>Welcome</title>', { type: 'text/html' }),
				upgrade: refuse(200, '<!doctype html>')
			});
			return {
				agent: { serverUrl: `wss://rooms.test:${port}`, token: { url: far.livekit.tokenUrl('token') } }
			};
		}
	},
	{
		id: 'LKS-04',
		cause: 'livekit-signalling.silent',
		how: 'The socket opens and the join message never comes; validation succeeds',
		inject: async (far) => {
			const { port } = await far.host({ answer: send(200, 'success'), upgrade: open(() => {}) });
			return {
				agent: { serverUrl: `ws://localhost:${port}`, token: { url: far.livekit.tokenUrl('token') } }
			};
		}
	},
	{
		id: 'LKS no answer',
		cause: 'signalling.no-answer',
		how: 'The server takes the connection and never says a word',
		inject: async (far) => {
			const { port } = await far.silentHost();
			return {
				agent: { serverUrl: `ws://localhost:${port}`, token: { url: far.livekit.tokenUrl('token') } }
			};
		}
	},
	{
		id: 'LKS upgrade',
		cause: 'livekit-signalling.upgrade-refused',
		how: 'Validation succeeds, the handshake is refused with 403',
		inject: async (far) => {
			const { port } = await far.host({ answer: send(200, 'success'), upgrade: refuse(403) });
			return {
				agent: { serverUrl: `ws://localhost:${port}`, token: { url: far.livekit.tokenUrl('token') } },
				voice: {}
			};
		}
	},
	{
		id: 'LKS cut',
		cause: 'livekit-signalling.cut',
		how: 'Validation succeeds, every socket opens and is cut',
		inject: async (far) => {
			const { port } = await far.host({
				answer: send(200, 'success'),
				upgrade: raw((socket) => socket.destroy())
			});
			return {
				agent: { serverUrl: `ws://localhost:${port}`, token: { url: far.livekit.tokenUrl('token') } }
			};
		}
	}
];

/** A token endpoint of its own that names this server, and gives good tokens with these claims over theirs. */
export async function endpointOf(
	{ host, livekit, identity }: Far,
	serverUrl: string,
	claims: () => object = () => ({})
): Promise<Patch> {
	const { port } = await host({
		answer: (response, request) => {
			const room = `call-${Math.random().toString(36).slice(2)}`;
			void livekit.mint({ room, identity }).then((jwt) => {
				const participant_token = signedAnew(jwt, claims(), livekit.keys.secret);
				send(200, { server_url: serverUrl, participant_token })(response, request);
			});
		}
	});
	return { token: { url: `http://localhost:${port}/token` } };
}

/** A LiveKit token with these claims over those that its kind has, truly signed. */
function signedAnew(jwt: string, claims: object, secret: string): string {
	const [head = '', body = ''] = jwt.split('.');
	const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
	const fresh = Buffer.from(JSON.stringify({ ...payload, ...claims })).toString('base64url');
	const signature = createHmac('sha256', secret).update(`${head}.${fresh}`).digest('base64url');
	return `${head}.${fresh}.${signature}`;
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLiveKit, type LiveKit } from './livekit.ts';
import { ENDPOINTS } from './token-endpoints.ts';
import { TOKENS, type TokenKind } from './tokens.ts';

let livekit: LiveKit;
beforeAll(async () => {
	livekit = await startLiveKit({ agent: false, say: console.log });
});
afterAll(() => livekit.close());

const ask = (name?: string, body: object = {}, query = {}): Promise<Response> =>
	fetch(livekit.tokenUrl(name, query), { method: 'POST', body: JSON.stringify(body) });
const answer = async (...asked: Parameters<typeof ask>): Promise<Record<string, string>> =>
	(await (await ask(...asked)).json()) as Record<string, string>;
const claims = (token = ''): Record<string, unknown> =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** What the real server says to each: status and a part of its words. */
const VERDICTS: Readonly<Partial<Record<TokenKind, readonly [status: number, words: string]>>> = {
	expired: [401, 'token is expired'],
	'not-yet-valid': [401, 'token is not valid yet'],
	'wrong-secret': [401, 'signature is invalid'],
	'unknown-key': [401, 'invalid API key: APIunknown'],
	'no-join': [401, 'permissions denied'],
	'no-room': [400, 'no room name'],
	malformed: [401, 'invalid authorization token']
};

describe('tokens, judged by the real server', () => {
	test.each(Object.keys(TOKENS) as TokenKind[])('%s', async (kind) => {
		const token = await livekit.mint({ room: 'here', identity: 'ada' }, kind);
		const response = await fetch(`${livekit.url.replace('ws', 'http')}/rtc/validate?access_token=${token}`);
		const [status, words] = VERDICTS[kind] ?? [200, 'success'];
		expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(words)]);
	});
});

describe('the token endpoint', () => {
	test("takes and gives LiveKit's standard form", async () => {
		const { server_url, participant_token, ...rest } = await answer('good', {
			room_name: 'here',
			participant_identity: 'ada',
			participant_name: 'Ada',
			participant_attributes: { desk: '7' },
			room_config: { agents: [{ agent_name: 'support', metadata: '{"ticket":4711}' }] }
		});
		expect(rest).toEqual({});
		expect(server_url).toBe(livekit.url);
		expect(claims(participant_token)).toMatchObject({
			iss: livekit.keys.key,
			sub: 'ada',
			name: 'Ada',
			attributes: { desk: '7' },
			video: { room: 'here', roomJoin: true, canPublish: true },
			roomConfig: { agents: [{ agentName: 'support', metadata: '{"ticket":4711}' }] }
		});
	});

	test('understands camelCase and answers in it', async () => {
		const asked = {
			roomName: 'here',
			participantIdentity: 'ada',
			roomConfig: { agents: [{ agentName: 'support' }] }
		};
		const { serverUrl, participantToken } = await answer('camel', asked);
		expect(serverUrl).toBe(livekit.url);
		expect(claims(participantToken)).toMatchObject({
			sub: 'ada',
			roomConfig: { agents: [{ agentName: 'support' }] }
		});
	});

	test('is asked by GET in the older form', async () => {
		const url = livekit.tokenUrl('connection-details', { room: 'here', identity: 'ada' });
		const details = (await (await fetch(url)).json()) as Record<string, string>;
		expect(details).toMatchObject({ serverUrl: livekit.url, roomName: 'here', participantName: 'ada' });
		expect(claims(details['participantToken'])).toMatchObject({ video: { room: 'here' } });
	});

	test('makes up what is missing', async () => {
		const { sub, video } = claims((await answer())['participant_token']);
		expect(sub).toMatch(/^guest-/);
		expect(video).toMatchObject({ room: expect.stringMatching(/^call-/) as string });
	});

	test('another server has the rooms that do not exist', async () => {
		const { server_url = '', participant_token } = await answer('good', { room_name: 'gone-1' });
		expect(server_url).not.toBe(livekit.url);
		const validate = `${server_url.replace('ws', 'http')}/rtc/validate?access_token=${String(participant_token)}`;
		const response = await fetch(validate);
		expect([response.status, await response.text()]).toEqual([404, 'requested room does not exist']);
	});

	test('a short token is as short as is asked for', async () => {
		const { nbf, exp } = claims((await answer('short', {}, { ttl: '7' }))['participant_token']);
		expect(Number(exp) - Number(nbf)).toBe(7);
	});

	test.each(['401', '403', '404', '429', '500'])('refuses with %s', async (status) => {
		expect((await ask(status)).status).toBe(Number(status));
	});

	test.each(Object.keys(ENDPOINTS))('%s can be read by any origin', async (name) => {
		const response = await ask(name, {}, { ms: '1' });
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
	});

	test('there is no other one', async () => {
		expect((await ask('nonsense')).status).toBe(404);
		expect((await ask('constructor')).status).toBe(404);
	});
});

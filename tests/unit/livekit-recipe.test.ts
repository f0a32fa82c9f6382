import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer } from '#lib/config/token-answer.ts';
import { fillRequest, type TokenRequest } from '#lib/config/token-request.ts';
import { parseConfig } from '#lib/config/parse-config.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import { readLines } from '#lib/lines/index.ts';
import { QUIET_MS, SILENT_MS, STUCK_MS, WITHOUT_AUDIO_MS } from '#lib/lines/livekit/agent.ts';
import type { LivekitSettings } from '#lib/lines/livekit/meta.ts';
import { roomName } from '#lib/lines/livekit/room-name.ts';
import { judgeLivekitToken, permitOf } from '#lib/lines/livekit/token-claims.ts';

// What the README tells people to copy for LiveKit, run as they would run it, against LiveKit's own library.
const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
const RECIPE = 'docs/token-endpoints/livekit.mjs';
const AGENT = 'docs/agents/echo.mjs';

type Env = Readonly<Record<string, string>>;
interface Recipe {
	createEndpoint(env: Env): Server;
}

const ENV = {
	LIVEKIT_URL: 'wss://my-project.livekit.cloud',
	LIVEKIT_API_KEY: 'APInotreal',
	LIVEKIT_API_SECRET: 'not-a-real-secret-of-at-least-32-bytes',
	PHONE_ORIGINS: 'https://phone.example.com,http://localhost:4173',
	PEOPLE: 'alice:secret-of-alice,bob:secret-of-bob',
	AGENTS: 'echo,support',
	ROOMS: 'standup'
};
const FRESH = 'call-0123456789';

let server: Server;
let url: string;

beforeAll(async () => {
	const { createEndpoint } = (await import(resolve(ROOT, RECIPE))) as Recipe;
	server = createEndpoint(ENV);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
afterAll(() => server.close());

const ask = (
	fields: unknown,
	headers: Record<string, string> = { authorization: 'Bearer secret-of-alice' }
) =>
	fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof fields === 'string' ? fields : JSON.stringify(fields)
	});
const claimsOf = async (answer: Response) => {
	const { participant_token } = (await answer.json()) as { participant_token: string };
	return new TokenVerifier(ENV.LIVEKIT_API_KEY, ENV.LIVEKIT_API_SECRET).verify(participant_token);
};

/** The LiveKit line of the README. */
function readmeLine(): LivekitSettings {
	const blocks = [...README.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block = '']) => block);
	const entries = blocks.flatMap((block) => readLines(parseConfig(JSON.parse(block)).config.lines).lines);
	const found = entries.find(({ kind }) => kind === 'livekit');
	if (!found) throw new Error('the README has no line of kind livekit');
	return found.settings as LivekitSettings;
}

describe('the LiveKit token endpoint of the README', () => {
	it('is the file that the README names, with every setting it needs', () => {
		expect(README).toContain(RECIPE);
		expect(README).toContain(AGENT);
		const source = readFileSync(resolve(ROOT, RECIPE), 'utf8');
		const used = new Set([...source.matchAll(/\benv\.([A-Z_]+)/g)].map((match) => match[1]));
		used.delete('PORT');
		expect([...used].sort()).toEqual(Object.keys(ENV).sort());
		const explained = [...source.matchAll(/^\/\/ {3}([A-Z_]+)=/gm)].map((match) => match[1]);
		expect(explained.sort()).toEqual(Object.keys(ENV).sort());
	});

	it("answers what the README's line asks, and the phone takes it", async () => {
		const { id, token: settings, agent, room: template, identity } = readmeLine();
		expect(settings.auth).toBe('bearer');
		const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
		const room = roomName(template, { identity: identity ?? '', now: Date.now(), random });
		const wanted: TokenRequest = {
			kind: 'livekit',
			line: id,
			room,
			...(agent.name === undefined ? {} : { agentName: agent.name })
		};
		const filled = fillRequest(settings, wanted, 'https://phone.example.com/');
		if (!filled.ok) throw filled.error;
		const answer = await ask(filled.value.body);
		expect(answer.status).toBe(201);
		const read = readAnswer(await answer.text(), 'livekit', settings.response, {});
		if (!read.ok) throw read.error;
		expect(read.value.serverUrl).toBe(ENV.LIVEKIT_URL);
		const claims = decodeClaims(read.value.secret.reveal());
		expect(judgeLivekitToken(claims, Date.now())).toBeUndefined();
		expect(permitOf(claims)).toEqual({
			identity: 'alice',
			room,
			maySpeak: true,
			mayWrite: true,
			agents: ['echo']
		});
	});

	it("is for LiveKit's own library a token of ten minutes, for one room and the microphone", async () => {
		const claims = await claimsOf(await ask({ room_name: FRESH }));
		expect(claims).toMatchObject({ iss: ENV.LIVEKIT_API_KEY, sub: 'alice', name: 'alice' });
		expect(Number(claims.exp) - Number(claims.nbf)).toBe(600);
		expect(claims.video).toEqual({
			roomJoin: true,
			room: FRESH,
			canSubscribe: true,
			canPublish: true,
			canPublishSources: ['microphone'],
			canPublishData: true
		});
		expect(claims.roomConfig).toBeUndefined();
	});

	it('takes the name from the sign-in, never from the body', async () => {
		const asked = { room_name: FRESH, participant_identity: 'alice', participant_name: 'Alice' };
		const claims = await claimsOf(await ask(asked, { authorization: 'Bearer secret-of-bob' }));
		expect(claims).toMatchObject({ sub: 'bob', name: 'bob' });
	});

	it.each([undefined, 'Bearer wrong', 'Bearer ', 'Basic secret-of-alice'])(
		'refuses %s',
		async (authorization) => {
			const answer = await ask({ room_name: FRESH }, authorization === undefined ? {} : { authorization });
			expect(answer.status).toBe(401);
			expect(await answer.text()).not.toContain('eyJ');
		}
	);

	it.each([FRESH, 'standup'])('lets into the room %s', async (room) => {
		expect((await claimsOf(await ask({ room_name: room }))).video).toMatchObject({ room });
	});

	it.each([
		['one of nobody', 'boardroom'],
		['one that is named like a new one', 'call-me'],
		['a longer one', `${FRESH}-beside`],
		['one of another case', 'Standup'],
		['none', undefined],
		['an empty one', ''],
		['no text', 7],
		['a list', ['standup']]
	])('refuses a room: %s', async (_what, room) => {
		const answer = await ask({ room_name: room });
		expect(answer.status).toBe(400);
		expect(await answer.text()).not.toContain('eyJ');
	});

	it.each(['', 'null', '[]', '{', '"room"'])('refuses a body: %s', async (body) => {
		expect((await ask(body)).status).toBe(400);
	});

	it('invites the agents of its list with what they are told, and configures nothing else', async () => {
		const room_config = {
			agents: [
				{ agent_name: 'support', metadata: '{"ticket":4711}' },
				{ agent_name: 'someone-else' },
				{ agent_name: '' },
				null
			],
			max_participants: 1,
			egress: { room: { file_outputs: [{ filepath: 'all-of-it.mp4' }] } }
		};
		const { roomConfig } = await claimsOf(await ask({ room_name: FRESH, room_config }));
		expect(roomConfig?.agents).toMatchObject([{ agentName: 'support', metadata: '{"ticket":4711}' }]);
		expect(roomConfig?.agents).toHaveLength(1);
		expect(roomConfig?.maxParticipants).toBe(0);
		expect(roomConfig?.egress).toBeUndefined();
	});

	it('lets the pages of its list read the answer, after the browser has asked, and no other page', async () => {
		const authorization = 'Bearer secret-of-alice';
		for (const origin of ENV.PHONE_ORIGINS.split(',')) {
			const asked = await fetch(url, { method: 'OPTIONS', headers: { origin } });
			expect(asked.status).toBe(204);
			expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
			for (const answer of [asked, await ask({ room_name: FRESH }, { authorization, origin })]) {
				expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
				expect(answer.headers.get('vary')).toBe('origin');
			}
		}
		const stranger = await ask({ room_name: FRESH }, { authorization, origin: 'https://evil.example.com' });
		expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
	});
});

describe('docs/livekit.md', () => {
	const page = readFileSync(resolve(ROOT, 'docs/livekit.md'), 'utf8');

	it.each([
		['neither has a voice nor says that it is ready', WITHOUT_AUDIO_MS],
		['should answer, has a voice, and was never heard', SILENT_MS],
		['says that it is thinking', STUCK_MS],
		['says that it is speaking, and is not heard', QUIET_MS],
		['has not come, and nobody else is here', 1000 * (readmeLine().agent.joinWithinSeconds ?? Number.NaN)]
	])('tells the time of the watchdog: %s', (what, ms) => {
		const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(what));
		expect(row?.split('|')[2]?.trim()).toMatch(new RegExp(`^${ms / 1000} s`));
	});
});

import { createHmac } from 'node:crypto';
import { TokenVerifier } from 'livekit-server-sdk';
import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { decodeClaims } from '#lib/core/jwt.ts';
import { judgeLivekitToken, permitOf } from '#lib/lines/livekit/token-claims.ts';
import { canDialOut, canReceive, judgeTwilioToken } from '#lib/lines/twilio/token-claims.ts';
import { FILES, isLiveKit, LIVEKIT_SETTINGS, TWILIO_SETTINGS } from '../../token-endpoints/recipes.ts';
import { SESSIONS } from '../../token-endpoints/sign-in.ts';
import { ask, ORIGIN, ownerOf, ROOM, tokenOf, useRecipe } from './asking.ts';

// What the recipes hand out, held against the vendors' own libraries.

const parts = (token: string) =>
	token
		.split('.')
		.slice(0, 2)
		.map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);

describe.each(FILES.filter((file) => !isLiveKit(file)))('a token of %s', (file) => {
	const recipe = useRecipe(file);
	const {
		TWILIO_ACCOUNT_SID: account = '',
		TWILIO_API_KEY: key = '',
		TWILIO_API_SECRET: secret = '',
		TWIML_APP_SID: app = ''
	} = TWILIO_SETTINGS;

	it("is what Twilio's library makes: for an hour, for calls both ways", async () => {
		const { AccessToken } = twilio.jwt;
		const official = new AccessToken(account, key, secret, { identity: 'alice', ttl: 3600 });
		official.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: app, incomingAllow: true }));
		const answer = await ask(recipe());
		expect(answer.status).toBe(200);
		const said = (await answer.clone().json()) as object;
		expect(Object.keys(said)).toEqual(['token', 'identity']);
		expect(said).toMatchObject({ identity: 'alice' });
		expect(parts(await tokenOf(answer))).toEqual(parts(official.toJwt()));
	});

	it('is signed with the secret of the API key', async () => {
		const [header, payload, signature] = (await tokenOf(await ask(recipe()))).split('.');
		const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
		expect(signature).toBe(expected);
	});

	it('is good for the phone', async () => {
		const claims = decodeClaims(await tokenOf(await ask(recipe())));
		expect(judgeTwilioToken(claims, Date.now())).toBeUndefined();
		if (!claims.ok) throw new Error(claims.error);
		expect([canDialOut(claims.value), canReceive(claims.value)]).toEqual([true, true]);
	});
});

describe.each(FILES.filter(isLiveKit))('a token of %s', (file) => {
	const recipe = useRecipe(file);
	const { LIVEKIT_API_KEY: key = '', LIVEKIT_API_SECRET: secret = '', LIVEKIT_URL } = LIVEKIT_SETTINGS;
	const claimsOf = async (answer: Response) => new TokenVerifier(key, secret).verify(await tokenOf(answer));

	it("is for LiveKit's library one of ten minutes, for one room and the microphone", async () => {
		const answer = await ask(recipe());
		expect(answer.status).toBe(201);
		const said = (await answer.clone().json()) as object;
		expect(Object.keys(said)).toEqual(['server_url', 'participant_token']);
		expect(said).toMatchObject({ server_url: LIVEKIT_URL });
		const { nbf = 0, exp = 0, ...claims } = await claimsOf(answer);
		expect(exp - nbf).toBe(600);
		expect(nbf * 1000).toBeCloseTo(Date.now(), -4);
		expect(claims).toEqual({
			iss: key,
			sub: 'alice',
			name: 'alice',
			video: {
				roomJoin: true,
				room: ROOM,
				canSubscribe: true,
				canPublish: true,
				canPublishSources: ['microphone'],
				canPublishData: true
			}
		});
	});

	it('leads into a room of the list, too', async () => {
		const { video } = await claimsOf(await ask(recipe(), { body: { room_name: 'standup' } }));
		expect(video?.room).toBe('standup');
	});

	it('invites each agent of the list once, with what it is told, and configures nothing else', async () => {
		const room_config = {
			agents: [
				{ agent_name: 'support', metadata: '{"ticket":4711}' },
				...Array.from({ length: 50 }, () => ({ agent_name: 'support', metadata: 'again' })),
				{ agent_name: 'echo', metadata: { no: 'text' } },
				{ agent_name: 'someone-else' },
				{ agent_name: '' },
				null
			],
			max_participants: 1,
			egress: { room: { file_outputs: [{ filepath: 'all-of-it.mp4' }] } }
		};
		const { roomConfig } = await claimsOf(await ask(recipe(), { body: { room_name: ROOM, room_config } }));
		const invited = roomConfig?.agents.map(({ agentName, metadata }) => [agentName, metadata]);
		expect(invited).toEqual([
			['echo', ''],
			['support', '{"ticket":4711}']
		]);
		expect(roomConfig?.maxParticipants || 0).toBe(0);
		expect(roomConfig?.egress).toBeUndefined();
	});

	it.each([null, 'echo', 7, [], { agents: 'echo' }, { agents: [null, 7, 'echo'] }, { agents: {} }])(
		'invites nobody for %j',
		async (room_config) => {
			const { roomConfig } = await claimsOf(await ask(recipe(), { body: { room_name: ROOM, room_config } }));
			expect(roomConfig).toBeUndefined();
		}
	);

	it('is good for the phone', async () => {
		const claims = decodeClaims(await tokenOf(await ask(recipe())));
		expect(judgeLivekitToken(claims, Date.now())).toBeUndefined();
		expect(permitOf(claims)).toEqual({
			identity: 'alice',
			room: ROOM,
			maySpeak: true,
			mayWrite: true,
			agents: []
		});
	});
});

describe.each(FILES)('%s', (file) => {
	const recipe = useRecipe(file);

	it.each(['alice', 'bob'])('knows %s by the bearer, asked for by name or not', async (as) => {
		expect(ownerOf(await tokenOf(await ask(recipe(), { as })))).toBe(as);
		const name = isLiveKit(file) ? { room_name: ROOM, participant_identity: as } : { identity: as };
		expect(ownerOf(await tokenOf(await ask(recipe(), { as, body: name })))).toBe(as);
	});

	it.each([ORIGIN, 'http://localhost:4173'])('lets the page of %s read it', async (origin) => {
		const answer = await ask(recipe(), { headers: { origin } });
		expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
		expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin');
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
	});

	it('answers the question of the browser beforehand', async () => {
		const headers = {
			'access-control-request-method': 'POST',
			'access-control-request-headers': 'authorization,content-type'
		};
		const answer = await ask(recipe(), { as: null, method: 'OPTIONS', headers });
		expect(answer.status).toBe(204);
		expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(
			/authorization, content-type/
		);
		// Twilio's platform answers for its Functions, and to everybody.
		const isFunctions = file.startsWith('twilio-functions');
		expect(answer.headers.get('access-control-allow-origin')).toBe(isFunctions ? '*' : ORIGIN);
		if (!isFunctions) expect(answer.headers.get('vary')).toBe('origin');
	});

	it('answers programs, which have no origin', async () => {
		const answer = await ask(recipe(), { headers: { origin: undefined } });
		expect(ownerOf(await tokenOf(answer))).toBe('alice');
		expect(answer.headers.get('access-control-allow-origin')).toBeNull();
	});

	it('is not disturbed by what is added to its address against caches', async () => {
		const answer = await fetch(`${recipe().tokenUrl}?_=1789`, {
			method: 'POST',
			headers: { authorization: `Bearer ${recipe().bearerOf('bob')}`, 'content-type': 'application/json' },
			body: JSON.stringify(isLiveKit(file) ? { room_name: ROOM } : {})
		});
		expect(ownerOf(await tokenOf(answer))).toBe('bob');
	});
});

describe.each(FILES.filter((file) => file.startsWith('supabase')))('the sign-in of %s', (file) => {
	const recipe = useRecipe(file);
	const session = (name: string) =>
		SESSIONS.find(({ token }) => Buffer.from(token.split('.')[1] ?? '', 'base64url').includes(`"${name}"`))
			?.token;
	const askWith = (bearer = '') => ask(recipe(), { headers: { authorization: `Bearer ${bearer}` } });

	it('takes the id of a user to whom the server gave no name', async () => {
		expect(ownerOf(await tokenOf(await askWith(session('nameless'))))).toBe('7b1c_11_4a');
	});

	it('does not believe what users write about themselves', async () => {
		expect(ownerOf(await tokenOf(await askWith(session('pretender'))))).toBe('9d_0');
	});

	it('takes no name that is none', async () => {
		const answer = await askWith(session('misnamed'));
		expect([answer.status, await answer.json()]).toEqual([
			403,
			{ error: 'phone_identity of this user is none' }
		]);
	});

	it('takes a secret of PEOPLE from a phone without a sign-in', async () => {
		expect(ownerOf(await tokenOf(await askWith('secret-of-bob')))).toBe('bob');
	});
});

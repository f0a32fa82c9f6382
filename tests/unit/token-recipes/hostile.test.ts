import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	BEARERS,
	FILES,
	isLiveKit,
	LIVEKIT_SETTINGS,
	TWILIO_SETTINGS
} from '../../token-endpoints/recipes.ts';
import { SESSIONS } from '../../token-endpoints/sign-in.ts';
import {
	ask,
	fields,
	newAddress,
	ORIGIN,
	ownerOf,
	passMinute,
	tokenOf,
	useRecipe,
	type Ask
} from './asking.ts';

// The same ill will against every recipe.

const FOREIGN_ORIGINS = [
	'https://evil.example.com',
	'https://phone.example.com.evil.example',
	'https://evil.example/https://phone.example.com',
	'http://phone.example.com',
	'https://phone.example.com:8443',
	'https://PHONE.example.com',
	'https://phone.example.com/',
	'https://phone.example.com, http://localhost:4173',
	'null',
	'*',
	''
];

const FALSE_BEARERS = [
	undefined,
	'',
	'Bearer',
	'Bearer ',
	'Bearer wrong',
	'Bearer secret-of-alice',
	'Bearer secret-of-bobby',
	'Bearer alice:secret-of-bob',
	'Bearer undefined',
	'Bearer __proto__',
	'Basic secret-of-bob',
	'secret-of-bob',
	`Bearer ${'a'.repeat(10_000)}`,
	`Bearer eyJhbGciOiJub25lIn0.${btoa('{"sub":"alice"}').replaceAll('=', '')}.`,
	`Bearer eyJhbGciOiJub25lIn0.${btoa('{"sub":"alice"}').replaceAll('=', '')}.e30`
];

const HOSTILE_IDENTITIES: readonly unknown[] = [
	'bob',
	'',
	'Alice',
	' alice',
	'alice ',
	'alice\r\nX-Injected: yes',
	'alice\u0000',
	'\u0430lice',
	'\u202ealice',
	'al\u00adice',
	'👻',
	'alice,bob',
	'alice:secret',
	'__proto__',
	'../bob',
	'<script>alert(1)</script>',
	'"><Number>+19005550100</Number>',
	'${TWILIO_API_SECRET}',
	'a'.repeat(10_240),
	7,
	true,
	null,
	['alice'],
	{ toString: 'alice' }
];

const SECRETS = [
	...Object.values(BEARERS),
	...SESSIONS.map(({ token }) => token),
	TWILIO_SETTINGS['TWILIO_AUTH_TOKEN'],
	TWILIO_SETTINGS['TWILIO_API_SECRET'],
	LIVEKIT_SETTINGS['LIVEKIT_API_SECRET'],
	'eyJ'
].filter((secret) => secret !== undefined);

const shown = <T>(value: T) => [String(JSON.stringify(value)).slice(0, 40), value] as const;

const logged: string[] = [];
beforeEach(() => {
	logged.length = 0;
	const keep = (...said: unknown[]) => void logged.push(said.map(String).join(' '));
	for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
		vi.spyOn(console, level).mockImplementation(keep);
});
afterEach(() => {
	vi.restoreAllMocks();
	for (const secret of SECRETS) expect(logged.join('\n')).not.toContain(secret);
});

describe.each(FILES)('%s', (file) => {
	const recipe = useRecipe(file);
	const isFunctions = file.startsWith('twilio-functions');

	/** It says no in words for people, gives no token, and tells no secret. */
	async function refused(answer: Response, status: number, words: RegExp): Promise<void> {
		const text = await answer.text();
		expect({ status: answer.status, text }).toMatchObject({
			status,
			text: expect.stringMatching(words) as string
		});
		expect(Object.keys(JSON.parse(text) as object)).toEqual(['error']);
		expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin');
		expect(answer.headers.has('x-injected')).toBe(false);
		for (const secret of SECRETS) expect(text).not.toContain(secret);
	}
	const try_ = (asked: Ask) => ask(recipe(), asked);

	it.each(FOREIGN_ORIGINS)('does nothing for a page of %j', async (origin) => {
		const answer = await try_({ headers: { origin } });
		expect(answer.headers.get('access-control-allow-origin')).toBeNull();
		await refused(answer, 403, /this page/);
	});

	it.each(FALSE_BEARERS.map(shown))('does not know %s', async (_words, authorization) => {
		const answer = await try_({ headers: { authorization } });
		// The phone may read why.
		expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
		await refused(answer, 401, /no bearer|bearer is not known|session is not known/);
	});

	it.each(HOSTILE_IDENTITIES.map(shown))('makes nobody into %s', async (_words, identity) => {
		const answer = await try_({ body: fields(recipe(), identity) });
		await refused(answer, 403, /^\{"error":"you are alice, and the line asks for somebody else"\}$/);
	});

	it('takes no name from anywhere else', async () => {
		const body = {
			...fields(recipe()),
			participant_name: 'bob',
			name: 'bob',
			sub: 'bob',
			user: { id: 'bob' },
			request: { headers: { authorization: `Bearer ${recipe().bearerOf('alice')}` }, identity: 'bob' }
		};
		const plain = JSON.stringify({ ...fields(recipe()) }).replace(/^\{/, '{"__proto__":{"identity":"bob"},');
		const sent = isFunctions ? [plain.replace(',}', '}')] : [body, plain.replace(',}', '}')];
		for (const text of sent) expect(ownerOf(await tokenOf(await try_({ body: text })))).toBe('alice');
	});

	it('believes no headers that come in the body', async () => {
		const headers = { authorization: `Bearer ${recipe().bearerOf('nobody')}`, origin: ORIGIN };
		const answer = await try_({ as: null, body: { ...fields(recipe()), request: { headers } } });
		expect(answer.status).toBeGreaterThanOrEqual(401);
		expect(await answer.text()).not.toContain('eyJ');
		const broken = await try_({ as: null, body: { ...fields(recipe()), request: 7 } });
		expect(broken.status).toBeGreaterThanOrEqual(401);
	});

	it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('takes no %s', async (method) => {
		const answer = await try_({ method });
		expect(answer.headers.get('allow')).toContain('POST');
		if (method === 'HEAD') expect(answer.status).toBe(405);
		else await refused(answer, 405, /send a POST/);
	});

	it.each([17_000, 5_000_000])('reads no body of %i', async (size) => {
		await refused(await try_({ body: { ...fields(recipe()), more: 'x'.repeat(size) } }), 413, /too much/);
	});

	if (!isFunctions)
		it('reads no endless body of an unknown length', async () => {
			const chunk = new TextEncoder().encode(' '.repeat(10_000));
			let left = 50;
			const body = new ReadableStream({
				pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close())
			});
			const init: RequestInit & { duplex: 'half' } = {
				method: 'POST',
				headers: {
					authorization: `Bearer ${recipe().bearerOf('alice')}`,
					'content-type': 'application/json'
				},
				body,
				duplex: 'half'
			};
			await refused(await fetch(recipe().tokenUrl, init), 413, /too much/);
		});

	it.each(['{', 'identity=alice', '{"identity":"alice"}{', '{identity:1}', '<xml/>', '\u0000'])(
		'makes nothing of %j',
		async (body) => {
			const answer = await try_({ body });
			// The Functions' platform reads the JSON itself and refuses it in its own words.
			if (!isFunctions) return refused(answer, 400, /not JSON/);
			expect(answer.status).toBe(400);
			expect(await answer.text()).not.toContain('eyJ');
		}
	);

	it('gives one person thirty tokens a minute, and others theirs', async () => {
		const asking = (as: string) => try_({ as, address: newAddress() });
		for (let count = 0; count < 30; count++) expect((await asking('carol')).ok).toBe(true);
		const late = await asking('carol');
		expect(late.headers.get('retry-after')).toBe('60');
		expect(late.headers.get('access-control-expose-headers')).toMatch(/retry-after/i);
		await refused(late, 429, /too many requests/);
		expect((await asking('bob')).ok).toBe(true);
		passMinute();
		expect((await asking('carol')).ok).toBe(true);
	});

	if (!isFunctions)
		it('lets nobody guess on: 120 attempts a minute from an address', async () => {
			const address = newAddress();
			const guess = (at: number) => try_({ address, headers: { authorization: `Bearer guess-${at}` } });
			for (let at = 0; at < 120; at++) expect((await guess(at)).status).toBe(401);
			await refused(await guess(120), 429, /too many requests/);
			await refused(await try_({ address }), 429, /too many requests/);
			expect((await try_({ address: newAddress() })).ok).toBe(true);
		});

	if (isLiveKit(file))
		it('lets nobody into a room that is not theirs', async () => {
			const rooms = [
				'',
				'boardroom',
				'Standup',
				'standup ',
				'call-1',
				`${'call-0123456789'}x`,
				'call-012345678\n',
				'CALL-0123456789',
				'../standup',
				'a'.repeat(10_000),
				7,
				null,
				['standup'],
				{ room: 'standup' },
				'__proto__'
			];
			for (const room_name of rooms) await refused(await try_({ body: { room_name } }), 400, /this room/);
		});

	// The Functions' platform reads the JSON before the function is asked.
	if (!isFunctions)
		it('fails without a word about its inside', async () => {
			const broken = vi.spyOn(JSON, 'parse').mockImplementation(() => {
				throw new Error('secret-of-bob at /srv/token.js:1');
			});
			const answer = await try_({});
			broken.mockRestore();
			await refused(answer, 500, /^\{"error":"the token server has failed"\}$/);
		});
});

import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import twilioLibrary from 'twilio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '#lib/config/parse-config.ts';
import { readLines } from '#lib/lines/index.ts';
import { canDialOut, canReceive, judgeTwilioToken } from '#lib/lines/twilio/token-claims.ts';

// What the README tells people to copy, run as they would run it, against Twilio's own library.
const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
const RECIPE = 'docs/token-endpoints/twilio.mjs';

type Env = Readonly<Record<string, string>>;
interface Recipe {
	voice(params: Readonly<Record<string, string>>, env: Env): string;
	createEndpoints(env: Env): Server;
}

const ENV = {
	TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
	TWILIO_AUTH_TOKEN: 'not-a-real-auth-token',
	TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
	TWILIO_API_SECRET: 'not-a-real-api-secret',
	TWIML_APP_SID: `AP${'0'.repeat(32)}`,
	PUBLIC_URL: 'https://phone-server.example.com',
	PHONE_ORIGIN: 'https://phone.example.com',
	PEOPLE: 'alice:secret-of-alice,bob:secret-of-bob',
	CALLER_IDS: '+15550100,+15550101',
	ALLOWED_PREFIXES: '+1,+34',
	ANSWERED_BY: 'alice'
};

let recipe: Recipe;
let server: Server;
let url: string;

beforeAll(async () => {
	recipe = (await import(resolve(ROOT, RECIPE))) as Recipe;
	server = recipe.createEndpoints(ENV);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const payloadOf = (token: string) =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

const askToken = (authorization?: string, body = '{}') =>
	fetch(`${url}/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
		body
	});

describe('the token endpoint of the README', () => {
	it('is the file that the README names, with every setting it needs', () => {
		expect(README).toContain(RECIPE);
		const source = readFileSync(resolve(ROOT, RECIPE), 'utf8');
		const used = new Set([...source.matchAll(/\benv\.([A-Z_]+)/g)].map((match) => match[1]));
		used.delete('PORT');
		expect([...used].sort()).toEqual(Object.keys(ENV).sort());
		const explained = [...source.matchAll(/^\/\/ {3}([A-Z_]+)=/gm)].map((match) => match[1]);
		expect(explained.sort()).toEqual(Object.keys(ENV).sort());
	});

	it('mints a token that the phone takes, for calls both ways', async () => {
		const answer = await askToken('Bearer secret-of-alice');
		expect(answer.status).toBe(200);
		const { token } = (await answer.json()) as { token: string };
		const claims = { header: {}, payload: payloadOf(token) };
		expect(judgeTwilioToken({ ok: true, value: claims }, Date.now())).toBeUndefined();
		expect(canDialOut(claims)).toBe(true);
		expect(canReceive(claims)).toBe(true);
		expect(claims.payload['grants']).toMatchObject({
			identity: 'alice',
			voice: { outgoing: { application_sid: ENV.TWIML_APP_SID }, incoming: { allow: true } }
		});
	});

	it('takes the name from the sign-in, never from the body', async () => {
		const answer = await askToken('Bearer secret-of-bob', '{"identity":"alice"}');
		expect(await answer.json()).toMatchObject({ identity: 'bob' });
	});

	it.each([undefined, 'Bearer wrong', 'Bearer ', 'Basic secret-of-alice'])(
		'refuses %s',
		async (authorization) => {
			const answer = await askToken(authorization);
			expect(answer.status).toBe(401);
			expect(await answer.text()).not.toContain('eyJ');
		}
	);

	it('lets the phone of its own origin read the answer, after the browser has asked', async () => {
		const asked = await fetch(`${url}/token`, { method: 'OPTIONS' });
		expect(asked.status).toBe(204);
		for (const answer of [asked, await askToken('Bearer secret-of-alice')])
			expect(answer.headers.get('access-control-allow-origin')).toBe(ENV.PHONE_ORIGIN);
		expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
	});
});

describe('the voice URL of the README', () => {
	const said = (params: Readonly<Record<string, string>>) =>
		recipe.voice(params, ENV).replace('<?xml version="1.0" encoding="UTF-8"?>', '');
	const REJECTED = '<Response><Reject/></Response>';
	const from = (To: string, more = {}) => said({ From: 'client:alice', To, ...more });

	it.each([
		['+15550123', '<Dial answerOnBridge="true" callerId="+15550100"><Number>+15550123</Number></Dial>'],
		['+34600000000', '<Dial answerOnBridge="true" callerId="+15550100"><Number>+34600000000</Number></Dial>'],
		['client:bob', '<Dial answerOnBridge="true"><Client>bob</Client></Dial>']
	])('dials %s', (to, twiml) => {
		expect(from(to)).toBe(`<Response>${twiml}</Response>`);
	});

	it.each([
		['a number that is not allowed', '+882161234567'],
		['nothing', ''],
		['a word', 'pizza'],
		['a number without its country', '5550123'],
		['two numbers', '+15550123,+15550124'],
		['markup', '+15550123</Number><Number>+882161234567'],
		['markup as a client', 'client:</Client><Number>+15550123'],
		['an empty client', 'client:'],
		['a sip address', 'sip:someone@example.com']
	])('refuses %s', (_what, to) => {
		expect(from(to)).toBe(REJECTED);
	});

	it('shows a caller id of the list, and the first one instead of a foreign one', () => {
		expect(from('+15550123', { CallerId: '+15550101' })).toContain('callerId="+15550101"');
		expect(from('+15550123', { CallerId: '+15559999' })).toContain('callerId="+15550100"');
	});

	it('rings the phone for a call to an own number, and sends nobody else out', () => {
		expect(said({ From: '+15557777', To: '+15550100' })).toBe(
			'<Response><Dial><Client>alice</Client></Dial></Response>'
		);
		expect(said({ From: '+15557777', To: '+15550123' })).toBe(REJECTED);
		expect(said({ From: '+15557777', To: 'client:bob' })).toBe(REJECTED);
	});

	const call = { From: 'client:alice', To: 'client:bob' };
	const askVoice = (signature: string) =>
		fetch(`${url}/voice`, {
			method: 'POST',
			headers: { 'x-twilio-signature': signature },
			body: new URLSearchParams(call)
		});

	it("answers what carries Twilio's signature, and nothing else", async () => {
		const signature = twilioLibrary.getExpectedTwilioSignature(
			ENV.TWILIO_AUTH_TOKEN,
			`${ENV.PUBLIC_URL}/voice`,
			call
		);
		const genuine = await askVoice(signature);
		expect(genuine.status).toBe(200);
		expect(genuine.headers.get('content-type')).toBe('text/xml');
		expect(await genuine.text()).toContain('<Client>bob</Client>');
		expect((await askVoice('AAAA')).status).toBe(403);
	});
});

describe('config.json of the README', () => {
	const blocks = [...README.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

	const kindsOf = (block: string) =>
		readLines(parseConfig(JSON.parse(block)).config.lines).lines.map(({ kind }) => kind);

	it('is there for every vendor', () => expect(blocks.flatMap(kindsOf)).toEqual(['twilio', 'livekit']));

	it.each(blocks)('is in order: %s', (block) => {
		const { config, problems } = parseConfig(JSON.parse(block));
		expect(problems).toEqual([]);
		expect(readLines(config.lines).problems).toEqual([]);
	});
});

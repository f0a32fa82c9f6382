import { describe, expect, test } from 'vitest';
import { readAnswer } from './token-answer.ts';
import { refusalError } from './token-refusal.ts';
import type { TokenSettings } from './token-settings.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${part({ alg: 'HS256' })}.${part({ exp: 1 })}.c2ln`;

function read(
	body: unknown,
	kind: 'twilio' | 'livekit' = 'twilio',
	response: TokenSettings['response'] = {}
) {
	return readAnswer(typeof body === 'string' ? body : JSON.stringify(body), kind, response, {
		origin: 'https://t.example'
	});
}

describe('a token is found', () => {
	test.each([
		['token', { token: jwt }, 'twilio', {}],
		['accessToken', { accessToken: jwt }, 'twilio', {}],
		['jwt', { jwt }, 'twilio', {}],
		['bare', jwt, 'twilio', {}],
		['bare, with a line end', `${jwt}\r\n`, 'twilio', {}],
		['bare, as a JSON text', JSON.stringify(jwt), 'twilio', {}],
		['not the first key, but the JWT', { token: 'csrf', jwt }, 'twilio', {}],
		['participant_token', { participant_token: jwt, server_url: 'wss://x' }, 'livekit', {}],
		['participantToken', { participantToken: jwt, serverUrl: 'wss://x' }, 'livekit', {}],
		['LiveKit token', { token: jwt }, 'livekit', {}],
		['LiveKit accessToken', { accessToken: jwt }, 'livekit', {}],
		['a path', { data: { voice: { t: jwt } } }, 'twilio', { token: 'data.voice.t' }],
		['a path with an index', { tokens: [{ t: jwt }] }, 'twilio', { token: 'tokens.0.t' }],
		['twice: the last counts', `{"token":"first","token":"${jwt}"}`, 'twilio', {}]
	] as const)('%s', (_, body, kind, response) => {
		const answer = read(body, kind, response);
		expect(answer.ok && answer.value.secret.reveal()).toBe(jwt);
	});

	test('a text that is no JWT is handed on: whose fault that is, others say', () => {
		const answer = read({ token: 'garbage' });
		expect(answer.ok && answer.value.secret.reveal()).toBe('garbage');
	});

	test('with what came beside it', () => {
		expect(read({ token: jwt, identity: 'alice', serverUrl: 'wss://x' })).toMatchObject({
			value: { identity: 'alice' }
		});
		expect(read({ token: jwt, identity: 'alice', serverUrl: 'wss://x' })).not.toHaveProperty(
			'value.serverUrl'
		);
		expect(read({ token: jwt, server_url: 'wss://x', identity: 5 }, 'livekit')).toMatchObject({
			value: { serverUrl: 'wss://x' }
		});
		expect(
			read({ t: jwt, u: { s: 'wss://y' }, who: 'bob' }, 'livekit', {
				token: 't',
				serverUrl: 'u.s',
				identity: 'who'
			})
		).toMatchObject({
			value: { serverUrl: 'wss://y', identity: 'bob' }
		});
	});
});

describe('a token is missing', () => {
	test.each([
		['nothing', '', 'token-endpoint.token-missing', { found: 'nothing' }],
		['blanks', ' \n', 'token-endpoint.token-missing', { found: 'nothing' }],
		['an empty token', { token: '' }, 'token-endpoint.token-missing', { found: 'empty' }],
		['a number', { token: 5 }, 'token-endpoint.token-missing', { found: 'number' }],
		['null', { token: null }, 'token-endpoint.token-missing', { found: 'null' }],
		['no key', { ok: true }, 'token-endpoint.token-missing', { found: 'nothing' }],
		['a list', [], 'token-endpoint.token-missing', { found: 'nothing' }],
		['JSON null', 'null', 'token-endpoint.token-missing', { found: 'nothing' }],
		['a prototype key', { x: 1 }, 'token-endpoint.token-missing', { found: 'nothing' }],
		['its reason', { error: 'No such user' }, 'token-endpoint.token-missing', { said: 'No such user' }],
		['elsewhere', { data: { jwt } }, 'token-endpoint.token-elsewhere', { path: 'data.jwt' }],
		[
			'elsewhere, nearest first',
			{ data: { deep: { a: jwt } }, access_token: jwt },
			'token-endpoint.token-elsewhere',
			{ path: 'access_token' }
		],
		[
			'elsewhere in a list',
			{ tokens: [{ value: jwt }] },
			'token-endpoint.token-elsewhere',
			{ path: 'tokens[0].value' }
		],
		[
			'token is an object',
			{ token: { token: jwt } },
			'token-endpoint.token-elsewhere',
			{ path: 'token.token' }
		],
		['a page', '<!DOCTYPE html><html></html>', 'token-endpoint.not-json', { found: 'html' }],
		['text', 'OK', 'token-endpoint.not-json', { found: 'text' }],
		['broken JSON', '{"token":', 'token-endpoint.not-json', { found: 'text' }],
		['UTF-16', '{\u0000"\u0000', 'token-endpoint.not-json', { found: 'utf-16' }]
	] as const)('%s', (_, body, fault, facts) => {
		const answer = read(body);
		expect(!answer.ok && answer.error.toJSON()).toMatchObject({
			fault,
			facts: { origin: 'https://t.example', ...facts }
		});
	});

	test('an own path that leads nowhere', () => {
		const answer = read({ token: jwt }, 'twilio', { token: 'data.token' });
		expect(!answer.ok && answer.error.toJSON()).toMatchObject({
			fault: 'token-endpoint.token-elsewhere',
			facts: { path: 'token' }
		});
	});

	test('own paths do not reach prototypes', () => {
		const answer = read({}, 'twilio', { token: 'constructor.name' });
		expect(!answer.ok && answer.error.fault).toBe('token-endpoint.token-missing');
	});

	test('a JWT deeper than eight levels is not looked for', () => {
		let deep: unknown = jwt;
		for (let level = 0; level < 9; level += 1) deep = { deep };
		expect(read(deep)).toMatchObject({ error: { fault: 'token-endpoint.token-missing' } });
	});
});

describe('a refusal', () => {
	const settings: TokenSettings = {
		url: '/t',
		method: 'POST',
		auth: 'none',
		headers: {},
		style: 'snake',
		response: {}
	};
	const refuse = (status: number, text = '', more = {}) =>
		refusalError({ status, text, ...more }, settings, {}, 1_000_000).toJSON();

	test.each([
		[0, '', 'token-endpoint.redirected'],
		[302, '', 'token-endpoint.redirected'],
		[400, '', 'token-endpoint.refused'],
		[401, '', 'token-endpoint.unauthorized'],
		[403, '', 'token-endpoint.unauthorized'],
		[404, '', 'token-endpoint.not-found'],
		[405, '', 'token-endpoint.method-not-allowed'],
		[410, '', 'token-endpoint.not-found'],
		[418, '', 'token-endpoint.refused'],
		[429, '', 'token-endpoint.rate-limited'],
		[500, '', 'token-endpoint.server-error'],
		[503, '<h1>Service unavailable</h1>', 'token-endpoint.server-error'],
		[500, '{"error":"LIVEKIT_API_KEY is not set"}', 'token-endpoint.keys-missing'],
		[500, 'Error: accountSid is required', 'token-endpoint.keys-missing'],
		[500, 'Error: secret is required', 'token-endpoint.keys-missing'],
		[502, 'TWILIO_ACCOUNT_SID undefined', 'token-endpoint.keys-missing'],
		[400, '{"error":"LIVEKIT_API_KEY is not set"}', 'token-endpoint.refused']
	])('%i %s: %s', (status, text, fault) => {
		expect(refuse(status, text)).toMatchObject({ fault, vendorCode: status, facts: { status } });
	});

	test.each([
		['{"error":"no"}', 'no'],
		['{"error":{"message":"no"}}', 'no'],
		['{"message":"no"}', 'no'],
		['{"errors":[{"message":"no"}]}', 'no'],
		['"no"', 'no'],
		['no  such\n thing', 'no such thing'],
		['<html>no</html>', undefined],
		['{"code":5}', undefined],
		['', undefined],
		[JSON.stringify({ error: 'x'.repeat(500) }), `${'x'.repeat(199)}…`],
		[JSON.stringify({ error: '<img src=x onerror=alert(1)>' }), '<img src=x onerror=alert(1)>']
	])('%j says %j', (text, said) => {
		expect(refuse(400, text).facts['said']).toBe(said);
	});

	test('a token in its words is not passed on', () => {
		expect(JSON.stringify(refuse(400, JSON.stringify({ error: `bad token ${jwt}` })))).not.toContain(
			jwt.slice(0, 30)
		);
	});

	test.each([
		['7', 7],
		['Thu, 01 Jan 1970 00:16:50 GMT', 10],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
		['999999999', 86_400],
		['soon', undefined],
		[undefined, undefined]
	])('Retry-After: %s', (retryAfter, seconds) => {
		expect(refuse(429, '', { retryAfter }).facts['retryAfterSeconds']).toBe(seconds);
	});

	test('405 tells the methods', () => {
		expect(refuse(405, '', { allow: 'GET, HEAD' }).facts).toMatchObject({
			method: 'POST',
			allow: 'GET, HEAD'
		});
	});
});

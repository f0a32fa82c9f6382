import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { tokenBlock } from './token-block.ts';
import { fillRequest, type FilledRequest, type TokenRequest } from './token-request.ts';

const twilio: TokenRequest = { kind: 'twilio', line: 'desk', identity: 'alice' };
const livekit: TokenRequest = {
	kind: 'livekit',
	line: 'agent',
	identity: 'alice',
	room: 'call-1',
	agentName: 'support'
};
const nobody: TokenRequest = { kind: 'twilio', line: 'desk' };

function filled(block: object, request: TokenRequest, page = 'https://phone.example/app/'): FilledRequest {
	const settings = check(tokenBlock, { url: 'https://tokens.example/t', ...block }, 'token');
	if (!settings.ok) throw new Error(JSON.stringify(settings.error));
	const result = fillRequest(settings.value, request, page);
	if (!result.ok) throw result.error;
	return result.value;
}

describe('what an endpoint is asked', () => {
	test.each([
		['Twilio', {}, twilio, { identity: 'alice' }],
		['Twilio without identity', {}, nobody, {}],
		[
			'LiveKit',
			{},
			livekit,
			{
				room_name: 'call-1',
				participant_identity: 'alice',
				participant_name: 'alice',
				room_config: { agents: [{ agent_name: 'support' }] }
			}
		],
		[
			'LiveKit, with what the agent should know',
			{},
			{ ...livekit, agentMetadata: '{"lang":"en"}' },
			{
				room_name: 'call-1',
				participant_identity: 'alice',
				participant_name: 'alice',
				room_config: { agents: [{ agent_name: 'support', metadata: '{"lang":"en"}' }] }
			}
		],
		[
			'LiveKit, metadata for nobody',
			{ style: 'camel' },
			{ kind: 'livekit' as const, line: 'agent', room: 'r', agentMetadata: '{}' },
			{ roomName: 'r' }
		],
		[
			'LiveKit, camel',
			{ style: 'camel' },
			livekit,
			{
				roomName: 'call-1',
				participantIdentity: 'alice',
				participantName: 'alice',
				roomConfig: { agents: [{ agentName: 'support' }] }
			}
		],
		[
			'an own body',
			{
				body: {
					user: '{identity}',
					n: 1,
					list: ['{line}', '{room}'],
					deep: { agent: '{agentName}', ok: true, no: null }
				}
			},
			twilio,
			{ user: 'alice', n: 1, list: ['desk'], deep: { ok: true, no: null } }
		],
		[
			'an unset one drops its key',
			{ body: { user: 'x-{identity}', line: '{line}' } },
			nobody,
			{ line: 'desk' }
		],
		[
			'no template of ours',
			{ body: { a: '{name}', b: '{ identity }' } },
			twilio,
			{ a: '{name}', b: '{ identity }' }
		]
	])('POST: %s', (_, block, request, body) => {
		const { method, headers, body: text, url } = filled(block, request);
		expect(method).toBe('POST');
		expect(headers['content-type']).toBe('application/json');
		expect(url.href).toBe('https://tokens.example/t');
		expect(JSON.parse(text ?? '')).toEqual(body);
	});

	test.each([
		['Twilio', {}, twilio, '?identity=alice'],
		['Twilio without identity', {}, nobody, ''],
		[
			'an own query',
			{ query: { user: '{identity}', l: '{line}', r: '{room}' } },
			twilio,
			'?user=alice&l=desk'
		],
		[
			'percent-encoded',
			{ query: { 'a b': '{identity}&x=é +%' } },
			{ ...twilio, identity: 'a=b c' },
			'?a%20b=a%3Db%20c%26x%3D%C3%A9%20%2B%25'
		],
		['a query that is there already', { url: 'https://tokens.example/t?x=1' }, twilio, '?x=1&identity=alice']
	])('GET: %s', (_, block, request, search) => {
		const { method, url, body, headers } = filled({ method: 'GET', ...block }, request);
		expect(method).toBe('GET');
		expect(url.search).toBe(search);
		expect(body).toBeUndefined();
		expect(headers).not.toHaveProperty('content-type');
	});

	test('an own query replaces the fields of a POST', () => {
		const { url, body } = filled({ query: { user: '{identity}' } }, twilio);
		expect(url.search).toBe('?user=alice');
		expect(body).toBeUndefined();
	});

	test('own headers go along', () => {
		expect(filled({ headers: { apikey: 'anon', Accept: 'x/y' } }, twilio).headers).toMatchObject({
			apikey: 'anon',
			accept: 'x/y'
		});
	});

	test('a value is never filled a second time', () => {
		const { body } = filled({ body: { user: '{identity}' } }, { ...twilio, identity: '{line}' });
		expect(JSON.parse(body ?? '')).toEqual({ user: '{line}' });
	});

	test('whatever the values are, JSON and query stay what they were', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (identity, room) => {
				const request = { ...twilio, identity, room };
				const { body } = filled({ body: { a: '{identity}', b: 'x{room}y' } }, request);
				expect(JSON.parse(body ?? '')).toEqual({ a: identity, b: `x${room}y` });
				const { url } = filled({ method: 'GET', query: { a: '{identity}' } }, request);
				expect([...url.searchParams]).toEqual([['a', identity]]);
			})
		);
	});

	test.each([
		['./token', 'https://phone.example/app/', 'https://phone.example/app/token'],
		['/api/token', 'http://localhost:4173/app/', 'http://localhost:4173/api/token'],
		['http://127.0.0.1:9/t', 'https://phone.example/', 'http://127.0.0.1:9/t']
	])('%s on %s', (url, page, href) => {
		expect(filled({ url }, nobody, page).url.href).toBe(href);
	});

	test('a page without encryption gets nothing to send to itself', () => {
		expect(() => filled({ url: './token' }, twilio, 'http://phone.example/')).toThrow(
			'token-endpoint.insecure'
		);
	});
});

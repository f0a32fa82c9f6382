import { describe, expect, test } from 'vitest';
import { refusalOf, verdictOf } from './validate.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJleHBpcmVkIjoic2lnbmF0dXJlIn0.c2lnbmF0dXJlLWV4cGlyZWQ';

describe('what a server answers without a token', () => {
	test.each([
		[401, 'permissions denied', undefined],
		[401, 'no permissions to access the room', undefined],
		[400, 'join_request is required', undefined],
		[200, 'success', undefined],
		[200, '<!doctype html><title>App</title>', 'livekit-url.not-livekit'],
		[200, 'OK', 'livekit-url.not-livekit'],
		[401, 'Please log in', 'livekit-url.not-livekit'],
		[403, '<html>Forbidden</html>', 'livekit-url.not-livekit'],
		[404, '', 'livekit-url.not-livekit'],
		[502, '<html>Bad gateway</html>', 'livekit-server.overloaded'],
		[503, 'node has exceeded its configured limit', 'livekit-server.overloaded'],
		[429, '', 'livekit-server.overloaded']
	])('%i %j', (status, body, fault) => {
		expect(verdictOf({ status, body, withToken: false })?.fault).toBe(fault);
	});
});

describe('what a server answers to a token', () => {
	test.each([
		[200, 'success', undefined],
		[
			401,
			`invalid token: ${JWT}, error: token has invalid claims: token is expired`,
			'livekit-token.expired'
		],
		[401, 'validation failed, token is expired (exp)', 'livekit-token.expired'],
		[401, `invalid token: ${JWT}, error: token is not valid yet`, 'livekit-token.not-yet-valid'],
		[401, 'invalid API key: APIxyz', 'livekit-token.unknown-key'],
		[401, `invalid token: ${JWT}, error: signature is invalid`, 'livekit-token.wrong-secret'],
		[401, 'permissions denied', 'livekit-token.no-join-grant'],
		[400, 'no room name', 'livekit-token.no-join-grant'],
		[400, 'identity cannot be empty', 'livekit-token.no-join-grant'],
		[401, 'invalid authorization token', 'livekit-token.malformed'],
		[401, 'whatever', 'livekit-token.malformed'],
		[404, 'requested room does not exist', 'livekit-room.not-found'],
		[404, '404 page not found', 'livekit-url.not-livekit'],
		[500, 'internal', 'livekit-server.overloaded']
	])('%i %j', (status, body, fault) => {
		expect(verdictOf({ status, body, withToken: true })?.fault).toBe(fault);
	});

	test('the token that it quotes is neither read nor told', () => {
		const error = refusalOf(`invalid token: ${JWT}`, 401);
		expect(error.fault).toBe('livekit-token.malformed');
		expect(JSON.stringify(error)).not.toMatch(/eyJ|c2ln/);
	});
});

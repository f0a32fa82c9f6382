import { describe, expect, test } from 'vitest';
import { err, ok } from '#lib/core/result.ts';
import { judgeLivekitToken, permitOf } from './token-claims.ts';

const NOW = 1_000_000;
const good = {
	iss: 'APIkey',
	sub: 'alice',
	exp: NOW + 600,
	nbf: NOW - 10,
	video: { roomJoin: true, room: 'call-1' }
};
const claims = (payload: object) => ok({ header: {}, payload: { ...good, ...payload } });
const judge = (payload: object, expiresAt?: number) =>
	judgeLivekitToken(claims(payload), NOW * 1000, expiresAt)?.fault;

describe('a token is judged before the server is asked', () => {
	test.each([
		['a good one', {}, undefined],
		['without an end', { exp: undefined }, undefined],
		['over, within the leeway of the server', { exp: NOW - 59 }, undefined],
		['over', { exp: NOW - 61 }, 'livekit-token.expired'],
		['in the future, within the leeway', { nbf: NOW + 59 }, undefined],
		['in the future', { nbf: NOW + 61 }, 'livekit-token.not-yet-valid'],
		['no key', { iss: undefined }, 'livekit-token.malformed'],
		['no grant at all', { video: undefined }, 'livekit-token.no-join-grant'],
		['no permission to join', { video: { room: 'call-1' } }, 'livekit-token.no-join-grant'],
		['a permission that is no truth', { video: { roomJoin: 'true' } }, 'livekit-token.no-join-grant']
	])('%s', (_, payload, fault) => {
		expect(judge(payload)).toBe(fault);
	});

	test('what is no token', () => {
		expect(judgeLivekitToken(err('not-a-jwt'), 0)?.fault).toBe('livekit-token.malformed');
	});

	test('by the clock of who made it, where that is known', () => {
		const end = NOW * 1000 + 600_000;
		expect(judge({ exp: NOW - 5_000, nbf: NOW - 6_000 }, end)).toBeUndefined();
		expect(judge({ exp: NOW + 5_000 }, NOW * 1000 - 61_000)).toBe('livekit-token.expired');
	});
});

describe('what a token permits', () => {
	test.each([
		[{}, true],
		[{ canPublish: false }, false],
		[{ canPublishSources: [] }, true],
		[{ canPublishSources: ['camera', 'microphone'] }, true],
		[{ canPublishSources: ['MICROPHONE'] }, true],
		[{ canPublishSources: ['camera'] }, false]
	])('speaking with %j: %s', (grant, maySpeak) => {
		expect(permitOf(claims({ video: { ...good.video, ...grant } })).maySpeak).toBe(maySpeak);
	});

	test('writing, where it leads, and whom it invites', () => {
		const roomConfig = { agents: [{ agentName: 'support', metadata: 'x' }, {}, 7] };
		const permit = permitOf(claims({ roomConfig, video: { ...good.video, canPublishData: false } }));
		expect(permit).toEqual({
			identity: 'alice',
			room: 'call-1',
			maySpeak: true,
			mayWrite: false,
			agents: ['support', '', '']
		});
	});

	test('nothing that can be read forbids nothing', () => {
		expect(permitOf(err('not-json'))).toMatchObject({ maySpeak: true, mayWrite: true, room: '' });
	});
});

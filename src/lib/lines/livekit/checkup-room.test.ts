import { describe, expect, it } from 'vitest';
import { Secret } from '#lib/core/secret.ts';
import type { Claims } from '#lib/diagnostics/types.ts';
import { NOBODY, testRoom, whyNotJoin, type LiveRoom } from './checkup-room.ts';

const part = (value: unknown) => btoa(JSON.stringify(value)).replaceAll('=', '');
const test = testRoom('7f3a');

function token(sub: string | undefined, room: string, agents?: readonly string[]): Secret {
	const config = agents ? { roomConfig: { agents: agents.map((agentName) => ({ agentName })) } } : {};
	const payload = { ...(sub === undefined ? {} : { sub }), video: { roomJoin: true, room }, ...config };
	return new Secret(`${part({ alg: 'HS256' })}.${part(payload)}.c2ln`);
}

const claims = (sub: string): Claims => ({
	length: 9,
	payload: { sub, video: { room: 'call-1' } }
});
const live = (more: Partial<LiveRoom> = {}): LiveRoom => ({
	claims: claims('alice'),
	identity: 'alice',
	agentComesByItself: false,
	...more
});

describe('a token is joined with only where nobody else can be', () => {
	it.each([
		['as it was asked for', token(test.identity, test.room), live(), undefined],
		[
			'an identity that is new each time',
			token('guest-8', test.room),
			live({ claims: claims('guest-7') }),
			undefined
		],
		['a room of the server', token(test.identity, 'lobby'), live(), 'live-room'],
		['no room at all', token(test.identity, ''), live(), 'live-room'],
		['the identity of the line', token('alice', test.room), live(), 'live-identity'],
		[
			'the configured identity',
			token('alice', test.room),
			live({ claims: claims('guest-7') }),
			'live-identity'
		],
		[
			'an identity of which nothing is known',
			token('x', test.room),
			live({ claims: undefined }),
			'live-identity'
		],
		['no identity', token(undefined, test.room), live(), 'live-identity'],
		['an agent of the server', token(test.identity, test.room, ['support']), live(), 'would-wake-agent'],
		['nobody and an agent', token(test.identity, test.room, [NOBODY, 'support']), live(), 'would-wake-agent'],
		['an agent without a name', token(test.identity, test.room, ['']), live(), 'would-wake-agent'],
		[
			'an agent that comes by itself',
			token(test.identity, test.room),
			live({ agentComesByItself: true }),
			'would-wake-agent'
		],
		[
			'an agent that comes by itself, turned away',
			token(test.identity, test.room, [NOBODY]),
			live({ agentComesByItself: true }),
			undefined
		],
		['no token', new Secret('hello'), live(), 'live-room']
	] as const)('%s', (_what, secret, known, expected) => {
		expect(whyNotJoin(secret, test, known)).toBe(expected);
	});
});

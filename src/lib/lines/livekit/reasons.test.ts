import { expect, test } from 'vitest';
import { connectError, departureOf, endingOf, partingOf } from './reasons.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2VjcmV0';

test.each([
	[2, 'over', 'failed', 'livekit-room.duplicate-identity'],
	[4, 'over', 'failed', 'livekit-room.removed'],
	[5, 'over', 'remote-hung-up', 'livekit-room.deleted'],
	[10, 'over', 'remote-hung-up', 'livekit-room.deleted'],
	[3, 'again', undefined, 'livekit-server.shut-down'],
	[undefined, 'again', undefined, 'livekit-signalling.interrupted'],
	[0, 'again', undefined, 'livekit-signalling.interrupted'],
	[6, 'again', undefined, 'livekit-signalling.interrupted'],
	[14, 'again', undefined, 'livekit-signalling.interrupted'],
	[1, 'again', undefined, 'livekit-signalling.interrupted']
])('the SDK left with reason %s: %s', (reason, kind, ends, fault) => {
	expect(partingOf(reason)).toMatchObject({ kind, ...(ends ? { reason: ends } : {}), error: { fault } });
});

const said = 'could not establish signal connection: ';
test.each([
	[{ reason: 0, status: 401, message: `${said}token is expired` }, 'livekit-token.expired'],
	[{ reason: 0, status: 404, message: `${said}requested room does not exist` }, 'livekit-room.not-found'],
	[{ reason: 1, message: `${said}Failed to fetch` }, 'livekit-signalling.unreachable'],
	[{ reason: 1, message: `${said}Unexpected token 'h'` }, 'livekit-url.not-livekit'],
	[{ reason: 2, message: 'could not establish pc connection' }, 'media.not-connected'],
	[{ reason: 2, message: `${said}Websocket got closed` }, 'livekit-signalling.interrupted'],
	[{ reason: 4, message: `${said}Received leave request` }, 'livekit-room.full'],
	[{ reason: 5, message: `${said}room connection has timed out (signal)` }, 'livekit-signalling.unreachable'],
	[
		{ reason: 5, message: `${said}timed out while waiting for the first message` },
		'livekit-signalling.silent'
	],
	[{ reason: 6, message: `${said}WebSocket` }, 'livekit-signalling.upgrade-refused'],
	[new TypeError('Invalid URL'), 'livekit-signalling.unreachable']
])('connect() failed with %j', (failure, fault) => {
	expect(connectError(failure, 'x.example', false).fault).toBe(fault);
});

test('a refused upgrade may be a full room where the room is not new', () => {
	expect(connectError({ reason: 6 }, 'x.example', true).fault).toBe('livekit-room.full');
});

test('no token gets into an error', () => {
	const message = `${said}invalid token: ${JWT}, error: signature is invalid`;
	const error = connectError({ reason: 0, status: 401, message }, 'x.example', false);
	expect(`${JSON.stringify(error)} ${error.message} ${String(error.cause)}`).not.toContain('eyJ');
});

test.each([
	['livekit-room.not-found', 'not-found'],
	['livekit-room.full', 'busy'],
	['livekit-token.expired', 'failed']
] as const)('%s ends a call as %s', (fault, reason) => {
	expect(endingOf({ fault } as Parameters<typeof endingOf>[0])).toBe(reason);
});

test.each([
	[1, 'left'],
	[4, 'left'],
	[5, 'room-closed'],
	[10, 'room-closed'],
	[3, 'server-gone'],
	[12, 'refused'],
	[11, 'unavailable'],
	[14, 'lost'],
	[16, 'lost'],
	[undefined, 'lost']
])('who went with reason %s has %s', (reason, how) => {
	expect(departureOf(reason)).toBe(how);
});

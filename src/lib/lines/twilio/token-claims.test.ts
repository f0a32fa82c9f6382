import { describe, expect, test } from 'vitest';
import { decodeClaims } from '#lib/core/jwt.ts';
import { canDialOut, canReceive, judgeTwilioToken } from './token-claims.ts';

const now = 1_700_000_000;
const hex = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const good = {
	jti: `SK${hex}-${now}`,
	grants: {
		identity: 'alice',
		voice: { incoming: { allow: true }, outgoing: { application_sid: `AP${hex}` } }
	},
	iat: now,
	exp: now + 3600,
	iss: `SK${hex}`,
	sub: `AC${hex}`
};
const claims = (payload: object) => ({ ok: true, value: { header: {}, payload: { ...payload } } }) as const;

describe('a Twilio token, before it is used', () => {
	test.each([
		['all is well', {}, undefined],
		[
			'no outgoing application: not its business',
			{ grants: { identity: 'alice', voice: { incoming: { allow: true } } } },
			undefined
		],
		['an empty voice grant', { grants: { identity: 'alice', voice: {} } }, undefined],
		['a day', { exp: now + 86_400 }, undefined],
		['nbf a little ahead', { nbf: now + 30 }, undefined],
		['no iat', { iat: undefined }, undefined],
		['identity with dots and dashes', { grants: { identity: 'a.b-c@example.com', voice: {} } }, undefined],
		['no exp', { exp: undefined }, 'twilio-token.malformed'],
		['exp as text', { exp: '1700003600' }, 'twilio-token.malformed'],
		['issued by the account', { iss: `AC${hex}` }, 'twilio-token.wrong-issuer'],
		['no issuer', { iss: undefined }, 'twilio-token.wrong-issuer'],
		[
			'a LiveKit token',
			{ iss: 'APIabcdefghij', sub: 'alice', grants: undefined },
			'twilio-token.wrong-issuer'
		],
		['subject is no account', { sub: `SK${hex}` }, 'twilio-token.wrong-issuer'],
		['no grants', { grants: undefined }, 'twilio-token.no-voice-grant'],
		['grants as a list', { grants: [] }, 'twilio-token.no-voice-grant'],
		['a video token', { grants: { identity: 'alice', video: { room: 'a' } } }, 'twilio-token.no-voice-grant'],
		['no identity', { grants: { voice: {} } }, 'twilio-token.bad-identity'],
		['an empty identity', { grants: { identity: '', voice: {} } }, 'twilio-token.bad-identity'],
		['a blank in the identity', { grants: { identity: 'a b@c', voice: {} } }, 'twilio-token.bad-identity'],
		['a long identity', { grants: { identity: 'a'.repeat(122), voice: {} } }, 'twilio-token.bad-identity'],
		['25 hours', { exp: now + 90_000 }, 'twilio-token.lifetime-too-long'],
		['expired', { iat: now - 3600, exp: now - 60 }, 'twilio-token.expired'],
		['expires now', { iat: now - 3600, exp: now }, 'twilio-token.expired'],
		['not yet valid', { nbf: now + 600 }, 'twilio-token.not-yet-valid']
	])('%s', (_, change, fault) => {
		expect(judgeTwilioToken(claims({ ...good, ...change }), now * 1000)?.fault).toBe(fault);
	});

	test.each(['not-a-jwt', 'a.b', 'a.b.c', '', '{"error":"no"}', 'eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.c2ln'])(
		'%j is no token',
		(text) => {
			expect(judgeTwilioToken(decodeClaims(text), now * 1000)?.fault).toBe('twilio-token.malformed');
		}
	);

	test.each([
		['ahead: not expired', 7200, undefined],
		['behind: valid already', -7200, undefined]
	])('on a device whose clock is two hours %s', (_, ahead, fault) => {
		const device = (now + ahead) * 1000;
		const expiresAt = device + 3600 * 1000;
		expect(judgeTwilioToken(claims({ ...good, nbf: now }), device, expiresAt)?.fault).toBe(fault);
	});

	test('expired is expired, by the corrected end too', () => {
		expect(judgeTwilioToken(claims(good), now * 1000, now * 1000 - 1)?.fault).toBe('twilio-token.expired');
	});
});

describe('what a token lets do', () => {
	test.each([
		[{ outgoing: { application_sid: 'AP1' } }, true, false],
		[{ outgoing: { application_sid: '' } }, false, false],
		[{ outgoing: {} }, false, false],
		[{ outgoing: 'AP1' }, false, false],
		[{ incoming: { allow: true } }, false, true],
		[{ incoming: { allow: 'yes' } }, false, false],
		[undefined, false, false]
	])('%j: dial %s, receive %s', (voice, out, receive) => {
		const { value } = claims({ grants: { identity: 'a', voice } });
		expect(canDialOut(value)).toBe(out);
		expect(canReceive(value)).toBe(receive);
	});
});

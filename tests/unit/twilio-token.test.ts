import twilio from 'twilio';
import { expect, test } from 'vitest';
import { decodeClaims } from '#lib/core/jwt.ts';
import { canDialOut, canReceive, judgeTwilioToken } from '#lib/lines/twilio/token-claims.ts';

const { AccessToken } = twilio.jwt;
const hex = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

function made(grant: ConstructorParameters<typeof AccessToken.VoiceGrant>[0], ttl = 3600) {
	const token = new AccessToken(`AC${hex}`, `SK${hex}`, 'x'.repeat(32), { identity: 'alice', ttl });
	token.addGrant(new AccessToken.VoiceGrant(grant));
	return decodeClaims(token.toJwt());
}

test.each([
	[{ outgoingApplicationSid: `AP${hex}`, incomingAllow: true }, true, true],
	[{ incomingAllow: true }, false, true],
	[{ outgoingApplicationSid: `AP${hex}` }, true, false]
])('a token of the official library: %j', (grant, out, receive) => {
	const claims = made(grant);
	expect(judgeTwilioToken(claims, Date.now())).toBeUndefined();
	expect(claims.ok && canDialOut(claims.value)).toBe(out);
	expect(claims.ok && canReceive(claims.value)).toBe(receive);
});

test('one of 25 hours', () => {
	expect(judgeTwilioToken(made({}, 90_000), Date.now())?.fault).toBe('twilio-token.lifetime-too-long');
});

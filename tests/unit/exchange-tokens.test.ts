import { describe, expect, test } from 'vitest';
import { TOKENS, Tokens, type TokenKind } from '../exchange/tokens.ts';

const tokens = new Tokens();

/** Raw code of each bad token, as Twilio documents them. */
const CODES: Readonly<Partial<Record<TokenKind, number>>> = {
	expired: 31205,
	'wrong-secret': 31202,
	'wrong-issuer': 31204,
	'no-grant': 31204,
	'no-identity': 31204,
	'not-yet-valid': 31204,
	'too-long': 31207,
	malformed: 31204
};

const payloadOf = (token: string): { iat: number; exp: number } =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as ReturnType<typeof payloadOf>;

describe('tokens', () => {
	test.each(Object.keys(TOKENS) as TokenKind[])('%s', (kind) => {
		const result = tokens.check(tokens.mint(kind, { identity: 'ada' }));
		if (CODES[kind]) expect(result).toMatchObject({ code: CODES[kind] });
		else {
			expect(result).toMatchObject({
				identity: 'ada',
				outgoing: kind !== 'no-outgoing',
				incoming: kind !== 'no-incoming'
			});
		}
	});

	test.each(Object.keys(TOKENS) as TokenKind[])('%s, when the clock is a day ahead or behind', (kind) => {
		for (const days of [1, -1]) {
			const moved = new Tokens();
			moved.aheadMs = days * 86_400_000;
			const token = moved.mint(kind, { identity: 'ada' });
			const result = moved.check(token);
			if (CODES[kind]) expect(result).toMatchObject({ code: CODES[kind] });
			else expect(result).toMatchObject({ identity: 'ada' });
			if (kind !== 'good') continue;
			const { iat, exp } = payloadOf(token);
			expect(Math.abs(iat - moved.now)).toBeLessThan(5);
			expect(exp - iat).toBe(3600);
			moved.aheadMs = 0;
			expect(moved.check(token)).toMatchObject(days > 0 ? { identity: 'ada' } : { code: 31205 });
		}
	});

	test('none at all', () => expect(tokens.check(undefined)).toMatchObject({ code: 31102 }));

	test('of another exchange', () => {
		expect(tokens.check(new Tokens().mint('good'))).toMatchObject({ code: 31204 });
	});

	test('with its grants changed', () => {
		const [head, body = '', signature] = tokens.mint('no-outgoing').split('.');
		const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { grants: object };
		const forged = Buffer.from(JSON.stringify({ ...claims, exp: 4e9 })).toString('base64url');
		expect(tokens.check(`${head}.${forged}.${signature}`)).toMatchObject({ code: 31202 });
	});

	test('a name that Twilio forbids', () => {
		expect(tokens.check(tokens.mint('good', { identity: 'a b@c' }))).toMatchObject({ code: 31105 });
	});

	test('a short one runs out', () => {
		const token = tokens.mint('short', { ttl: 5 });
		const now = Date.now() / 1000;
		expect(tokens.check(token, now)).toMatchObject({ identity: 'sandbox' });
		expect(tokens.check(token, now + 6)).toMatchObject({ code: 31205 });
	});
});

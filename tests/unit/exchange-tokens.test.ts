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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeClaims } from './jwt.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: unknown, payload: unknown, signature = 'c2ln') =>
	`${part(header)}.${part(payload)}.${signature}`;

describe('decodeClaims', () => {
	it('reads header and payload, in any script', () => {
		const payload = { sub: 'ALICE Ünï ☎️ 電話', exp: 1_800_000_000 };
		expect(decodeClaims(` ${jwt({ alg: 'HS256' }, payload)}\n`)).toEqual({
			ok: true,
			value: { header: { alg: 'HS256' }, payload }
		});
	});

	it.each([
		['nothing', '', 'not-a-jwt'],
		['one part', part({}), 'not-a-jwt'],
		['four parts', `${jwt({}, {})}.x`, 'not-a-jwt'],
		['foreign signs', 'a+b.c/d.e', 'not-a-jwt'],
		['an array', jwt({}, []), 'not-json'],
		['null', jwt({}, null), 'not-json'],
		['text', jwt({}, 'x'), 'not-json'],
		['a length that base64 cannot have', 'a.a.a', 'not-json'],
		[
			'bytes that are no UTF-8',
			`${part({})}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.x`,
			'not-json'
		],
		['17 KiB', jwt({}, { a: 'x'.repeat(16_384) }), 'too-large']
	])('refuses %s', (_what, text, error) => {
		expect(decodeClaims(text)).toEqual({ ok: false, error });
	});

	it('accepts an empty or missing signature', () => {
		expect(decodeClaims(jwt({}, {}, '')).ok).toBe(true);
		expect(decodeClaims(`${part({})}.${part({})}`).ok).toBe(true);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w-]*\.[\w-]*\.[\w-]*$/)),
				(text) => {
					expect(['boolean']).toContain(typeof decodeClaims(text).ok);
				}
			)
		);
	});
});

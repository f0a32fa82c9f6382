import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, formatAddress, parseAddress, parseKey, type Address } from './address.ts';
import { LineError } from './errors.ts';

const PHONE = { dials: ['number', 'client', 'code'] } as const;
const ALL = { dials: ['number', 'client', 'sip', 'code'] } as const;
const ROOMS = { dials: ['room'] } as const;
const NUMBERS = { dials: ['number'] } as const;

/** 'key' or 'key digits', else the fault. */
function read(text: string, can: Parameters<typeof parseAddress>[1] = PHONE, country = 'US'): string {
	const found = parseAddress(text, can, country);
	if (!found.ok) return `! ${found.error.fault}`;
	const { address, digits } = found.value;
	return digits === '' ? `${address.kind} ${address.value}` : `${address.kind} ${address.value} ${digits}`;
}

describe('numbers', () => {
	it.each([
		['+15550100', 'number +15550100'],
		['+1 (212) 555-0100', 'number +12125550100'],
		['(212) 555-0100', 'number +12125550100'],
		['212.555.0100', 'number +12125550100'],
		['1 212 555 0100', 'number +12125550100'],
		['tel:+1-212-555-0100', 'number +12125550100'],
		['TEL:%2B12125550100', 'number +12125550100'],
		['callto://+12125550100', 'number +12125550100'],
		['011 44 20 7946 0000', 'number +442079460000'],
		['0044 20 7946 0000', 'number +442079460000'],
		['+44 (0)20 7946 0000', 'number +442079460000'],
		['1-800-FLOWERS', 'number +18003569377'],
		['1-800-flowers', 'number +18003569377'],
		['\u202a+1\u00a0212\u2011555\u20130100\u202c', 'number +12125550100'],
		['+1 212/555·0100', 'number +12125550100'],
		['+1[212]5550100', 'number +12125550100'],
		['５５５ ０１００', 'number 5550100'],
		['＋１２１２５５５０１００', 'number +12125550100'],
		['٠٠٤٤٢٠٧٩٤٦٠٠٠٠', 'number +442079460000'],
		['+१२१२५५५०१००', 'number +12125550100'],
		['+\u{1d7cf}\u{1d7d0}125550100', 'number +12125550100'],
		['5550100', 'number 5550100'],
		// Cyrillic О, Greek Ι: not digits, whatever they look like.
		['+1 212 555 О1ОО', '! address.invalid'],
		['+1 212 555 0Ι00', '! address.invalid'],
		['+0123456', '! address.invalid'],
		['+12', '! address.invalid'],
		['+1234567890123456', '! address.invalid'],
		['++15550100', '! address.invalid'],
		['+1+2125550100', '! address.invalid']
	])('%s → %s', (text, wanted) => {
		expect(read(text)).toBe(wanted);
	});

	it.each([
		['GB', '020 7946 0000', '+442079460000'],
		['DE', '030/123456', '+4930123456'],
		['DE', '0049 30 123456', '+4930123456'],
		['IT', '06 1234567', '+39061234567'],
		['ES', '912 345 678', '+34912345678'],
		['FR', '01 23 45 67 89', '+33123456789'],
		['AU', '0011 1 212 555 0100', '+12125550100'],
		['JP', '010-1-212-555-0100', '+12125550100'],
		['RU', '8 (495) 123-45-67', '+74951234567'],
		['HU', '06 1 234 5678', '+3612345678'],
		['us', '2125550100', '+12125550100'],
		['DE', '123456789', '123456789'],
		['XX', '020 7946 0000', '02079460000'],
		['', '0044 20 7946 0000', '+442079460000'],
		['constructor', '2125550100', '2125550100']
	])('in %s: %s → %s', (country, text, value) => {
		expect(read(text, PHONE, country)).toBe(`number ${value}`);
	});
});

describe('what follows a number', () => {
	it.each([
		['+12125550100,,12#', 'number +12125550100 wwwwwwww12#'],
		['+12125550100p1w2', 'number +12125550100 wwww1w2'],
		['+12125550100;ext=123', 'number +12125550100 wwww123'],
		['+12125550100 ext. 123', 'number +12125550100 wwww123'],
		['+12125550100x123', 'number +12125550100 wwww123'],
		['tel:555-0100;phone-context=+1-212', 'number +12125550100'],
		['tel:+12125550100;isub=1;ext=9', 'number +12125550100 wwww9'],
		['1,2', 'code 1 wwww2'],
		[`+12125550100,${'1'.repeat(200)}`, '! address.invalid']
	])('%s → %s', (text, wanted) => {
		expect(read(text)).toBe(wanted);
	});
});

describe('codes', () => {
	it.each([
		['1', 'code 1'],
		['911', 'code 911'],
		['9 1 1', 'code 911'],
		['٩١١', 'code 911'],
		['*97', 'code *97'],
		['*21*5550100#', 'code *21*5550100#'],
		['#31#', 'code #31#'],
		['123456', 'code 123456'],
		['*'.repeat(41), '! address.invalid']
	])('%s → %s', (text, wanted) => {
		expect(read(text)).toBe(wanted);
	});

	it('pass on a line that cannot dial them, so that the emergency rule comes first', () => {
		expect(read('112', NUMBERS)).toBe('code 112');
	});
});

describe('names', () => {
	it.each([
		['alice', PHONE, 'client alice'],
		['client:alice', PHONE, 'client alice'],
		['Client:Alice_1', PHONE, 'client Alice_1'],
		['client:12125550100', PHONE, 'client 12125550100'],
		['123abc', PHONE, 'client 123abc'],
		['agent007', PHONE, 'client agent007'],
		['bob@example.com', PHONE, 'client bob@example.com'],
		['bob@example.com', ALL, 'sip bob@example.com'],
		['sip:Bob@Example.com:5061;transport=tls?Replaces=x', ALL, 'sip Bob@example.com:5061'],
		['sips:+12125550100@pbx.example.com', ALL, 'sip +12125550100@pbx.example.com'],
		['sip:bob:secret@example.com', ALL, 'sip bob@example.com'],
		['sip:bob@[2001:db8::1]', ALL, 'sip bob@[2001:db8::1]'],
		['sip:example.com', ALL, '! address.invalid'],
		['sip:bob@example.com', PHONE, '! address.unsupported'],
		['client:alice', NUMBERS, '! address.unsupported'],
		['room:a', PHONE, '! address.unsupported'],
		['alice', NUMBERS, '! address.invalid'],
		['Jane Doe', PHONE, '! address.invalid'],
		['client:', PHONE, '! address.invalid'],
		['a\u0000b', PHONE, '! address.invalid'],
		['a'.repeat(122), PHONE, '! address.invalid'],
		['my room', ROOMS, 'room my room'],
		['7', ROOMS, 'room 7'],
		['room:call-1', ROOMS, 'room call-1'],
		['', PHONE, '! address.empty'],
		[' \u200b ', PHONE, '! address.empty'],
		['1'.repeat(600), PHONE, '! address.invalid']
	])('%s → %3$s', (text, can, wanted) => {
		expect(read(text, can)).toBe(wanted);
	});
});

describe('keys', () => {
	it.each<[Address, string]>([
		[{ kind: 'number', value: '+15550100' }, '+15550100'],
		[{ kind: 'number', value: '5550100' }, '5550100'],
		[{ kind: 'client', value: 'alice' }, 'client:alice'],
		[{ kind: 'sip', value: 'bob@example.com' }, 'sip:bob@example.com'],
		[{ kind: 'room', value: 'a b' }, 'room:a b'],
		[{ kind: 'code', value: '*97' }, '*97'],
		[{ kind: 'code', value: '911' }, '911']
	])('%o ↔ %s', (address, key) => {
		expect(addressKey(address)).toBe(key);
		expect(parseKey(key)).toEqual(address);
	});

	it('has no address for nothing', () => {
		expect(parseKey('')).toBeUndefined();
	});

	it.each(['//alice', '////alice', 'client:////alice'])('%s has the key of alice', (typed) => {
		const found = parseAddress(typed, PHONE);
		expect(found.ok && addressKey(found.value.address)).toBe('client:alice');
	});

	it('reads every address that was typed back from its key, and types it again to the same', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.stringMatching(/^[+\d*#(),;xpw .-]{1,20}$/),
			fc.string()
		);
		fc.assert(
			fc.property(
				text,
				fc.constantFrom(PHONE, ALL, ROOMS, NUMBERS),
				fc.constantFrom('US', 'DE', 'ES', ''),
				(typed, can, country) => {
					const found = parseAddress(typed, can, country);
					if (!found.ok) {
						expect(found.error).toBeInstanceOf(LineError);
						return;
					}
					const { address } = found.value;
					expect(parseKey(addressKey(address))).toEqual(address);
					// A national number that was left alone is not read as another one.
					const again = parseAddress(addressKey(address), can, country);
					if (again.ok && can !== ROOMS) expect(again.value.address).toEqual(address);
				}
			),
			{ numRuns: 5_000 }
		);
	});
});

describe('formatAddress', () => {
	it.each([
		['+12125550100', '+1 212 555 0100'],
		['+442079460000', '+442079460000'],
		['+15550100', '+15550100'],
		['client:alice', 'alice'],
		['sip:bob@example.com', 'bob@example.com'],
		['911', '911']
	])('%s → %s', (key, shown) => {
		const address = parseKey(key);
		expect(address && formatAddress(address)).toBe(shown);
	});
});

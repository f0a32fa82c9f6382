import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const JWT = [
	base64url('{"alg":"HS256","typ":"JWT"}'),
	base64url('{"sub":"alice","exp":1800000000}'),
	'Q2hlY2tJZFNpZ25hdHVyZS1hYmMxMjM0NTY3ODkwX3h5'
].join('.');
const HEX = '0123456789abcdef0123456789abcdef';
const PEM = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----';

describe('redact', () => {
	it.each([
		['a JWT', `token ${JWT}!`, 'token [token]!'],
		['a bearer', 'Authorization header: Bearer abc123def', 'Authorization header: Bearer [token]'],
		['a JWT as bearer', `"Bearer ${JWT}"`, '"Bearer [token]"'],
		['a Twilio account', `AC${HEX}`, '[AC]'],
		['a Twilio key', `SK${HEX}/x`, '[SK]/x'],
		['a Twilio application', `(AP${HEX})`, '([AP])'],
		['an auth token', `auth: ${HEX}`, 'auth: [secret]'],
		['a LiveKit key', 'API3x9AbCdEfGhIj', '[key]'],
		['an OpenAI key', 'sk-proj-abcdEFGH1234', '[key]'],
		['a random secret', 'x ajT8Kd03hQpZ41mWc7Rf9LbVn2Ys6E y', 'x [secret] y'],
		['a private key', `a ${PEM} b`, 'a [key] b'],
		['a private key, cut', PEM.slice(0, 60), '[key]'],
		['a password', 'password=hunter2&x=1', 'password=[secret]&x=1'],
		['a secret in JSON', '{"apiSecret":"hunter two","a":1}', '{"apiSecret":[secret],"a":1}'],
		['a token by name', 'token=abc12345;', 'token=[secret];'],
		['a secret that looks like a JWT inside', 'AAAAAA1AAtAAAdAAAAAeyJAzAAxAAAAb', '[token]'],
		['a number', 'to +15550100123 now', 'to […23] now'],
		['a number with separators', '+1 (555) 010-0123', '[…23]'],
		['an IPv4', 'host 192.168.1.20:443', 'host [ip]:443'],
		['an IPv6', 'at 2001:db8::8a2e:370:7334', 'at [ip]'],
		['a mail address', 'from alice.b@example.com.', 'from [address].'],
		['a SIP address', 'sip:bob@pbx.example.com:5060', 'sip:[address]'],
		['a UUID', 'id 123e4567-e89b-42d3-a456-42661417c0de', 'id [id c0de]'],
		[
			'a candidate',
			'candidate:1 1 udp 2122260223 10.0.0.7 5 typ host',
			'candidate:1 1 udp […23] [ip] 5 typ host'
		],
		['percent-encoded', 'to=%2B15550100123&a=b%20c', 'to=[…23]&a=b%20c'],
		['percent-encoded twice', 'to%253D%252B15550100123', 'to=[…23]'],
		['base64', `x=${Buffer.from('+15550100123').toString('base64')}`, 'x=[secret]'],
		[
			'a JWT wrapped over lines',
			`${JWT.slice(0, 40)}\n  ${JWT.slice(40, 80)}\r\n${JWT.slice(80)} end`,
			'[token] end'
		],
		['a number over two lines', '+1555\n0100123', '[…23]']
	])('%s', (_what, text, wanted) => {
		expect(redact(text)).toBe(wanted);
	});

	it.each([
		'twilio-signalling.rate-limited',
		'31005 at 2026-11-21T04:01:49.123Z',
		'2026-11-21 04:01:49',
		`CA${HEX}`,
		'Chrome/141.0.0.0 Safari/537.36',
		'@twilio/voice-sdk 2.18.5',
		'src/lib/lines/twilio/registration-after-network-change.ts',
		'RegistrationAfterNetworkChangeListener',
		'wss://voice-js.roaming.twilio.com/signal',
		'https://tokens.example.com/twilio/v1',
		'Array.from(a, b => c::d) 12:34:56',
		'Ünï 電話 ☎️ %',
		'50% loss, 0.123456 s, 1234567.5',
		'token-endpoint.unauthorized: 401',
		'client:alice'
	])('leaves %s', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('cuts what is too long', () => {
		expect(redact('a '.repeat(100_000)).length).toBeLessThan(65_600);
	});
});

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const random = (length: number) =>
	fc
		.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
		.map((chars) => chars.join(''))
		// As a real one is: not the rare draw that reads like a word.
		.filter(
			(text) => (text.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0) > length * 0.4
		);
const digits = fc.integer({ min: 2_000_000_000, max: 9_999_999_999 }).map(String);
const hex = fc
	.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 32, maxLength: 32 })
	.map((chars) => chars.join(''));

/** A secret, and the part of it that must be gone. To be drawn without bias: AAAA is no secret. */
const secret = fc.oneof(
	digits.map((number) => ({ text: `+1${number}`, part: number.slice(0, 8) })),
	digits.map((number) => ({
		text: `(${number.slice(0, 3)}) ${number.slice(3, 6)}-${number.slice(6)}`,
		part: `${number.slice(0, 3)}) ${number.slice(3, 6)}`
	})),
	random(43).map((text) => ({
		text: `${base64url('{"alg":"HS256"}')}.${base64url('{"sub":"a"}')}.${text}`,
		part: text.slice(0, 12)
	})),
	random(32).map((text) => ({ text, part: text.slice(0, 12) })),
	random(24).map((text) => ({ text: `Bearer ${text}`, part: text.slice(0, 12) })),
	hex.map((text) => ({ text: `SK${text}`, part: text.slice(0, 12) })),
	hex.map((text) => ({ text, part: text.slice(0, 12) })),
	fc
		.ipV4()
		.map((text) => ({ text, part: text }))
		.filter(({ text }) => !text.endsWith('.0.0.0')),
	fc.uuid().map((text) => ({ text, part: text.slice(0, 18) })),
	random(12).map((text) => ({ text: `${text}@example.com`, part: text }))
);

const PLACES: readonly ((text: string) => string)[] = [
	(text) => text,
	(text) => `call to ${text} failed`,
	(text) => JSON.stringify({ a: [{ b: text }], c: 1 }),
	(text) => `https://example.com/x?to=${encodeURIComponent(text)}&y=2`,
	(text) => encodeURIComponent(`{"a":"${text}"}`),
	(text) => Buffer.from(text).toString('base64'),
	(text) => `v=${Buffer.from(`{"a":"${text}"}`).toString('base64url')}`,
	(text) => `Error: [${text}]\n    at dial (app.js:1:2)`,
	(text) => `<b>${text}</b>`,
	(text) => `'${text}',`,
	(text) => `a\t${text}\r\nb`,
	(text) => `=${text};`
];

describe('redact, for anything', () => {
	it('lets none of many secrets through, wherever it stands', () => {
		fc.assert(
			fc.property(fc.noBias(secret), fc.constantFrom(...PLACES), ({ text, part }, place) => {
				const clean = redact(place(text));
				expect(clean).not.toContain(part);
				expect(decodeURIComponent(clean.replace(/%(?![\da-f]{2})/gi, '%25'))).not.toContain(part);
				for (const [run] of clean.matchAll(/[\w+/-]{12,}={0,2}/g)) {
					expect(Buffer.from(run, 'base64').toString()).not.toContain(part);
				}
			}),
			{ numRuns: 5_000 }
		);
	});

	it('changes nothing the second time', () => {
		const piece = fc.oneof(
			secret.map(({ text }) => text),
			fc.stringMatching(/^[\d+(). :/%=&,;@\n-]{0,12}$/),
			fc.string({ unit: 'binary', maxLength: 12 }),
			fc.constantFrom(
				'Bearer ',
				'eyJ',
				'password=',
				'token: ',
				'[token]',
				'[…12]',
				'"',
				'%25',
				'%2B',
				'-----BEGIN KEY-----'
			)
		);
		const text = fc
			.tuple(fc.array(piece, { maxLength: 6 }), fc.constantFrom('', ' ', '\n', '&'))
			.map(([pieces, glue]) => pieces.join(glue));
		fc.assert(
			fc.property(text, (foreign) => {
				const clean = redact(foreign);
				expect(redact(clean)).toBe(clean);
			}),
			{ numRuns: 10_000 }
		);
	});
});

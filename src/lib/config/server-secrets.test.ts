import { describe, expect, test } from 'vitest';
import { findServerSecrets } from './server-secrets.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const MIXED = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJxRkLuOiPwAqSeDtGbVzXn';
const mixed = (length: number) => MIXED.slice(0, length);
const hex = (length: number) =>
	'0f1e2d3c4b5a69788796a5b4c3d2e1f0a1b2c3d4e5f60718293a4b5c6d7e8f90'.slice(0, length);
const AC = `AC${hex(32)}`;
const SK = `SK${hex(32)}`;
const AP = `AP${hex(32)}`;
const liveKitKey = `API${mixed(12)}`;
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (payload: object) =>
	`${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(payload)}.${mixed(43)}`;
const serviceRole = jwt({ iss: 'supabase', ref: 'abc', role: 'service_role', exp: 2_000_000_000 });
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
const pem = (name: string) =>
	`-----BEGIN ${name}PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END ${name}PRIVATE KEY-----`;

const SECRETS: readonly (readonly [what: string, value: unknown, at?: string])[] = [
	['auth token by its name', { authToken: hex(32) }, 'authToken'],
	['auth token, snake case', { auth_token: hex(32) }, 'auth_token'],
	['auth token, environment case', { TWILIO_AUTH_TOKEN: hex(32) }, 'TWILIO_AUTH_TOKEN'],
	['auth token in upper case', { authToken: hex(32).toUpperCase() }, 'authToken'],
	['auth token under token', { accountSid: AC, token: hex(32) }, 'token'],
	['auth token under password', { username: AC, password: hex(32) }, 'password'],
	['auth token under auth', { twilio: { sid: AC, auth: hex(32) } }, 'twilio.auth'],
	['auth token under credential', { credential: hex(32) }, 'credential'],
	['auth token in a header', { headers: { 'X-Auth-Token': hex(32) } }, 'headers.X-Auth-Token'],
	['auth token with blanks around', { authToken: ` ${hex(32)}\n` }, 'authToken'],
	['auth token inside value', { authToken: { value: hex(32) } }, 'authToken.value'],
	['auth token in a list', { authToken: [hex(32)] }, 'authToken[0]'],
	['account and token in one text', { note: `${AC}:${hex(32)}` }, 'note'],
	['account and token in an address', { url: `https://${AC}:${hex(32)}@api.example.com` }, 'url'],
	[
		'account and token as Basic',
		{ headers: { Authorization: basic(`${AC}:${hex(32)}`) } },
		'headers.Authorization'
	],
	[
		'key and secret as Basic',
		{ headers: { authorization: basic(`${SK}:${mixed(32)}`) } },
		'headers.authorization'
	],
	['key and secret in one text', { key: `${SK}:${mixed(32)}` }, 'key'],
	['key and secret with a comma', { key: `${SK}, ${mixed(32)}` }, 'key'],
	['key and secret with a slash', { key: `${SK}/${mixed(32)}` }, 'key'],
	['key with its secret beside it', { sid: SK, other: mixed(32) }, 'other'],
	['key with its secret deeper', { sid: SK, body: { deep: [mixed(32)] } }, 'body.deep[0]'],
	['API key secret by its name', { apiKeySecret: 'whatever' }, 'apiKeySecret'],
	['API secret by its name', { apiSecret: 'whatever' }, 'apiSecret'],
	['API secret, snake case', { api_secret: 'whatever' }, 'api_secret'],
	['API secret, environment case', { LIVEKIT_API_SECRET: 'whatever' }, 'LIVEKIT_API_SECRET'],
	['Twilio API secret', { TWILIO_API_SECRET: mixed(32) }, 'TWILIO_API_SECRET'],
	['secret', { secret: 'whatever' }, 'secret'],
	['secretKey', { secretKey: 'whatever' }, 'secretKey'],
	['clientSecret', { token: { body: { clientSecret: 'whatever' } } }, 'token.body.clientSecret'],
	['client_secret', { client_secret: 'whatever' }, 'client_secret'],
	['jwtSecret', { jwtSecret: 'whatever' }, 'jwtSecret'],
	['signing-secret', { 'signing-secret': 'whatever' }, 'signing-secret'],
	['secretAccessKey', { secretAccessKey: 'whatever' }, 'secretAccessKey'],
	['privateKey', { privateKey: 'whatever' }, 'privateKey'],
	['serviceRoleKey', { serviceRoleKey: 'whatever' }, 'serviceRoleKey'],
	['SUPABASE_SERVICE_ROLE_KEY', { SUPABASE_SERVICE_ROLE_KEY: 'whatever' }, 'SUPABASE_SERVICE_ROLE_KEY'],
	['LiveKit pair', { apiKey: liveKitKey, other: mixed(43) }, 'other'],
	['LiveKit pair, 44', { k: liveKitKey, s: mixed(44) }, 's'],
	['LiveKit pair in one text', { note: `${liveKitKey}:${mixed(43)}` }, 'note'],
	['LiveKit pair with a blank', { note: `${liveKitKey} ${mixed(43)}` }, 'note'],
	['service-role key', { headers: { apikey: serviceRole } }, 'headers.apikey'],
	[
		'service-role key as bearer',
		{ headers: { Authorization: `Bearer ${serviceRole}` } },
		'headers.Authorization'
	],
	['service-role key in a query', { query: { k: serviceRole } }, 'query.k'],
	['service-role key in an address', { url: `https://example.com/token?apikey=${serviceRole}` }, 'url'],
	['Supabase secret key', { apikey: `sb_secret_${mixed(24)}` }, 'apikey'],
	['OpenAI key', { k: `sk-${mixed(48)}` }, 'k'],
	['OpenAI project key', { k: `sk-proj-${mixed(20)}_${mixed(20)}` }, 'k'],
	['OpenAI key as bearer', { h: `Bearer sk-${mixed(40)}` }, 'h'],
	['OpenAI key by its name', { OPENAI_API_KEY: 'whatever' }, 'OPENAI_API_KEY'],
	['Anthropic key', { k: `sk-ant-api03-${mixed(40)}` }, 'k'],
	['Stripe key', { k: `sk_live_${mixed(24)}` }, 'k'],
	['webhook secret', { k: `whsec_${mixed(32)}` }, 'k'],
	['GitHub token', { k: `ghp_${mixed(36)}` }, 'k'],
	['Slack token', { k: `xoxb-${mixed(30)}` }, 'k'],
	['PEM key', { cert: pem('') }, 'cert'],
	['PEM key, RSA', { cert: pem('RSA ') }, 'cert'],
	['PEM key, EC', { cert: pem('EC ') }, 'cert'],
	['PEM key, encrypted', { cert: pem('ENCRYPTED ') }, 'cert'],
	['environment file', { note: `TWILIO_ACCOUNT_SID=${AC}\nTWILIO_AUTH_TOKEN=${hex(32)}` }, 'note'],
	['environment line', { note: `LIVEKIT_API_SECRET="${mixed(43)}"` }, 'note'],
	['environment line, service role', { note: `SUPABASE_SERVICE_ROLE_KEY=${mixed(40)}` }, 'note'],
	['data base address', { db: 'postgres://app:hunter22@db.example.com/app' }, 'db'],
	['secret as the name of a key', { [`sk-${mixed(40)}`]: true }, '["[secret]"]'],
	['deep down', { a: [{ b: { c: { apiSecret: 'x' } } }] }, 'a[0].b.c.apiSecret']
];

const INNOCENT: readonly unknown[] = [
	// Public halves and public names.
	{ expect: { twimlAppSid: AP, accountSid: AC } },
	{ accountSid: AC },
	{ twimlAppSid: AP },
	{ sid: SK },
	{ callSid: `CA${hex(32)}` },
	{ note: `${AC} and ${AP}` },
	{ apiKey: liveKitKey },
	{ apiKey: `AIza${mixed(35)}` },
	{ publishableKey: `pk_live_${mixed(24)}` },
	{ apikey: `sb_publishable_${mixed(24)}` },
	{ headers: { apikey: jwt({ role: 'anon' }) } },
	{ headers: { Authorization: `Bearer ${jwt({ role: 'anon' })}` } },
	{ headers: { apikey: jwt({ role: 'authenticated' }) } },
	{ token: jwt({ iss: SK, sub: AC, grants: {} }) },
	{ token: jwt({ iss: liveKitKey, video: { room: 'a' } }) },
	{ apikey: 'eyJ.not.jwt' },
	// Ids that look like an auth token.
	{ id: hex(32) },
	{ deviceId: hex(32) },
	{ tokenId: hex(32) },
	{ authorId: hex(32) },
	{ tenant: hex(32) },
	{ query: { agentId: hex(32) } },
	{ query: { project: hex(32) } },
	{ md5: hex(32) },
	{ etag: hex(32) },
	{ checksum: hex(32) },
	{ identity: hex(32) },
	{ requestId: hex(32), traceId: hex(32) },
	{ csrfToken: hex(32) },
	{ deviceToken: hex(32) },
	{ sha1: hex(40) },
	{ commit: hex(40) },
	{ sha256: hex(64) },
	{ integrity: `sha384-${mixed(53)}` },
	{ room: hex(32) },
	{ uuid: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0' },
	{ accountSid: AC, deviceId: hex(32) },
	{ sid: SK, id: hex(32) },
	{ sid: SK, room: 'a'.repeat(32) },
	{ sid: SK, name: 'abcdefghijklmnopqrstuvwxyzabcdef' },
	{ apiKey: liveKitKey, sha1: hex(40) },
	{ apiKey: liveKitKey, name: 'a'.repeat(43) },
	{ pinHash: `pbkdf2-sha256$600000$${mixed(22)}$${mixed(43)}` },
	{ kiosk: { pinHash: `pbkdf2-sha256$600000$${mixed(22)}$${mixed(43)}`, wipeHistory: true } },
	{ other: mixed(32) },
	{ other: mixed(43) },
	{ salt: mixed(43) },
	{ nonce: mixed(32) },
	// Names that only sound like it.
	{ token: { url: 'https://tokens.example.com/twilio' } },
	{ token: { url: '/token', auth: { kind: 'bearer' } } },
	{ auth: { kind: 'cookie' } },
	{ auth: 'bearer' },
	{ response: { token: 'data.accessToken' } },
	{ response: { token: 'authToken' } },
	{ response: { error: 'error.secret' } },
	{ query: { token: '{token}' } },
	{ query: { authToken: '{token}' } },
	{ query: { secret: '{token:desk}' } },
	{ query: { token: '{token}', agentId: 'demo' } },
	{ body: { secret: '' } },
	{ authToken: '' },
	{ authToken: '…' },
	{ authToken: '<your auth token>' },
	{ apiSecret: 'xxxxxxxx' },
	{ apiSecret: '********' },
	{ authToken: null },
	{ authToken: true },
	{ apiSecret: 0 },
	{ secret: false },
	{ token: 'abc' },
	{ token: 'demo-token' },
	{ accessToken: 'demo' },
	{ tokenUrl: 'https://example.com/auth-token' },
	{ secretary: 'Ms Jones' },
	{ secretSanta: 'yes' },
	{ department: 'Secret Service' },
	{ label: 'Secret agent line' },
	{ label: 'Service role' },
	{ label: 'API' },
	{ key: 'value' },
	{ keyboard: 'de' },
	{ publicKey: '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----' },
	{ cert: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
	{ note: 'Ask IT for the private key' },
	{ note: 'Set TWILIO_AUTH_TOKEN on the server' },
	{ note: 'LIVEKIT_API_SECRET is missing' },
	{ note: 'AUTH_TOKEN=' },
	// Ordinary values.
	{ url: 'https://tokens.example.com/twilio' },
	{ url: 'https://example.com/sk-sk/token' },
	{ url: 'https://example.com/task-123456789012345678901' },
	{ url: 'wss://voice.example.com/stream?x=1' },
	{ url: 'https://example.com/a:b' },
	{ language: 'sk-SK' },
	{ className: 'sk-button-primary-large-outlined' },
	{ className: 'desk-abcdefghijklmnopqrst1' },
	{ to: '+15550100' },
	{ allow: ['+1*', 'client:*'], confirm: ['+1900*'] },
	{ country: 'SK' },
	{ country: 'AC' },
	{ identity: 'APIuser' },
	{ identity: 'SKIPPER' },
	{ identity: 'alice@example.com' },
	{ gateway: 'localhost:8443' },
	{ edges: ['roaming', 'dublin'] },
	{ accent: '#0a6cff' },
	{ Authorization: 'Basic dXNlcjpwYXNzd29yZC1vZi1hLXVzZXI=' },
	{ Authorization: 'Basic !!' },
	{ reloadAt: '03:30' },
	{ params: { CallerId: '+15550100', To: 'client:bob' } },
	{ name: 'sk-' },
	{ name: `sk-${'a'.repeat(30)}` },
	{ webhook: 'whsec_short' },
	{ db: 'postgres://db.example.com/app' },
	{ number: 5, nothing: null, list: [], empty: {} },
	'text',
	42,
	null,
	undefined
];

describe('server secrets', () => {
	test('the tables are long enough to mean something', () => {
		expect(SECRETS.length).toBeGreaterThanOrEqual(40);
		expect(INNOCENT.length).toBeGreaterThanOrEqual(100);
	});

	test.each(SECRETS)('finds: %s', (_, value, at) => {
		expect(findServerSecrets(value, '')).toEqual([at]);
	});

	test.each(INNOCENT.map((value) => [JSON.stringify(value) ?? 'undefined', value] as const))(
		'lets be: %s',
		(_, value) => {
			expect(findServerSecrets(value, '')).toEqual([]);
		}
	);

	test('a path never holds the secret itself', () => {
		for (const [, value] of SECRETS) {
			const paths = findServerSecrets(value, 'lines[0]').join();
			expect(paths).not.toContain(mixed(20));
			expect(paths).not.toContain(hex(20));
		}
	});

	test('a deep or circular value comes to an end', () => {
		let deep: unknown = { apiSecret: 'x' };
		for (let level = 0; level < 10_000; level += 1) deep = [deep];
		expect(findServerSecrets(deep, '')).toHaveLength(1);
		const circular: Record<string, unknown> = { authToken: hex(32) };
		circular['again'] = circular;
		expect(findServerSecrets(circular, '')).toEqual(['authToken']);
	});
});

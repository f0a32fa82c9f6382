import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, NO_CONFIG, type Config } from './config.ts';
import { keepable } from './last-good.ts';
import { isEmpty, parseConfig } from './parse-config.ts';

const practice = { id: 'practice', kind: 'practice' };

describe('a config in order', () => {
	test('with nothing in it is the phone that nobody has set up', () => {
		expect(parseConfig({})).toEqual({ config: NO_CONFIG.config, problems: [] });
		expect(parseConfig({ $schema: './config.schema.json', lines: [] })).toEqual({
			config: NO_CONFIG.config,
			problems: []
		});
	});

	test.each([
		[{}, true],
		[{ $schema: 'x' }, true],
		[{ name: 'x' }, false],
		[[], false],
		[null, false],
		['', false]
	])('%j is empty: %s', (raw, empty) => {
		expect(isEmpty(raw)).toBe(empty);
	});

	test('keeps a line as it is written, for its kind to read', () => {
		const desk = { id: 'desk', kind: 'twilio', label: 'Desk', token: { url: '/t' }, anything: [1] };
		const { config, problems } = parseConfig({ lines: [practice, desk] });
		expect(problems).toEqual([]);
		expect(config.lines).toEqual([
			{ id: 'practice', kind: 'practice', path: 'lines[0]', raw: practice },
			{ id: 'desk', kind: 'twilio', label: 'Desk', path: 'lines[1]', raw: desk }
		]);
	});

	test('the defaults within a section are those without it', () => {
		const keys = ['history', 'theme', 'dialling', 'embed', 'checkup'] as const;
		const { config } = parseConfig(Object.fromEntries(keys.map((key) => [key, {}])));
		expect({ ...config, lines: [], probesSetAside: undefined }).toEqual(DEFAULT_CONFIG);
	});

	test('sections are read', () => {
		const { config, problems } = parseConfig({
			name: 'Acme',
			history: { keepDays: 0 },
			theme: { accent: '#0A6cff', scheme: 'dark' },
			language: 'es-MX',
			locked: ['settings', 'dialpad'],
			embed: { origins: ['https://crm.example.com', 'http://localhost:3000'] },
			configRefreshMinutes: 15,
			checkup: { controlUrl: 'https://status.example.com/ok' },
			dialling: { country: 'GB', allow: ['+44*'], emergency: ['999'] },
			kiosk: { buttons: [{ label: 'Desk', to: '+15550100' }], reloadAt: '03:30' },
			probes: [{ id: 'p', url: 'wss://voice.example.com/s', token: { url: '/t' } }]
		});
		expect(problems).toEqual([]);
		expect(config).toEqual({
			name: 'Acme',
			lines: NO_CONFIG.config.lines,
			history: { keepDays: 0 },
			theme: { accent: '#0A6cff', scheme: 'dark' },
			language: 'es-MX',
			locked: ['settings', 'dialpad'],
			embed: { origins: ['https://crm.example.com', 'http://localhost:3000'] },
			configRefreshMinutes: 15,
			checkup: { controlUrl: 'https://status.example.com/ok' },
			dialling: { country: 'GB', allow: ['+44*'], emergency: ['999'] },
			kiosk: {
				buttons: [{ label: 'Desk', to: '+15550100' }],
				autoAnswer: [],
				wipeHistory: false,
				onDuty: false,
				reloadAt: '03:30'
			},
			probes: [
				{
					id: 'p',
					url: 'wss://voice.example.com/s',
					token: { url: '/t', method: 'POST', auth: 'none', headers: {}, style: 'snake', response: {} },
					query: {},
					alternatives: [],
					expect: { withinSeconds: 5 }
				}
			]
		} satisfies Config);
	});
});

test('a WebSocket that cannot be used is set aside as it stands, and one with a secret without a trace', () => {
	const wrong = { id: 'p', url: 'ws://voice.example.com/s' };
	const good = { id: 'good', url: 'wss://voice.example.com/s' };
	const secret = { ...wrong, id: 's', apiKeySecret: 'whatever' };
	const probes = [good, wrong, secret, { url: '' }];
	const { config } = parseConfig({ probes });
	expect(config.probes.map(({ id }) => id)).toEqual(['good']);
	expect(config.probesSetAside).toEqual([{ id: 'p', path: 'probes[1]', raw: wrong }]);
});

describe('what is wrong is named and set aside', () => {
	test.each([
		[{ nmae: 'x' }, 'nmae', 'unknown-key'],
		[{ theme: { colour: '#fff' } }, 'theme.colour', 'unknown-key'],
		[{ kiosk: { buttons: [{ label: 'a', to: '1', lien: 'x' }] } }, 'kiosk.buttons[0].lien', 'unknown-key'],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', expect: { mesage: 'x' } }] },
			'probes[0].expect.mesage',
			'unknown-key'
		],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t', methd: 1 } }] },
			'probes[0].token.methd',
			'unknown-key'
		],
		[{ 'a b': 1 }, '["a b"]', 'unknown-key']
	])('%j: a warning at %s', (raw, path, code) => {
		expect(parseConfig(raw).problems).toMatchObject([{ path, severity: 'warning', code }]);
	});

	test.each([
		[[], '', 'wrong-type', 'list'],
		['x', '', 'wrong-type', 'string'],
		[{ name: 5 }, 'name', 'wrong-type', 'number'],
		[{ name: ' ' }, 'name', 'wrong-value', 'string'],
		[{ lines: {} }, 'lines', 'wrong-type', 'object'],
		[{ lines: [7] }, 'lines[0]', 'wrong-type', 'number'],
		[{ lines: [[]] }, 'lines[0]', 'wrong-type', 'list'],
		[{ lines: [{ id: 'Desk!', kind: 'twilio' }] }, 'lines[0].id', 'wrong-value', 'string'],
		[{ lines: [{ kind: 'twilio' }] }, 'lines[0].id', 'missing', 'nothing'],
		[{ lines: [{ id: 'a' }] }, 'lines[0].kind', 'missing', 'nothing'],
		[{ history: { keepDays: '90' } }, 'history.keepDays', 'wrong-type', 'string'],
		[{ history: { keepDays: -1 } }, 'history.keepDays', 'wrong-value', 'number'],
		[{ history: { keepDays: 1.5 } }, 'history.keepDays', 'wrong-value', 'number'],
		[{ history: [] }, 'history', 'wrong-type', 'list'],
		[{ history: null }, 'history', 'wrong-type', 'null'],
		[{ theme: { scheme: 'blue' } }, 'theme.scheme', 'wrong-value', 'string'],
		[{ theme: { accent: 'red' } }, 'theme.accent', 'wrong-value', 'string'],
		[{ language: 'en_US' }, 'language', 'wrong-value', 'string'],
		[{ locked: ['everything'] }, 'locked[0]', 'wrong-value', 'string'],
		[{ locked: 'settings' }, 'locked', 'wrong-type', 'string'],
		[{ embed: { origins: ['https://crm.example.com/'] } }, 'embed.origins[0]', 'wrong-value', 'string'],
		[{ embed: { origins: ['*'] } }, 'embed.origins[0]', 'wrong-value', 'string'],
		[{ checkup: { controlUrl: 'http://example.com' } }, 'checkup.controlUrl', 'wrong-value', 'string'],
		[{ configRefreshMinutes: true }, 'configRefreshMinutes', 'wrong-type', 'boolean'],
		[{ dialling: { country: 'us' } }, 'dialling.country', 'wrong-value', 'string'],
		[{ dialling: { emergency: ['+1'] } }, 'dialling.emergency[0]', 'wrong-value', 'string'],
		[{ kiosk: { reloadAt: '24:00' } }, 'kiosk.reloadAt', 'wrong-value', 'string'],
		[{ kiosk: { pinHash: '1234' } }, 'kiosk.pinHash', 'wrong-value', 'string'],
		[{ kiosk: { buttons: [{ label: 'x' }] } }, 'kiosk.buttons[0].to', 'missing', 'nothing'],
		[{ probes: [{ id: 'p', url: 'ws://a.example' }] }, 'probes[0].url', 'wrong-value', 'string'],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: 'http://a.example' } }] },
			'probes[0].token.url',
			'wrong-value',
			'string'
		],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t?i={identity}' } }] },
			'probes[0].token.url',
			'wrong-value',
			'string'
		],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t', headers: { a: '{identity}' } } }] },
			'probes[0].token.headers.a',
			'wrong-value',
			'string'
		],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t', headers: { a: 'b\r\nc' } } }] },
			'probes[0].token.headers.a',
			'wrong-value',
			'string'
		],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t', auth: 'bearer' } }] },
			'probes[0].token.auth',
			'wrong-type',
			'string'
		],
		[
			{ probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t', method: 'PUT' } }] },
			'probes[0].token.method',
			'wrong-value',
			'string'
		]
	])('%j: an error at %s', (raw, path, code, found) => {
		const { config, problems } = parseConfig(raw);
		expect(problems).toHaveLength(1);
		expect(problems).toMatchObject([{ path, severity: 'error', code, facts: { found } }]);
		expect({ ...config, lines: [], probesSetAside: undefined }).toEqual(DEFAULT_CONFIG);
	});

	test('what is around it works', () => {
		const { config, problems } = parseConfig({
			name: 'Acme',
			theme: { scheme: 'blue' },
			lines: [{ id: 'a', kind: 'twilio' }, { id: 'B', kind: 'twilio' }, practice],
			probes: [{ id: 'p' }, { id: 'q', url: 'wss://a.example' }]
		});
		expect(problems.map(({ path }) => path)).toEqual(['theme.scheme', 'lines[1].id', 'probes[0].url']);
		expect(config.name).toBe('Acme');
		expect(config.theme).toEqual(DEFAULT_CONFIG.theme);
		expect(config.lines.map(({ id }) => id)).toEqual(['a', 'practice']);
		expect(config.probes.map(({ id }) => id)).toEqual(['q']);
	});

	test('an id that comes twice: the first keeps it', () => {
		const { config, problems } = parseConfig({
			lines: [
				{ id: 'a', kind: 'twilio' },
				{ id: 'a', kind: 'practice' }
			],
			probes: [
				{ id: 'a', url: 'wss://a.example' },
				{ id: 'a', url: 'wss://b.example' }
			]
		});
		expect(problems).toMatchObject([
			{ path: 'lines[1].id', code: 'duplicate-id', facts: { found: 'a' } },
			{ path: 'probes[1].id', code: 'duplicate-id', facts: { found: 'a' } }
		]);
		expect(config.lines.map(({ kind }) => kind)).toEqual(['twilio']);
		expect(config.probes.map(({ url }) => url)).toEqual(['wss://a.example']);
	});

	test('the kind of value is told, never the value', () => {
		const { problems } = parseConfig({
			name: { private: 'words' },
			language: 'some private words',
			theme: { scheme: 'private' }
		});
		expect(JSON.stringify(problems)).not.toContain('private');
	});

	test('a flood of problems is cut', () => {
		const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key${i}`, i]));
		expect(parseConfig(flood).problems).toHaveLength(200);
	});
});

describe('server secrets', () => {
	const secret = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
	const raw = {
		name: 'Acme',
		apiSecret: secret,
		theme: { scheme: 'dark', authToken: secret },
		lines: [{ id: 'a', kind: 'twilio', token: { url: '/t', body: { authToken: secret } } }, practice],
		probes: [{ id: 'p', url: 'wss://a.example', query: { auth_token: secret } }]
	};

	test('set the line or section aside that holds them', () => {
		const { config, problems } = parseConfig(raw);
		expect(problems).toEqual(
			['apiSecret', 'theme.authToken', 'lines[0].token.body.authToken', 'probes[0].query.auth_token'].map(
				(path) => {
					return { path, severity: 'error', code: 'server-secret', facts: {} };
				}
			)
		);
		expect(config).toEqual({
			...DEFAULT_CONFIG,
			name: 'Acme',
			lines: [{ ...practice, path: 'lines[1]', raw: practice }]
		});
	});

	test('are not kept either', () => {
		expect(keepable(raw)).not.toContain(secret);
		expect(JSON.parse(keepable(raw))).toEqual({ name: 'Acme', lines: [practice], probes: [] });
	});
});

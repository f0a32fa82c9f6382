import { describe, expect, it, test } from 'vitest';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import { readSetupFragment, setupFragment } from '#lib/config/setup-link.ts';
import { LineError } from '#lib/core/errors.ts';
import { SITE, stage } from './setup-stage.ts';

const line = (more: object) => ({
	lines: [{ id: 'desk', kind: 'twilio', token: { url: 'https://evil.example/t' }, ...more }]
});
const room = (more: object) =>
	({
		lines: [{ id: 'room', kind: 'livekit', token: { url: 'https://evil.example/t' }, ...more }]
	}) as WrittenConfig;
const probe = (more: object) => ({ probes: [{ id: 'p', url: 'wss://evil.example/', ...more }] });
const code = (text: string) => `#setup=${Buffer.from(text).toString('base64url')}`;
const nested = (depth: number) => `{"lines":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const secret = {
	liveKit: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYa1b2c',
	twilio: '0123456789abcdef0123456789abcdef'
};

/** What cannot even be read, and why. */
const UNREADABLE: readonly (readonly [name: string, fragment: string, why: string])[] = [
	['nothing', '#setup=', 'empty'],
	['blanks', code('   '), 'empty'],
	['a letter too many', '#setup=eyJhI', 'not-base64url'],
	['plain base64', '#setup=e30+/w', 'not-base64url'],
	['percent signs', '#setup=%7B%22lines%22%3A%5B%5D%7D', 'not-base64url'],
	['plain JSON', '#setup={"lines":[]}', 'not-base64url'],
	['markup', '#setup=<img src=x onerror=alert(1)>', 'not-base64url'],
	['a script address', '#setup=javascript:alert(1)', 'not-base64url'],
	['a second parameter', `${code('{}')}&run=1`, 'not-base64url'],
	['a NUL', '#setup=e30\u0000', 'not-base64url'],
	['broken UTF-8', `#setup=${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]).toString('base64url')}`, 'not-utf8'],
	['overlong UTF-8', `#setup=${Buffer.from([0x22, 0xc0, 0xaf, 0x22]).toString('base64url')}`, 'not-utf8'],
	[
		'a surrogate in UTF-8',
		`#setup=${Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]).toString('base64url')}`,
		'not-utf8'
	],
	['UTF-16', `#setup=${Buffer.from('{"lines":[]}', 'utf16le').toString('base64url')}`, 'not-json'],
	['half of it', code('{"lines":[{"id":"desk"'), 'not-json'],
	['two of them', code('{}{}'), 'not-json'],
	['a comment', code('{/*x*/"lines":[]}'), 'not-json'],
	['a list', code('[{"lines":[]}]'), 'no-object'],
	['a text', code('"lines"'), 'no-object'],
	['null', code('null'), 'no-object'],
	['a number', code('1e999'), 'no-object'],
	['ten thousand lists in each other', code(nested(10_000)), 'too-deep'],
	['25 levels', code(nested(25)), 'too-deep'],
	['two megabytes', `#setup=${'A'.repeat(2_000_000)}`, 'too-long'],
	['__proto__', code('{"__proto__":{"lines":[]},"lines":[]}'), 'strange-key'],
	['__proto__ in a line', code('{"lines":[{"__proto__":{"kind":"twilio"}}]}'), 'strange-key'],
	['constructor.prototype', code('{"theme":{"constructor":{"prototype":{"x":1}}}}'), 'strange-key']
];

/** What can be read and is refused as a whole: where, and why. */
const REFUSED: readonly (readonly [name: string, config: object, path: string, why: string])[] = [
	['nothing known', { x: 1 }, '', 'missing'],
	['an empty object', {}, '', 'missing'],
	['a kiosk', { ...line({}), kiosk: { autoAnswer: ['*'] } }, 'kiosk', 'site-only'],
	['a PIN', { ...line({}), kiosk: { pinHash: 'pbkdf2-sha256$1000$a$b' } }, 'kiosk', 'site-only'],
	['locks', { ...line({}), locked: ['settings', 'setup'] }, 'locked', 'site-only'],
	['host pages', { ...line({}), embed: { origins: ['https://evil.example'] } }, 'embed', 'site-only'],
	[
		'a control address',
		{ ...line({}), checkup: { controlUrl: 'https://evil.example/' } },
		'checkup',
		'site-only'
	],
	['a refresh', { ...line({}), configRefreshMinutes: 1 }, 'configRefreshMinutes', 'site-only'],
	['no questions', { ...line({}), dialling: { confirm: [] } }, 'dialling.confirm', 'site-only'],
	['no emergency numbers', { ...line({}), dialling: { emergency: [] } }, 'dialling.emergency', 'site-only'],
	['a gateway', line({ gateway: 'evil.example:443' }), 'lines[0].gateway', 'site-only'],
	['a gateway that is null', line({ gateway: null }), 'lines[0].gateway', 'site-only'],
	['the token of a line', probe({ query: { t: '{token:desk}' } }), 'probes[0].query.t', 'site-only'],
	['such a token in a text', probe({ query: { t: 'x{token:desk}y' } }), 'probes[0].query.t', 'site-only'],
	['plain http', line({ token: { url: 'http://evil.example/t' } }), 'lines[0].token.url', 'wrong-value'],
	['javascript:', line({ token: { url: 'javascript:alert(1)' } }), 'lines[0].token.url', 'wrong-value'],
	['data:', line({ token: { url: 'data:application/json,{}' } }), 'lines[0].token.url', 'wrong-value'],
	['blob:', line({ token: { url: 'blob:https://evil.example/1' } }), 'lines[0].token.url', 'wrong-value'],
	['file:', line({ token: { url: 'file:///etc/passwd' } }), 'lines[0].token.url', 'wrong-value'],
	['//host', line({ token: { url: '//evil.example/t' } }), 'lines[0].token.url', 'wrong-value'],
	['backslashes', line({ token: { url: 'https:\\\\evil.example' } }), 'lines[0].token.url', 'wrong-value'],
	[
		'a user name',
		line({ token: { url: 'https://tokens.acme.example@evil.example/' } }),
		'lines[0].token.url',
		'wrong-value'
	],
	['a line break', line({ token: { url: 'https://evil.exa\nmple/' } }), 'lines[0].token.url', 'wrong-value'],
	[
		'an address with a template',
		line({ token: { url: 'https://evil.example/{identity}' } }),
		'lines[0].token.url',
		'wrong-value'
	],
	[
		'a header with a line break',
		line({ token: { url: '/t', headers: { a: 'b\r\nc: d' } } }),
		'lines[0].token.headers.a',
		'wrong-value'
	],
	[
		'an address that is a list',
		line({ token: { url: ['https://evil.example'] } }),
		'lines[0].token.url',
		'wrong-type'
	],
	[
		'a probe over plain ws',
		{ probes: [{ id: 'p', url: 'ws://evil.example/' }] },
		'probes[0].url',
		'wrong-value'
	],
	[
		'a probe to a script',
		{ probes: [{ id: 'p', url: 'javascript:alert(1)' }] },
		'probes[0].url',
		'wrong-value'
	],
	['an unknown kind', { lines: [{ id: 'desk', kind: '__proto__' }] }, 'lines[0].kind', 'unknown-kind'],
	['an id with a path', line({ id: '../x' }), 'lines[0].id', 'wrong-value'],
	['the same id twice', { lines: [...line({}).lines, ...line({}).lines] }, 'lines[1].id', 'duplicate-id'],
	['a label of many lines', line({ label: 'Support\ndesk' }), 'lines[0].label', 'wrong-value'],
	['a label of a megabyte', line({ label: 'x'.repeat(20_000) }), 'lines[0].label', 'wrong-value'],
	['lines that are an object', { lines: { 0: {} } }, 'lines', 'wrong-type'],
	[
		'a colour with a style',
		{ theme: { accent: 'red;background:url(https://evil.example)' } },
		'theme.accent',
		'wrong-value'
	],
	['a name that is an object', { name: { toString: 'x' } }, 'name', 'wrong-type'],
	['a Twilio auth token', line({ authToken: secret.twilio }), 'lines[0].authToken', 'server-secret'],
	['a LiveKit secret', room({ apiSecret: secret.liveKit }), 'lines[0].apiSecret', 'server-secret'],
	['a private key', line({ label: '-----BEGIN PRIVATE KEY-----' }), 'lines[0].label', 'server-secret']
];

/** In order, and yet meant ill: asked about, with the hosts that give them away. */
const ASKED: readonly (readonly [name: string, config: WrittenConfig, token: string, server: string])[] = [
	['another token server under the old name', line({ label: 'Support desk' }), 'evil.example', 'twilio.com'],
	[
		'a lookalike',
		line({ token: { url: 'https://tokens.аcme.example/t' } }),
		'tokens.xn--cme-5cd.example',
		'twilio.com'
	],
	[
		'a longer name',
		line({ token: { url: 'https://tokens.acme.example.evil.example/t' } }),
		'tokens.acme.example.evil.example',
		'twilio.com'
	],
	[
		'another port',
		line({ token: { url: 'https://tokens.acme.example:8443/t' } }),
		'tokens.acme.example:8443',
		'twilio.com'
	],
	['this page itself', line({ token: { url: './t' } }), 'phone.example', 'twilio.com'],
	['this machine', line({ token: { url: 'http://localhost:8080/t' } }), 'localhost:8080', 'twilio.com'],
	[
		'with cookies',
		line({ token: { url: 'https://bank.example/t', auth: { kind: 'cookie' } } }),
		'bank.example',
		'twilio.com'
	],
	['another server', room({ serverUrl: 'wss://evil.example' }), 'evil.example', 'evil.example'],
	['with markup in its name', line({ label: '<img src=x onerror=alert(1)>' }), 'evil.example', 'twilio.com'],
	['with a name that runs the other way', line({ label: '\u202egro.live' }), 'evil.example', 'twilio.com']
];

describe('60 and more set-up links that mean harm', () => {
	it('are that many', () => {
		expect(UNREADABLE.length + REFUSED.length + ASKED.length).toBeGreaterThanOrEqual(60);
	});

	test.each(UNREADABLE)('cannot be read: %s', (_, fragment, why) => {
		const read = readSetupFragment(fragment);
		expect(read).toMatchObject({ ok: false, error: { why } });
	});

	test.each(REFUSED)('are refused: %s', (_, config, path, why) => {
		const { setup, own, stored } = stage();
		const read = readSetupFragment(setupFragment(config as WrittenConfig));
		if (!read.ok) throw new Error(read.error.why);
		const { fits, problems } = setup.judge(read.value);
		expect(fits).toBe(false);
		expect(problems.map((one) => [one.path, one.code])).toContainEqual([path, why]);
		expect(JSON.stringify(problems)).not.toContain(secret.twilio);
		expect(JSON.stringify(problems)).not.toContain(secret.liveKit);
		expect(() => setup.apply(read.value)).toThrow(LineError);
		expect([own.config.value, stored.size]).toEqual([undefined, 0]);
	});

	test.each(ASKED)('are asked about with their hosts: %s', (_, config, token, server) => {
		const { setup, own, stored } = stage();
		const read = readSetupFragment(setupFragment(config));
		if (!read.ok) throw new Error(read.error.why);
		const { fits, changes } = setup.judge(read.value);
		expect(fits).toBe(true);
		const fresh = changes.entries.find(({ after }) => after);
		expect(fresh).toMatchObject({ after: { token, server } });
		const old = changes.entries.find(({ id }) => id === 'desk');
		expect(old?.before).toEqual({ token: 'tokens.acme.example', server: 'voice.acme.example' });
		expect(changes.none).toBe(false);
		// Looking applies nothing.
		expect([own.config.value, stored.size]).toEqual([undefined, 0]);
	});

	test.each(ASKED)('change nothing where the file closes the set-up: %s', (_, config) => {
		const { setup, own } = stage({ ...SITE, raw: { ...SITE.raw, locked: ['setup'] } });
		expect(setup.closedBy()).toBe('locked');
		expect(() => setup.apply(config)).toThrow(LineError);
		expect(() => setup.forget()).toThrow(LineError);
		expect(own.config.value).toBeUndefined();
	});
});

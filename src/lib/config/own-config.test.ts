import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isWritten, withOwn, type WrittenConfig } from './own-config.ts';
import { readOffered } from './offered-text.ts';
import { parseConfig } from './parse-config.ts';
import { configInForce, permitsSetup } from './site-file.ts';
import { LineError } from '#lib/core/errors.ts';

const line = (id: string, more: object = {}) => ({ id, kind: 'twilio', ...more });
const siteProbe = { id: 'p', url: 'wss://a.example', query: { t: '{token:desk}' } };

const TABLE: readonly (readonly [string, WrittenConfig, WrittenConfig, WrittenConfig])[] = [
	['lines over none', {}, { lines: [line('a')] }, { lines: [line('a')] }],
	['lines in the place of lines', { lines: [line('desk')] }, { lines: [line('a')] }, { lines: [line('a')] }],
	[
		'the site’s probes go with its lines',
		{ lines: [line('desk')], probes: [siteProbe] },
		{ lines: [line('desk')] },
		{ lines: [line('desk')] }
	],
	[
		'without lines they stay',
		{ lines: [line('desk')], probes: [siteProbe] },
		{ name: 'Mine' },
		{ name: 'Mine', lines: [line('desk')], probes: [siteProbe] }
	],
	['a gateway is dropped', {}, { lines: [line('a', { gateway: 'x:1' })] }, { lines: [line('a')] }],
	['a probe that sends a line’s token is dropped', {}, { probes: [siteProbe] }, { probes: [] }],
	[
		'name, colours and language',
		{ name: 'Site', theme: { accent: '#000' } },
		{ name: 'Mine', language: 'es' },
		{ name: 'Mine', theme: { accent: '#000' }, language: 'es' }
	],
	[
		'what the site alone may say',
		{ locked: ['history'], kiosk: { onDuty: true } },
		{
			name: 'Mine',
			locked: [],
			kiosk: {},
			embed: { origins: ['https://evil.example'] },
			configRefreshMinutes: 5
		},
		{ name: 'Mine', locked: ['history'], kiosk: { onDuty: true } }
	],
	[
		'the site’s rules for dialling count',
		{ dialling: { allow: ['+1*'] } },
		{ dialling: { allow: ['*'], country: 'DE', confirm: [], emergency: [] } },
		{ dialling: { allow: ['+1*'], country: 'DE' } }
	],
	[
		'its own where the site has none',
		{},
		{ dialling: { allow: ['+1*'], confirm: [] } },
		{ dialling: { allow: ['+1*'] } }
	],
	[
		'the site’s word on the history counts',
		{ history: { keepDays: 0 } },
		{ history: { keepDays: 900 } },
		{ history: { keepDays: 0 } }
	]
];

describe('a config of this device', () => {
	test.each(TABLE)('%s', (_, site, own, wanted) => {
		expect(withOwn(site, own)).toEqual(wanted);
	});

	it('never brings what the site alone may say, whatever it is', () => {
		const key = fc.constantFrom(
			'locked',
			'kiosk',
			'embed',
			'checkup',
			'configRefreshMinutes',
			'lines',
			'probes',
			'dialling',
			'theme',
			'x'
		);
		const own = fc.dictionary(
			key,
			fc.oneof(
				fc.anything(),
				fc.array(
					fc.record({ gateway: fc.string(), query: fc.dictionary(fc.string(), fc.constant('{token:a}')) })
				)
			)
		);
		fc.assert(
			fc.property(own, (config) => {
				const { locked, kiosk, embed, dialling, lines, probes } = withOwn({ locked: ['setup'] }, config);
				expect([locked, kiosk, embed]).toEqual([['setup'], undefined, undefined]);
				if (isWritten(dialling)) expect(Object.keys(dialling)).not.toContain('confirm');
				const list: readonly unknown[] = Array.isArray(lines) ? lines : [];
				expect(list.some((one) => isWritten(one) && 'gateway' in one)).toBe(false);
				expect(JSON.stringify(Array.isArray(probes) ? probes : [])).not.toContain('{token:');
				parseConfig(withOwn({}, config));
			})
		);
	});

	it('counts only where the file does not close it, and when no file ever arrived', () => {
		const own = { name: 'Mine' };
		const name = (site: Parameters<typeof configInForce>[0]) => configInForce(site, own).state.config.name;
		const error = new LineError('config.unreachable');
		expect(name({ source: 'none' })).toBe('Mine');
		expect(name({ source: 'none', error })).toBe('Mine');
		expect(name({ source: 'file', raw: { name: 'Site' } })).toBe('Mine');
		expect(name({ source: 'file', raw: { name: 'Site', locked: ['settings'] } })).toBe('Mine');
		expect(name({ source: 'file', raw: { name: 'Site', locked: ['setup'] } })).toBe('Site');
		expect(name({ source: 'last-good', raw: { name: 'Site', locked: ['setup'] }, error })).toBe('Site');
		expect(permitsSetup({ source: 'none', error })).toBe(false);
		expect(configInForce({ source: 'none' }).state.source).toBe('none');
		expect(configInForce({ source: 'none', error }, own).state).toMatchObject({ source: 'own', error });
	});
});

describe('JSON of somebody else', () => {
	it('says where it stops being JSON', () => {
		expect(readOffered('{\n  "lines": [,]\n}')).toEqual({
			ok: false,
			error: { why: 'not-json', line: 2, column: 13 }
		});
	});

	it('is limited in length and depth, and never throws', () => {
		expect(readOffered(`"${'x'.repeat(300_000)}"`)).toEqual({
			ok: false,
			error: { why: 'too-long', limitKiB: 256 }
		});
		expect(readOffered(`\ufeff{"lines":[]}`)).toEqual({ ok: true, value: { lines: [] } });
		fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readOffered(text)));
	});
});

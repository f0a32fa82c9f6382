import { describe, expect, it, test } from 'vitest';
import { readOffered } from './offered-text.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { readSettingsFile, settingsFile } from './settings-file.ts';
import { shareable } from './shareable.ts';

const config = { lines: [{ id: 'desk', kind: 'twilio', token: { url: './t' } }] };
const settings = {
	...DEFAULT_SETTINGS,
	microphone: 'id-of-this-device',
	microphoneLabel: 'Headset of Ada',
	scheme: 'dark' as const,
	ringVolume: 0.3,
	linesOff: ['desk']
};

describe('a file of settings', () => {
	it('comes back as it was saved, without what is true on this device alone', () => {
		const text = settingsFile(config, settings);
		expect(text).not.toContain('Headset');
		expect(text).not.toContain('id-of-this-device');
		const read = readOffered(text);
		if (!read.ok) throw new Error(read.error.why);
		const { language, scheme, keyTones, ringVolume, line, linesOff } = settings;
		expect(readSettingsFile(read.value)).toEqual({
			config,
			settings: { language, scheme, keyTones, ringVolume, line, linesOff },
			problems: [],
			configPath: 'config'
		});
	});

	it('may be a config.json alone', () => {
		expect(readSettingsFile(config)).toEqual({ config, settings: {}, problems: [], configPath: '' });
	});

	test.each([
		[{ format: 'offhook-settings/9', config }, 'format', 'wrong-value', 'error'],
		[{ format: 'offhook-settings/1', config: [] }, 'config', 'wrong-type', 'error'],
		[{ format: 'offhook-settings/1', settings: 'x' }, 'settings', 'wrong-type', 'error'],
		[
			{ format: 'offhook-settings/1', settings: { scheme: 'pink' } },
			'settings.scheme',
			'wrong-value',
			'error'
		],
		[
			{ format: 'offhook-settings/1', settings: { ringVolume: 11 } },
			'settings.ringVolume',
			'wrong-value',
			'error'
		],
		[
			{ format: 'offhook-settings/1', settings: { linesOff: 'desk' } },
			'settings.linesOff',
			'wrong-value',
			'error'
		],
		[
			{ format: 'offhook-settings/1', settings: { microphone: 'x' } },
			'settings.microphone',
			'unknown-key',
			'warning'
		],
		[{ format: 'offhook-settings/1', history: [] }, 'history', 'unknown-key', 'warning']
	])('tells what is wrong and where: %j', (raw, path, code, severity) => {
		const read = readSettingsFile(raw);
		expect(read.problems).toMatchObject([{ path, code, severity }]);
		expect(read.settings).toEqual({});
	});
});

describe('what is shared', () => {
	it('has no secret, no proof of who somebody is, and nothing of the site alone', () => {
		const token = { url: '/t', headers: { Authorization: 'Bearer abcdef123456', apikey: 'public' } };
		const { config: shared, leftOut } = shareable({
			$schema: './config.schema.json',
			name: 'Acme',
			kiosk: { onDuty: true },
			locked: ['history'],
			lines: [
				{ id: 'desk', kind: 'twilio', token, gateway: 'a.example:443' },
				{ id: 'bad', kind: 'twilio', authToken: '0123456789abcdef0123456789abcdef' }
			],
			probes: [
				{ id: 'p', url: 'wss://a.example', query: { t: '{token:desk}' } },
				{ id: 'q', url: 'wss://b.example', query: { t: '{token}' } }
			],
			dialling: { country: 'DE', confirm: ['+49900*'] }
		});
		expect(shared).toEqual({
			name: 'Acme',
			lines: [{ id: 'desk', kind: 'twilio', token: { url: '/t', headers: { apikey: 'public' } } }],
			probes: [{ id: 'q', url: 'wss://b.example', query: { t: '{token}' } }],
			dialling: { country: 'DE' }
		});
		expect([...leftOut].sort()).toEqual([
			'dialling.confirm',
			'kiosk',
			'lines',
			'lines[0].gateway',
			'lines[0].token.headers.Authorization',
			'locked',
			'probes[0]'
		]);
	});
});

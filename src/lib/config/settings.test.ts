import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { parseSettings } from './stored-settings.ts';

const OWN: Settings = {
	microphone: 'mic-1',
	speaker: 'out-1',
	ringer: 'out-2',
	microphoneLabel: 'Headset',
	speakerLabel: 'Headset',
	ringerLabel: 'Loudspeaker',
	ringVolume: 0.3,
	keyTones: false,
	language: 'es',
	scheme: 'dark',
	linesOff: ['agent'],
	line: 'desk'
};

describe('settings from storage', () => {
	test('come back as they were', () => {
		expect(parseSettings(JSON.parse(JSON.stringify(OWN)))).toEqual(OWN);
	});

	test.each([[undefined], [null], [5], ['x'], [[]], [{}]])('%j gives the defaults', (raw) => {
		expect(parseSettings(raw)).toEqual(DEFAULT_SETTINGS);
	});

	test.each(Object.keys(OWN) as (keyof Settings)[])('a broken %s falls back alone', (key) => {
		for (const broken of [undefined, null, 7, { a: 1 }, [7], Number.NaN, 'x'.repeat(1000)]) {
			expect(parseSettings({ ...OWN, [key]: broken })).toEqual({ ...OWN, [key]: DEFAULT_SETTINGS[key] });
		}
	});

	test('never throws, and drops what it does not know', () => {
		fc.assert(
			fc.property(fc.anything(), (raw) => {
				expect(Object.keys(parseSettings(raw)).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
			})
		);
		expect(parseSettings({ token: 'x', __proto__: { line: 'y' } })).not.toHaveProperty('token');
	});

	test('the default list is not shared', () => {
		expect(parseSettings({}).linesOff).not.toBe(parseSettings({}).linesOff);
	});
});

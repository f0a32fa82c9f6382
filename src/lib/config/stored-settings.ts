import {
	array,
	boolean,
	fallback,
	maxLength,
	maxValue,
	minValue,
	number,
	object,
	parse,
	picklist,
	pipe,
	string
} from 'valibot';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

const short = pipe(string(), maxLength(500));
const byDefault = DEFAULT_SETTINGS;

const stored = object({
	microphone: fallback(short, byDefault.microphone),
	speaker: fallback(short, byDefault.speaker),
	ringer: fallback(short, byDefault.ringer),
	microphoneLabel: fallback(short, byDefault.microphoneLabel),
	speakerLabel: fallback(short, byDefault.speakerLabel),
	ringerLabel: fallback(short, byDefault.ringerLabel),
	ringVolume: fallback(pipe(number(), minValue(0), maxValue(1)), byDefault.ringVolume),
	keyTones: fallback(boolean(), byDefault.keyTones),
	language: fallback(short, byDefault.language),
	scheme: fallback(picklist(['auto', 'light', 'dark']), byDefault.scheme),
	linesOff: fallback(pipe(array(short), maxLength(100)), () => []),
	line: fallback(short, byDefault.line)
});

/** Settings from storage. A field that is missing or broken is the default; the others stay. Never throws. */
export function parseSettings(raw: unknown): Settings {
	return parse(stored, typeof raw === 'object' && raw !== null ? raw : {});
}

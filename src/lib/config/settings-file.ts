import { pathTo, problem, unknownKey } from './check.ts';
import { isWritten, type WrittenConfig } from './own-config.ts';
import type { Problem } from './problem.ts';
import type { Settings } from './settings.ts';
import { parseSettings } from './stored-settings.ts';

export const SETTINGS_FORMAT = 'offhook-settings/1';

/** What a person has chosen that is true on another device as well: devices are not. */
export type PortableSettings = Pick<Settings, (typeof PORTABLE)[number]>;
const PORTABLE = ['language', 'scheme', 'keyTones', 'ringVolume', 'line', 'linesOff'] as const;
const FORMS: Readonly<Record<(typeof PORTABLE)[number], string>> = {
	language: '"auto" | "en" | "es"',
	scheme: '"auto" | "light" | "dark"',
	keyTones: 'true | false',
	ringVolume: '0 … 1',
	line: '"…"',
	linesOff: '["…"]'
};

/** What is saved: the config and the choices, no history and nothing secret. */
export function settingsFile(config: WrittenConfig, settings: Settings): string {
	const chosen = Object.fromEntries(PORTABLE.map((key) => [key, settings[key]]));
	return `${JSON.stringify({ format: SETTINGS_FORMAT, config, settings: chosen }, null, '\t')}\n`;
}

export interface ReadFile {
	/** Absent: the file has none. */
	readonly config?: WrittenConfig;
	readonly settings: Partial<PortableSettings>;
	readonly problems: readonly Problem[];
	/** Where the config stands in the file: problems of it are told with it in front. */
	readonly configPath: string;
}

/** Reads a saved file; a config.json alone is one as well. What is wrong among the choices is an error with its place. */
export function readSettingsFile(raw: WrittenConfig): ReadFile {
	if (!Object.hasOwn(raw, 'format')) return { config: raw, settings: {}, problems: [], configPath: '' };
	const problems: Problem[] = [];
	if (raw['format'] !== SETTINGS_FORMAT)
		problems.push(problem('format', 'wrong-value', { allowed: `"${SETTINGS_FORMAT}"` }));
	for (const key of Object.keys(raw))
		if (!['$schema', 'format', 'config', 'settings'].includes(key))
			problems.push(unknownKey(pathTo('', key), ['format', 'config', 'settings']));
	const { config, settings = {} } = raw;
	for (const [key, value] of [
		['config', config],
		['settings', settings]
	] as const)
		if (value !== undefined && !isWritten(value))
			problems.push(problem(key, 'wrong-type', { found: typeof value, allowed: '{…}' }));
	const read = isWritten(settings) ? readChoices(settings, problems) : {};
	return { ...(isWritten(config) ? { config } : {}), settings: read, problems, configPath: 'config' };
}

function readChoices(raw: WrittenConfig, problems: Problem[]): Partial<PortableSettings> {
	const parsed = parseSettings(raw);
	const read: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(raw)) {
		const path = pathTo('settings', key);
		const known = PORTABLE.find((one) => one === key);
		if (!known) problems.push(unknownKey(path, PORTABLE));
		else if (JSON.stringify(parsed[known]) === JSON.stringify(value)) read[known] = parsed[known];
		else problems.push(problem(path, 'wrong-value', { allowed: FORMS[known] }));
	}
	return read;
}

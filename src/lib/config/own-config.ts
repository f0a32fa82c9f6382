import { kindOf } from './check.ts';

/** A config as it is written: an object of JSON, unchecked. */
export type WrittenConfig = Readonly<Record<string, unknown>>;

/** What of a config may come from elsewhere than the site's own file. The lines bring their probes. */
export const OWN_KEYS = ['name', 'lines', 'probes', 'dialling', 'history', 'theme', 'language'] as const;
/** Of `dialling`: rules that protect the user's money and safety are the site's alone. */
export const SITE_DIALLING: readonly string[] = ['confirm', 'emergency'];
/** Of a line: who is spoken to in the vendor's place. */
export const SITE_LINE: readonly string[] = ['gateway'];
/** In the query of a probe: sends the token of a line to somebody else. */
export const LINE_TOKEN = /\{token:/;

/**
 * The config in force where one was set up on this device. The site's file keeps what is its alone, and what it says of
 * `dialling` and `history`; the rest is the device's, and with the file's lines go its probes. Whether the site permits it at all
 * is not asked here. Pure; what is of the wrong kind is passed on, for the schema to judge.
 */
export function withOwn(site: WrittenConfig, own: WrittenConfig): WrittenConfig {
	const { name, lines, probes, theme, language } = own;
	const gone = lines !== undefined ? ['lines', 'probes'] : probes !== undefined ? ['probes'] : [];
	return {
		...(without(site, gone) as WrittenConfig),
		...defined({
			...{ name, theme, language },
			lines: Array.isArray(lines) ? lines.map((line: unknown) => without(line, SITE_LINE)) : lines,
			probes: Array.isArray(probes) ? probes.filter((probe) => !sendsLineToken(probe)) : probes,
			dialling: over(without(own['dialling'], SITE_DIALLING), site['dialling']),
			history: over(own['history'], site['history'])
		})
	};
}

/** Whether a probe asks for the token of a line. */
export function sendsLineToken(probe: unknown): boolean {
	const query = isWritten(probe) ? probe['query'] : undefined;
	return isWritten(query) && Object.values(query).some((text) => LINE_TOKEN.test(String(text)));
}

export const isWritten = (value: unknown): value is WrittenConfig => kindOf(value) === 'object';

/** The object without those keys; anything else as it is. */
export function without(value: unknown, keys: readonly string[]): unknown {
	if (!isWritten(value)) return value;
	return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Key by key, the site's word counts. */
const over = (own: unknown, site: unknown): unknown =>
	isWritten(own) && isWritten(site) ? { ...own, ...site } : (site ?? own);

const defined = (fields: WrittenConfig): WrittenConfig =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

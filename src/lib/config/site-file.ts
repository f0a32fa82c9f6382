import type { LineError } from '#lib/core/errors.ts';
import { NO_CONFIG, type ConfigState } from './config.ts';
import { withOwn, type WrittenConfig } from './own-config.ts';
import { parseConfig } from './parse-config.ts';

/** What the site's own config.json says. */
export interface SiteFile {
	/** Absent: there is no file, or an empty one, or it did not arrive and there is no copy of it. */
	readonly raw?: WrittenConfig;
	readonly source: 'file' | 'last-good' | 'none';
	/** Why the file itself is not in force. */
	readonly error?: LineError;
}

/** Whether a phone may be set up on the device: only where the site's file is known and does not close it. */
export function permitsSetup({ raw, error }: SiteFile): boolean {
	if (!raw) return error === undefined;
	return !parseConfig(raw).config.locked.includes('setup');
}

/**
 * The config in force, and how it is written: the site's file, with what was set up on this device in its place where the
 * file does not close that. A file that never arrived closes nothing: what was set up here was permitted by it once.
 */
export function configInForce(
	site: SiteFile,
	own?: WrittenConfig
): { readonly state: ConfigState; readonly written: WrittenConfig } {
	const { raw, source, error } = site;
	const why = error ? { error } : {};
	if (own && (!raw || permitsSetup(site))) {
		const written = withOwn(raw ?? {}, own);
		return { written, state: { ...parseConfig(written), source: 'own', ...why } };
	}
	if (!raw) return { written: {}, state: error ? { ...NO_CONFIG, error } : NO_CONFIG };
	return { written: raw, state: { ...parseConfig(raw), source, ...why } };
}

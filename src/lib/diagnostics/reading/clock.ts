import type { Evidence, FetchAttempt } from '../types.ts';
import { isGenuine } from './attempts.ts';
import { valueOf } from './surroundings.ts';

/** What must be added to this device's time to get a server's, ms, by the Date of an answer (whole seconds). */
export function offsetBy(fetch: FetchAttempt | undefined): number | undefined {
	if (!fetch?.date || !isGenuine(fetch)) return undefined;
	const server = Date.parse(fetch.date);
	return Number.isNaN(server) ? undefined : server - (fetch.at + fetch.ms);
}

/**
 * What must be added to this device's time to get the true one, ms: by the answers of this site and of the control
 * address. Undefined where neither could be read.
 */
export function trueOffset({ page }: Evidence): number | undefined {
	const control = valueOf(page.control);
	return offsetBy(control?.elsewhere) ?? offsetBy(control?.own);
}

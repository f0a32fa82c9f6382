import { kindOf, pathTo } from './check.ts';
import { findServerSecrets } from './server-secrets.ts';

/**
 * What may be kept of a config for the next start without a network: its JSON without every line, probe and section in
 * which a server's secret stands.
 */
export function keepable(raw: unknown): string {
	if (kindOf(raw) !== 'object') return '{}';
	const kept = Object.entries(raw as object)
		.map(([key, value]: [string, unknown]) => [key, keepableEntries(key, value)] as const)
		.filter(([key, value]) => findServerSecrets({ [key]: value }, '').length === 0);
	return JSON.stringify(Object.fromEntries(kept));
}

function keepableEntries(key: string, value: unknown): unknown {
	if ((key !== 'lines' && key !== 'probes') || !Array.isArray(value)) return value;
	return value.filter((entry, at) => findServerSecrets(entry, pathTo(key, at)).length === 0);
}

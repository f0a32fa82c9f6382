import { pathTo } from './check.ts';
import { keepable } from './last-good.ts';
import { isWritten, OWN_KEYS, sendsLineToken, SITE_DIALLING, SITE_LINE, without } from './own-config.ts';
import type { WrittenConfig } from './own-config.ts';

export interface Shareable {
	/** What may leave the device; it is accepted elsewhere as it is. */
	readonly config: WrittenConfig;
	/** Paths of what stayed behind. */
	readonly leftOut: readonly string[];
}

/** Headers that prove who somebody is: whoever gets the set-up proves it anew. */
const PROOF = /^(authorization|proxy-authorization|cookie)$/i;

/**
 * What of a config goes into a link or a file for others: no server's secret, no header that proves who somebody is, and
 * nothing that only a site's own file may say.
 */
export function shareable(written: WrittenConfig): Shareable {
	const leftOut: string[] = [];
	const safe = JSON.parse(keepable(written)) as WrittenConfig;
	for (const [key, value] of Object.entries(written)) {
		const isOwn = (OWN_KEYS as readonly string[]).includes(key);
		if (key !== '$schema' && (!isOwn || sizeOf(safe[key]) !== sizeOf(value))) leftOut.push(key);
	}
	const config = Object.fromEntries(
		OWN_KEYS.filter((key) => Object.hasOwn(safe, key)).map((key) => [key, part(key, safe[key], leftOut)])
	);
	return { config, leftOut };
}

function part(key: string, value: unknown, leftOut: string[]): unknown {
	if (key === 'dialling') return cut(value, key, SITE_DIALLING, leftOut);
	if (key !== 'lines' && key !== 'probes') return value;
	if (!Array.isArray(value)) return value;
	return value.flatMap((entry: unknown, at): readonly unknown[] => {
		const path = pathTo(key, at);
		if (key === 'probes' && sendsLineToken(entry)) {
			leftOut.push(path);
			return [];
		}
		const kept = key === 'lines' ? cut(entry, path, SITE_LINE, leftOut) : entry;
		return [withoutProof(kept, path, leftOut)];
	});
}

function withoutProof(entry: unknown, path: string, leftOut: string[]): unknown {
	const token = isWritten(entry) ? entry['token'] : undefined;
	const headers = isWritten(token) ? token['headers'] : undefined;
	if (!isWritten(entry) || !isWritten(token) || !isWritten(headers)) return entry;
	const proofs = Object.keys(headers).filter((name) => PROOF.test(name));
	if (proofs.length === 0) return entry;
	const kept = cut(headers, `${path}.token.headers`, proofs, leftOut);
	return { ...entry, token: { ...token, headers: kept } };
}

function cut(value: unknown, path: string, keys: readonly string[], leftOut: string[]): unknown {
	if (isWritten(value))
		for (const key of keys) if (Object.hasOwn(value, key)) leftOut.push(pathTo(path, key));
	return without(value, keys);
}

const sizeOf = (value: unknown): number =>
	Array.isArray(value) ? value.length : Number(value !== undefined);

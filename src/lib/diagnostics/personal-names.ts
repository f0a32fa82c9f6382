import type { Evidence } from './types.ts';

/** Fields of settings and claims that name somebody: `sub` of a LiveKit token is its identity. */
const NAMING = /^(?:identity|sub|name|email|preferred_username)$/i;
/** Anything shorter stands in every other word. */
const SHORTEST = 3;
const MOST = 50;
const DEEPEST = 12;

/** By which names settings and tokens know whoever uses this phone, the longest first; agents have names of their own. */
export function namesIn({ lines, probes }: Evidence): readonly string[] {
	const names = new Set<string>();
	const look = (value: unknown, depth: number): void => {
		if (typeof value !== 'object' || value === null || depth === 0) return;
		for (const [field, inner] of Object.entries(value) as [string, unknown][]) {
			if (typeof inner === 'string' && NAMING.test(field)) names.add(inner.trim());
			else look(inner, depth - 1);
		}
	};
	for (const { setup, token } of [...Object.values(lines), ...Object.values(probes)]) {
		if (setup?.ok && 'identity' in setup.value) names.add(setup.value.identity?.trim() ?? '');
		if (token?.ok) look([token.value.claims?.payload, token.value.againClaims?.payload], DEEPEST);
	}
	return [...names]
		.filter((name) => name.length >= SHORTEST)
		.sort((a, b) => b.length - a.length)
		.slice(0, MOST);
}

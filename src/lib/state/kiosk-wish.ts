import type { ConfigState } from '#lib/config/config.ts';

/**
 * What a page that is asked to be a kiosk is. `none`: the site has none. `unknown`: its file is not readable and there is no
 * copy of it, or what it says about the kiosk has a mistake: a kiosk must not become a phone by that.
 */
export function kioskOf({
	config,
	source,
	error,
	problems
}: ConfigState): 'pending' | 'kiosk' | 'unknown' | 'none' {
	if (source === 'pending') return 'pending';
	if (config.kiosk) return 'kiosk';
	if (error && source !== 'last-good') return 'unknown';
	return problems.some(({ path, severity }) => severity === 'error' && /^(?:kiosk\b.*)?$/.test(path))
		? 'unknown'
		: 'none';
}

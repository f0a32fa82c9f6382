import { isLoopback } from '#lib/config/url-rule.ts';

/** An address as the evidence shows it, taken apart. */
export interface Address {
	/** Without its colon. */
	readonly scheme: string;
	readonly host: string;
	/** As written; '' is the scheme's own. */
	readonly port: string;
	readonly path: string;
	readonly kind: HostKind;
}

/** `unqualified`: a name without a dot, which only a local network can know. */
export type HostKind = 'loopback' | 'private' | 'unqualified' | 'public';

/** Undefined for what is no absolute address. */
export function readAddress(shown: string): Address | undefined {
	try {
		const url = new URL(shown);
		if (url.hostname === '') return undefined;
		return {
			scheme: url.protocol.slice(0, -1),
			host: url.hostname,
			port: url.port,
			path: url.pathname,
			kind: kindOf(url.hostname)
		};
	} catch {
		return undefined;
	}
}

/** RFC 1918, 6598, 3927, 4193 and 4291, and names that only a local network resolves (RFC 6762, 8375). */
function kindOf(host: string): HostKind {
	if (isLoopback(host)) return 'loopback';
	const [a = -1, b = -1] = /^\d+(\.\d+){3}$/.test(host) ? host.split('.').map(Number) : [];
	const isPrivateV4 =
		a === 10 ||
		(a === 172 && b >= 16 && b <= 31) ||
		(a === 192 && b === 168) ||
		(a === 100 && b >= 64 && b <= 127) ||
		(a === 169 && b === 254);
	if (isPrivateV4 || /^\[(?:f[cd]|fe[89ab])/.test(host) || /\.(?:local|home\.arpa|lan|internal)$/.test(host))
		return 'private';
	return host.includes('.') || host.startsWith('[') ? 'public' : 'unqualified';
}

/** Where both are the same server and port. */
export function isSameServer(a: Address, b: Address): boolean {
	return a.host === b.host && portOf(a) === portOf(b);
}

/** The host with its port, as people write it. */
export const hostOf = (shown: string): string => {
	const address = readAddress(shown);
	return address ? `${address.host}${address.port === '' ? '' : `:${address.port}`}` : shown;
};

const PORTS: Readonly<Record<string, string>> = { https: '443', wss: '443', http: '80', ws: '80' };
const portOf = ({ scheme, port }: Address): string => (port === '' ? (PORTS[scheme] ?? '') : port);

/** ws and http are one, wss and https are one: the two ends of the same listener. */
export const isEncrypted = ({ scheme }: Address): boolean => scheme === 'wss' || scheme === 'https';

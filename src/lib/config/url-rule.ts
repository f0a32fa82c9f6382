/** Hosts that never leave this machine; the URL parser has normalised the spelling. */
export function isLoopback(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		hostname === '[::1]' ||
		/^127(\.\d+){3}$/.test(hostname)
	);
}

/** `http` reads https and http, `ws` reads wss and ws. */
type Family = 'http' | 'ws';

/**
 * The absolute address in `text`, if it may be used: encrypted, or plain for loopback hosts only; no user name, no
 * blanks, no backslashes and nothing else that a URL parser would silently repair.
 */
export function allowedUrl(text: string, family: Family = 'http'): URL | undefined {
	// eslint-disable-next-line no-control-regex -- exactly these are what URL parsers drop without a word
	if (/[\u0000-\u0020\u007f\\]/.test(text) || !/^[a-z]+:\/\/[^/?#]/i.test(text)) return undefined;
	const url = parseUrl(text);
	if (!url || url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
	if (url.protocol === `${family}s:`) return url;
	return url.protocol === `${family}:` && isLoopback(url.hostname) ? url : undefined;
}

/** Whether `text` is an address relative to the page, staying on the page's own origin. */
export function isRelative(text: string): boolean {
	// eslint-disable-next-line no-control-regex -- as above
	if (text === '' || /[\u0000-\u0020\u007f\\]/.test(text)) return false;
	return !/^(\/\/|[^/?#]*:)/.test(text);
}

/**
 * The absolute address that `text` means on the page `pageUrl`, if it may be used. Relative ones inherit the page's own
 * safety: a page on plain http that is not loopback has none.
 */
export function resolveUrl(text: string, pageUrl: string): URL | undefined {
	if (!isRelative(text)) return allowedUrl(text);
	const url = parseUrl(text, pageUrl);
	return url ? allowedUrl(url.href) : undefined;
}

function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

import { LineError, type Fault } from '#lib/core/errors.ts';
import { err, ok, type Result } from '#lib/core/result.ts';
import { isLoopback } from '#lib/config/url-rule.ts';

/** A LiveKit server's address in both of its writings, without a slash at the end. */
export interface ServerAddress {
	readonly ws: string;
	readonly http: string;
	readonly host: string;
}

/** What build tools write where a variable was not set. */
const NOTHING = ['', 'undefined', 'null', 'none', 'false'];

/**
 * Judges an address before the SDK sees it: of a bad one the SDK says nothing for 15 s, or it throws and its room object
 * hangs for ever (livekit-client 2.23.0). `pageProtocol` is the page's own, 'https:'. Fails with `livekit-url.missing`,
 * `server-url.scheme-missing`, `.insecure-scheme` or `.wrong-path`; there is no default, least of all localhost.
 */
export function checkServerUrl(
	text: string | undefined,
	pageProtocol: string
): Result<ServerAddress, LineError> {
	const found = (text ?? '').trim();
	const wrong = (fault: Fault) => err(new LineError(fault, { facts: { found: shown(found) } }));
	if (NOTHING.includes(found.toLowerCase())) return err(new LineError('livekit-url.missing'));
	// What a parser would silently repair (blanks inside, backslashes) is not what was meant.
	if (!/^(?:wss?|https?):\/\/[^\s\\/?#]/i.test(found) || /[\s\\]/.test(found))
		return wrong('server-url.scheme-missing');
	const url = parse(found);
	if (!url || url.username !== '' || url.password !== '') return wrong('server-url.scheme-missing');
	const path = url.pathname.replace(/\/+$/, '');
	if (found.includes('#') || /\/rtc(?:\/v\d+)?(?:\/validate)?$/.test(path))
		return wrong('server-url.wrong-path');
	const encrypted = url.protocol === 'wss:' || url.protocol === 'https:';
	if (!encrypted && pageProtocol === 'https:' && !isLoopback(url.hostname))
		return wrong('server-url.insecure-scheme');
	const rest = `${url.host}${path}`;
	return ok({
		ws: `ws${encrypted ? 's' : ''}://${rest}`,
		http: `http${encrypted ? 's' : ''}://${rest}`,
		host: url.host
	});
}

function parse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** Nobody needs more of it, and what follows may be a secret. */
function shown(text: string): string {
	return text
		.replace(/[?#].*$/s, '')
		.replace(/\/\/[^/@]*@/, '//')
		.slice(0, 100);
}

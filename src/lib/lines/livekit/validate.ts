import { LineError, type Fault } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';
import { redact } from '#lib/core/redact.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { ServerAddress } from './url-check.ts';

/** The server's answer to GET /rtc/validate, as far as it is read. */
export interface Answer {
	readonly status: number;
	/** Its beginning. */
	readonly body: string;
	readonly withToken: boolean;
}

const MOST_CHARACTERS = 4_096;

/** What a refusal's text says (auth.go and rtcservice.go of livekit-server 1.13.5). In this order. */
const REFUSALS: readonly (readonly [pattern: RegExp, fault: Fault])[] = [
	[/expired/i, 'livekit-token.expired'],
	[/not valid yet|not before|\(nbf\)/i, 'livekit-token.not-yet-valid'],
	[/invalid api key/i, 'livekit-token.unknown-key'],
	[/signature|cryptographic primitive/i, 'livekit-token.wrong-secret'],
	[/permission|no room name|identity cannot be empty/i, 'livekit-token.no-join-grant'],
	[/invalid (?:authorization )?token/i, 'livekit-token.malformed']
];

/** What the words of a 400 or 401 mean, which may contain the whole token. */
export function refusalOf(text: string, status: number): LineError {
	const found = REFUSALS.find(([pattern]) => pattern.test(withoutTokens(text)));
	return new LineError(found?.[1] ?? 'livekit-token.malformed', {
		vendorCode: status,
		facts: { said: redact(withoutTokens(text)).trim().slice(0, 200) }
	});
}

/** A token's own letters must not be taken for words. */
const withoutTokens = (text: string): string => text.replace(/eyJ[\w-]+(?:\.[\w-]*){0,2}/g, '[token]');

/**
 * What is wrong at the server's end, or undefined: LiveKit is there, and lets the token in where one was shown. Without a
 * token its own refusal proves that it is LiveKit.
 */
export function verdictOf({ status, body, withToken }: Answer): LineError | undefined {
	const failure = (fault: Fault) => new LineError(fault, { vendorCode: status });
	const text = body.trim();
	if (status >= 200 && status < 300)
		return text === 'success' ? undefined : failure('livekit-url.not-livekit');
	if (/^\s*<(?:!doctype|html|head|body)/i.test(text) && status < 500)
		return failure('livekit-url.not-livekit');
	if (status === 404)
		return failure(/room does not exist/i.test(text) ? 'livekit-room.not-found' : 'livekit-url.not-livekit');
	if (status === 400 || status === 401) {
		if (withToken) return refusalOf(text, status);
		return /permission|token|room name|join_request/i.test(text)
			? undefined
			: failure('livekit-url.not-livekit');
	}
	if (status >= 500 || status === 429) return failure('livekit-server.overloaded');
	return failure('livekit-url.not-livekit');
}

/**
 * Asks the server whether it is LiveKit and lets the token in; nobody joins by it, and no room comes about. Resolves with
 * what is wrong, or undefined. Rejects with `livekit-signalling.unreachable` where no answer comes within `ms`. LiveKit
 * lets every page read its answers: one that cannot be read is another server's, or of a proxy in between.
 *
 * The path of the older protocol is used: the newer one wants a whole request to join.
 */
export async function validate(
	address: ServerAddress,
	token: Secret | undefined,
	{ clock, signal, ms }: { readonly clock: Clock; readonly signal: AbortSignal; readonly ms: number }
): Promise<LineError | undefined> {
	const controller = new AbortController();
	const abort = () => controller.abort();
	const cancel = clock.after(ms, abort);
	signal.addEventListener('abort', abort);
	if (signal.aborted) abort();
	const url = `${address.http}/rtc/validate`;
	const query = token ? `?access_token=${encodeURIComponent(token.reveal())}` : '';
	const options: RequestInit = {
		cache: 'no-store',
		credentials: 'omit',
		referrerPolicy: 'no-referrer',
		signal: controller.signal
	};
	try {
		const response = await fetch(`${url}${query}`, options).catch(() =>
			fetch(url, { ...options, mode: 'no-cors' })
		);
		if (response.type === 'opaque')
			return new LineError('livekit-url.not-livekit', { facts: { host: address.host } });
		const body = (await response.text()).slice(0, MOST_CHARACTERS);
		return verdictOf({ status: response.status, body, withToken: token !== undefined });
	} catch {
		// The cause is left out: its message can hold the address, and the address holds the token.
		throw new LineError('livekit-signalling.unreachable', { facts: { host: address.host } });
	} finally {
		cancel();
		signal.removeEventListener('abort', abort);
		controller.abort();
	}
}

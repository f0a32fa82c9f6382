import type { FilledRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { Secret } from '#lib/core/secret.ts';

/** A request for a token as it goes over the wire; the signal is the caller's. */
export function tokenInit(
	request: FilledRequest,
	settings: TokenSettings,
	bearer: Secret | undefined
): Omit<RequestInit, 'signal'> {
	return {
		method: request.method,
		headers: {
			...request.headers,
			...(bearer ? { authorization: `Bearer ${bearer.reveal()}` } : {})
		},
		...(request.body === undefined ? {} : { body: request.body }),
		credentials: settings.auth === 'cookie' ? 'include' : 'omit',
		// No redirect is followed: where it leads cannot be seen before identity and bearer have gone there. With
		// 'error' it could not be told from an unreachable server; 'manual' gives an answer with status 0.
		redirect: 'manual',
		referrerPolicy: 'no-referrer',
		cache: 'no-store'
	};
}

import { LineError, type Fault, type FaultFacts } from '#lib/core/errors.ts';
import { said } from './token-body.ts';
import type { TokenSettings } from './token-settings.ts';

/** An answer that is no 2xx. */
export interface Refusal {
	readonly status: number;
	readonly text: string;
	/** The headers of those names, where the browser lets the page read them. */
	readonly retryAfter?: string | undefined;
	readonly allow?: string | undefined;
}

/** What servers say when their own keys are not set: names of variables, and the words of the vendors' libraries. */
const KEYS_MISSING =
	/API_KEY|SECRET|TWILIO_|LIVEKIT_|\b(accountSid|keySid|secret) is required|api-key and api-secret must be set|secretOrPrivateKey/;

/** The cause of a refusal. `now` (ms since 1970) is for a Retry-After that is a date. */
export function refusalError(
	refusal: Refusal,
	settings: TokenSettings,
	facts: FaultFacts,
	now: number
): LineError {
	const { status } = refusal;
	return new LineError(faultOf(refusal), {
		vendorCode: status,
		facts: {
			...facts,
			status,
			...(status === 405 ? { method: settings.method, ...allowed(refusal.allow) } : {}),
			...(status === 429 || status === 503 ? waiting(refusal.retryAfter, now) : {}),
			...said(refusal.text, settings.response)
		}
	});
}

function faultOf({ status, text }: Refusal): Fault {
	if (status === 0 || (status >= 300 && status < 400)) return 'token-endpoint.redirected';
	if (status === 401 || status === 403) return 'token-endpoint.unauthorized';
	if (status === 404 || status === 410) return 'token-endpoint.not-found';
	if (status === 405) return 'token-endpoint.method-not-allowed';
	if (status === 429) return 'token-endpoint.rate-limited';
	if (status < 500) return 'token-endpoint.refused';
	return KEYS_MISSING.test(text) ? 'token-endpoint.keys-missing' : 'token-endpoint.server-error';
}

function allowed(allow: string | undefined): FaultFacts {
	return allow !== undefined && /^[A-Z, ]{1,60}$/.test(allow) ? { allow } : {};
}

/** Seconds to wait, at most a day. */
function waiting(retryAfter: string | undefined, now: number): FaultFacts {
	if (retryAfter === undefined) return {};
	const seconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000;
	if (!Number.isFinite(seconds)) return {};
	return { retryAfterSeconds: Math.min(86_400, Math.max(0, Math.ceil(seconds))) };
}

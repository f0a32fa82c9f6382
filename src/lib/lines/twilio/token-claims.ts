import { LineError } from '#lib/core/errors.ts';
import type { Result } from '#lib/core/result.ts';

/** What `decodeClaims` gives. */
export interface Claims {
	readonly header: Readonly<Record<string, unknown>>;
	readonly payload: Readonly<Record<string, unknown>>;
}

/** Twilio accepts 24 hours at most (error 31207), and takes a minute of difference between clocks. */
const LONGEST_SECONDS = 86_400;
const GRACE_SECONDS = 60;

/**
 * Twilio documents letters, digits and underscores, at most 121; dots, dashes and the marks of mail addresses are in use
 * all the same and left to its judgement (31105).
 */
const IDENTITY = /^[\w.@+:=-]{1,121}$/;

/**
 * Whether a token can be good at all, before Twilio is asked: the SDK looks at nothing, and the gateway's refusals are
 * worded alike. `now` is this device's wall time in ms; `expiresAt`, in the same time, corrects a wrong clock (the end
 * of the token as its source has worked it out). A token without an outgoing application is fine here: it may be meant
 * for incoming calls only, see {@link canDialOut}.
 */
export function judgeTwilioToken(
	claims: Result<Claims, string>,
	now: number,
	expiresAt?: number
): LineError | undefined {
	if (!claims.ok) return new LineError('twilio-token.malformed', { facts: { why: claims.error } });
	const { payload } = claims.value;
	const { exp, iat, nbf, iss, sub } = payload;
	if (typeof exp !== 'number') return new LineError('twilio-token.malformed', { facts: { why: 'no exp' } });
	if (typeof iss !== 'string' || !iss.startsWith('SK')) {
		return new LineError('twilio-token.wrong-issuer', { facts: { claim: 'iss', found: prefixOf(iss) } });
	}
	if (typeof sub !== 'string' || !sub.startsWith('AC')) {
		return new LineError('twilio-token.wrong-issuer', { facts: { claim: 'sub', found: prefixOf(sub) } });
	}
	const grants = recordOf(payload['grants']);
	const voice = voiceGrant(claims.value);
	if (!grants || !voice) return new LineError('twilio-token.no-voice-grant');
	const identity = grants['identity'];
	if (typeof identity !== 'string' || !IDENTITY.test(identity)) {
		return new LineError('twilio-token.bad-identity');
	}
	const issuedAt = typeof iat === 'number' ? iat : undefined;
	if (issuedAt !== undefined && exp - issuedAt > LONGEST_SECONDS) {
		return new LineError('twilio-token.lifetime-too-long', {
			facts: { hours: Math.round((exp - issuedAt) / 3600) }
		});
	}
	const trueNow = expiresAt === undefined ? now / 1000 : exp - (expiresAt - now) / 1000;
	if (trueNow >= exp)
		return new LineError('twilio-token.expired', { facts: { seconds: Math.round(trueNow - exp) } });
	if (typeof nbf === 'number' && nbf > trueNow + GRACE_SECONDS) {
		return new LineError('twilio-token.not-yet-valid', { facts: { seconds: Math.round(nbf - trueNow) } });
	}
	return undefined;
}

/** Whether the token names an application that outgoing calls are handed to. */
export function canDialOut(claims: Claims): boolean {
	const sid = recordOf(voiceGrant(claims)?.['outgoing'])?.['application_sid'];
	return typeof sid === 'string' && sid !== '';
}

/** Whether the token lets calls in. */
export function canReceive(claims: Claims): boolean {
	return recordOf(voiceGrant(claims)?.['incoming'])?.['allow'] === true;
}

function voiceGrant({ payload }: Claims): Readonly<Record<string, unknown>> | undefined {
	return recordOf(recordOf(payload['grants'])?.['voice']);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: undefined;
}

/** The first two characters of a sid say what it is, and nothing more. */
function prefixOf(claim: unknown): string {
	return typeof claim === 'string' ? claim.slice(0, 2) : typeof claim;
}

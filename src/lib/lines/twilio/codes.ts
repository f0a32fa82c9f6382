import type { EndReason } from '#lib/core/call-state.ts';
import type { Fault } from '#lib/core/errors.ts';

/**
 * What helps against a code: `renew` a new token, once; `retry` waiting; `stop` nobody but a person who changes
 * something.
 */
export type Remedy = 'renew' | 'retry' | 'stop';

export interface Meaning {
	readonly fault: Fault;
	readonly remedy: Remedy;
	/** How a call that was not answered ends by it, if it is more than a failure. */
	readonly ends?: EndReason;
}

const renew = (fault: Fault): Meaning => ({ fault, remedy: 'renew' });
const retry = (fault: Fault): Meaning => ({ fault, remedy: 'retry' });
const stop = (fault: Fault, ends?: EndReason): Meaning => ({
	fault,
	remedy: 'stop',
	...(ends ? { ends } : {})
});

/**
 * Twilio's codes in our words. Source: the dictionary of @twilio/voice-errors 1.8.0, and what @twilio/voice-sdk 2.18.5
 * makes of each raw code (its lib/twilio/errors). Codes of the 20xxx range say the same as older ones of 312xx, which
 * the SDK rewrites for some (31201 to 20151, 31204 to 20101, 31205 to 20104).
 */
export const CODES: Readonly<Record<number, Meaning>> = {
	13214: stop('call.bad-caller-id'),
	13224: stop('call.bad-number', 'not-found'),
	20101: renew('twilio-token.refused'),
	20102: stop('twilio-token.malformed'),
	20103: stop('twilio-token.wrong-issuer'),
	20104: renew('twilio-token.expired'),
	20105: renew('twilio-token.not-yet-valid'),
	20106: stop('twilio-token.no-voice-grant'),
	20107: stop('twilio-token.wrong-secret'),
	20151: renew('twilio-token.refused'),
	20157: stop('twilio-token.lifetime-too-long'),
	20403: stop('twilio-account.refused'),
	21218: stop('twilio-app.not-found'),
	31000: retry('twilio-signalling.interrupted'),
	31001: stop('twilio-app.not-found'),
	31002: stop('call.refused'),
	31003: retry('call.no-response'),
	31005: retry('call.lost'),
	31008: stop('call.interrupted', 'missed'),
	31009: retry('twilio-signalling.interrupted'),
	// Also "Invalid application SID" of older gateways.
	31100: stop('call.refused'),
	31101: stop('call.refused'),
	31102: renew('twilio-token.refused'),
	31103: stop('call.refused'),
	31104: stop('call.refused'),
	31105: stop('twilio-token.bad-identity'),
	31107: stop('call.lost'),
	31201: renew('twilio-token.refused'),
	// A token that expired long ago is refused with it too, so a new one is worth one try.
	31202: renew('twilio-token.wrong-secret'),
	31203: stop('twilio-account.refused'),
	31204: renew('twilio-token.refused'),
	31205: renew('twilio-token.expired'),
	31206: retry('twilio-signalling.rate-limited'),
	31207: stop('twilio-token.lifetime-too-long'),
	31209: stop('call.lost'),
	31301: retry('registration.refused'),
	31400: stop('call.refused'),
	31401: stop('microphone.blocked'),
	31402: stop('microphone.unavailable'),
	31403: stop('call.forbidden'),
	31404: stop('call.not-found', 'not-found'),
	31408: stop('call.no-answer', 'no-answer'),
	31409: retry('twilio-signalling.server-error'),
	31426: stop('browser.unsupported'),
	31429: retry('twilio-signalling.rate-limited'),
	31480: stop('call.unavailable'),
	31481: stop('call.lost'),
	31484: stop('call.bad-number', 'not-found'),
	31486: stop('call.busy', 'busy'),
	31487: stop('call.no-answer', 'no-answer'),
	31500: retry('twilio-signalling.server-error'),
	31502: retry('twilio-signalling.server-error'),
	31503: retry('twilio-signalling.server-error'),
	31504: retry('twilio-signalling.server-error'),
	31530: stop('call.not-found', 'not-found'),
	31600: stop('call.busy', 'busy'),
	31603: stop('call.declined', 'refused'),
	31604: stop('call.not-found', 'not-found'),
	51007: renew('twilio-token.refused'),
	53000: retry('twilio-signalling.server-error'),
	53001: retry('twilio-signalling.interrupted'),
	53400: stop('media.not-connected'),
	53401: stop('media.not-connected'),
	53402: stop('media.not-connected'),
	53403: stop('media.not-connected'),
	53404: stop('media.not-connected'),
	53405: retry('media.lost'),
	53407: retry('media.not-connected')
};

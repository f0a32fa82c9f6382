import type { EndReason } from '#lib/core/call-state.ts';
import { LineError, type Fault } from '#lib/core/errors.ts';
import { CODES, type Remedy } from './codes.ts';

/** The part of the SDK's errors that is read. Their texts are foreign and stay where they are. */
export interface VendorError {
	readonly code?: unknown;
	/** The gateway's own error, behind one that the SDK has put in its place. */
	readonly originalError?: unknown;
}

/** How a call was, when it ended. */
export interface Ended {
	readonly direction: 'out' | 'in';
	readonly answered: boolean;
	/** The caller gave up (the SDK's `cancel`). */
	readonly cancelled?: boolean;
	readonly error?: VendorError | undefined;
}

/** A raw code that the SDK has put away in `originalError` says more than the 31005 that it shows instead. */
export function codeOf(error: VendorError): number | undefined {
	const hidden = (error.originalError as VendorError | undefined)?.code;
	if (typeof hidden === 'number') return hidden;
	return typeof error.code === 'number' ? error.code : undefined;
}

/** A code that came by an error frame of the gateway, or undefined for a fault that the table does not know. */
export function gatewayError(code: number): LineError {
	return new LineError(CODES[code]?.fault ?? 'registration.refused', { vendorCode: code });
}

/** Why a call ended on the far side or in the SDK. Nothing of the vendor's error but its code is kept. */
export function endingOf({ direction, answered, cancelled, error }: Ended): {
	reason: EndReason;
	error?: LineError;
} {
	if (cancelled) return { reason: 'missed' };
	if (!error) {
		// Without an error busy, no answer and a hang-up look alike (SDK 2.18.5): before the answer, nobody answered.
		if (answered) return { reason: 'remote-hung-up' };
		return { reason: direction === 'out' ? 'no-answer' : 'missed' };
	}
	const code = codeOf(error);
	const meaning = code === undefined ? undefined : CODES[code];
	const fault = meaning?.fault ?? (answered ? 'call.lost' : 'call.refused');
	const ours = new LineError(fault, { vendorCode: code });
	return { reason: (answered ? undefined : meaning?.ends) ?? 'failed', error: ours };
}

const WAITING_HELPS: readonly Fault[] = [
	'network.offline',
	'token-endpoint.no-answer',
	'token-endpoint.rate-limited',
	'token-endpoint.server-error',
	'token-endpoint.unreachable',
	'twilio-signalling.silent',
	'twilio-signalling.unreachable',
	'twilio-signalling.unstable',
	'registration.not-confirmed'
];
/** What the token itself says: these may be an old copy, or clocks that differ. */
const NEW_TOKEN_HELPS: readonly Fault[] = ['twilio-token.expired', 'twilio-token.not-yet-valid'];

/** What the line does about an error: by its code where it has one, else by its fault. */
export function remedyFor({ fault, vendorCode }: LineError): Remedy {
	const known = typeof vendorCode === 'number' ? CODES[vendorCode] : undefined;
	if (known && known.fault === fault) return known.remedy;
	// A code that nobody knows comes from a gateway that answers: it may have a bad hour.
	if (fault === 'registration.refused' || fault === 'twilio-signalling.interrupted') return 'retry';
	if (NEW_TOKEN_HELPS.includes(fault)) return 'renew';
	return WAITING_HELPS.includes(fault) ? 'retry' : 'stop';
}

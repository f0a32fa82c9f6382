import type { EndReason } from '#lib/core/call-state.ts';
import { LineError, type Fault } from '#lib/core/errors.ts';
import { refusalOf } from './validate.ts';

/** DisconnectReason of the LiveKit protocol (livekit_models.proto), the numbers that are read here. */
export const REASON = {
	clientInitiated: 1,
	duplicateIdentity: 2,
	serverShutdown: 3,
	participantRemoved: 4,
	roomDeleted: 5,
	joinFailure: 7,
	migration: 8,
	signalClose: 9,
	roomClosed: 10,
	userUnavailable: 11,
	userRejected: 12,
	sipTrunkFailure: 13,
	agentError: 16
} as const;

/** How a call ends, or `again`: the room is to be entered anew, and `error` is what it ends with if that fails. */
export type Parting =
	| { readonly kind: 'over'; readonly reason: EndReason; readonly error: LineError }
	| { readonly kind: 'again'; readonly error: LineError };

const over = (reason: EndReason, fault: Fault, vendorCode: number): Parting => ({
	kind: 'over',
	reason,
	error: new LineError(fault, { vendorCode })
});

/**
 * What it means that the SDK left a room in which it was; never asked for a leaving of our own. The SDK says nothing
 * (undefined) both when it has given up reconnecting and when the token ran out meanwhile.
 */
export function partingOf(reason: number | undefined): Parting {
	switch (reason) {
		case REASON.duplicateIdentity:
			return over('failed', 'livekit-room.duplicate-identity', reason);
		case REASON.participantRemoved:
			return over('failed', 'livekit-room.removed', reason);
		case REASON.roomDeleted:
		case REASON.roomClosed:
			return over('remote-hung-up', 'livekit-room.deleted', reason);
		case REASON.serverShutdown:
			return { kind: 'again', error: new LineError('livekit-server.shut-down', { vendorCode: reason }) };
		default:
			return {
				kind: 'again',
				error: new LineError('livekit-signalling.interrupted', { vendorCode: reason })
			};
	}
}

/** The part of the SDK's ConnectionError that is read; its `reasonName` is always the same and its `context` is lost. */
export interface ConnectFailure {
	readonly reason?: unknown;
	readonly status?: unknown;
	readonly message?: unknown;
}

/** Numbers of the SDK's ConnectionErrorReason. */
const FAILED = {
	notAllowed: 0,
	serverUnreachable: 1,
	internalError: 2,
	leaveRequest: 4,
	timeout: 5,
	webSocket: 6
};

/**
 * Why connect() failed, where our own question to the server found nothing wrong. Its text never leaves here: it holds the
 * token. A server (1.13.5) refuses the upgrade where the room is full, and a proxy that passes no WebSockets looks just
 * the same; `mayBeFull` is false for a room that is new.
 */
export function connectError(failure: ConnectFailure, host: string, mayBeFull: boolean): LineError {
	const message = typeof failure.message === 'string' ? failure.message : '';
	const error = (fault: Fault) => {
		const vendorCode = typeof failure.reason === 'number' ? failure.reason : undefined;
		return new LineError(fault, { vendorCode, facts: { host } });
	};
	if (/could not establish pc connection/i.test(message)) return error('media.not-connected');
	if (failure.status === 404) return error('livekit-room.not-found');
	if (failure.status === 401 || failure.status === 403) return refusalOf(message, failure.status);
	switch (failure.reason) {
		case FAILED.leaveRequest:
			return error('livekit-room.full');
		case FAILED.timeout:
			return error(
				/first message/i.test(message) ? 'livekit-signalling.silent' : 'livekit-signalling.unreachable'
			);
		case FAILED.webSocket:
			return error(mayBeFull ? 'livekit-room.full' : 'livekit-signalling.upgrade-refused');
		case FAILED.internalError:
			return error('livekit-signalling.interrupted');
		case FAILED.serverUnreachable:
			return error(
				/unexpected token|json/i.test(message) ? 'livekit-url.not-livekit' : 'livekit-signalling.unreachable'
			);
		default:
			return error('livekit-signalling.unreachable');
	}
}

/** How a call ends that never got into its room. */
export function endingOf({ fault }: LineError): EndReason {
	if (fault === 'livekit-room.not-found') return 'not-found';
	return fault === 'livekit-room.full' ? 'busy' : 'failed';
}

/** On purpose, with the room, with the server that had it, refused, unavailable, or lost. */
export type Departure = 'left' | 'room-closed' | 'server-gone' | 'refused' | 'unavailable' | 'lost';

/** How a party left, from its own reason. */
export function departureOf(reason: number | undefined): Departure {
	switch (reason) {
		case REASON.clientInitiated:
		case REASON.participantRemoved:
			return 'left';
		case REASON.roomDeleted:
		case REASON.roomClosed:
			return 'room-closed';
		case REASON.serverShutdown:
			return 'server-gone';
		case REASON.userRejected:
			return 'refused';
		case REASON.userUnavailable:
			return 'unavailable';
		default:
			return 'lost';
	}
}

import { Call, Device } from '@twilio/voice-sdk';
// Not among the package's exports. Both are the very files that its own Device uses, so no code is bundled twice.
import PStream from '../../../../node_modules/@twilio/voice-sdk/esm/twilio/pstream.js';
import WSTransport from '../../../../node_modules/@twilio/voice-sdk/esm/twilio/wstransport.js';

export { Call, Device };
export type { AudioProcessor } from '@twilio/voice-sdk';

/** What the SDK's Call does not clean up by itself, and keeps private (lib/twilio/call.ts). */
export interface CallRemains {
	/** Takes its seven listeners from the stream. */
	_cleanupEventListeners(): void;
	/** An ICE restart that has been put off. */
	readonly _mediaReconnectBackoff: Backoff;
	readonly _pstream: { removeListener(event: 'ringing', listener: () => void): unknown };
	/** Takes the name of the call from every `ringing` frame on the Device. */
	readonly _onRinging: () => void;
}

export const remainsOf = (call: Call): CallRemains => call as unknown as CallRemains;

/** The part of the SDK's signalling stream (lib/twilio/pstream.ts) that is used here. */
export interface SignallingStream {
	on(event: SignallingEvent, listener: (payload?: unknown) => void): unknown;
	/** Where it has no socket and waits to open another, it does so now. Nothing if it is closed for good. */
	hurry(): void;
}

/** The first two are the socket's, the others are frames of the gateway. */
export type SignallingEvent = 'transportOpen' | 'transportClose' | 'connected' | 'ready' | 'close' | 'error';

interface StreamBase extends Omit<SignallingStream, 'hurry'> {
	readonly transport: PatientTransport;
	updateURIs(uris: readonly string[]): void;
	updatePreferredURI(uri: string | null): void;
	invite(sdp: string, callSid: string, params?: string): void;
}

interface Backoff {
	reset(): void;
}

interface TransportBase {
	readonly _timeOpened?: number;
	readonly _backoff: { readonly preferred: Backoff; readonly primary: Backoff } | null;
	readonly state: 'closed' | 'connecting' | 'open';
	_resetBackoffs(): void;
	/** Nothing while a socket is open or opening. */
	open(): void;
	close(): void;
}

type TransportClass = new (uris: readonly string[], options: object) => TransportBase;
type StreamClass = new (token: string, uris: readonly string[], options: object) => StreamBase;

/** After this long a socket has proved itself, ms: the SDK's own figure for a socket that closes. */
const PROVEN_MS = 10_000;

/**
 * The SDK forgets its back-off as soon as a socket opens, so that a gateway which opens and cuts sockets is asked ten
 * times a second (57 sockets in 6 s were seen). Here the back-off is forgotten only for a socket that lasted: 0.1, 0.2,
 * 0.4 … 20 s, which is 10 sockets in the first minute and 3 in each minute after. This bounds a storm in a call too,
 * where the SDK must be left to reconnect by itself.
 */
class PatientTransport extends (WSTransport as unknown as TransportClass) {
	override _resetBackoffs(): void {
		if (this._timeOpened !== undefined && Date.now() - this._timeOpened > PROVEN_MS) super._resetBackoffs();
	}

	/** The SDK leaves the timer of its next try running. */
	override close(): void {
		super.close();
		this.#forgetNext();
	}

	hurry(): void {
		if (this.state === 'closed') return;
		this.#forgetNext();
		this.open();
	}

	#forgetNext(): void {
		this._backoff?.preferred.reset();
		this._backoff?.primary.reset();
	}
}

interface StreamEvents {
	/** Every stream, before its socket has opened. */
	made(stream: SignallingStream): void;
	/** An invite has been handed to the socket. */
	invited(): void;
}

/**
 * The class that a Device makes its signalling stream from (option `PStream`).
 *
 * @param address of the gateway instead of Twilio's, scheme included: the SDK itself can only say `wss://`
 */
export function streamClass(events: StreamEvents, address?: string): StreamClass {
	return class extends (PStream as unknown as StreamClass) {
		constructor(token: string, uris: readonly string[], options: object) {
			super(token, address ? [address] : uris, { ...options, TransportFactory: PatientTransport });
			events.made(this);
		}

		hurry(): void {
			this.transport.hurry();
		}

		override updateURIs(uris: readonly string[]): void {
			super.updateURIs(address ? [address] : uris);
		}

		// After `connected` the SDK prefers the edge that answered, which it writes with `wss://` again.
		override updatePreferredURI(uri: string | null): void {
			super.updatePreferredURI(uri && address ? address : uri);
		}

		override invite(sdp: string, callSid: string, params?: string): void {
			super.invite(sdp, callSid, params);
			events.invited();
		}
	};
}

/**
 * The JSON text frames of Twilio's signalling, protocol version 1.6, as @twilio/voice-sdk 2.18.5 writes and reads them
 * (its lib/twilio/pstream.ts). A lone newline is the heartbeat, in both directions.
 */
export type ClientFrame =
	| { readonly type: 'listen'; readonly payload: { readonly token?: string } }
	| { readonly type: 'register'; readonly payload: { readonly media?: { readonly audio?: boolean } } }
	| { readonly type: 'invite'; readonly payload: InvitePayload }
	| {
			readonly type: 'reinvite' | 'answer';
			readonly payload: { readonly callsid: string; readonly sdp: string };
	  }
	| { readonly type: 'dtmf'; readonly payload: { readonly callsid: string; readonly dtmf: string } }
	| { readonly type: 'hangup' | 'reject'; readonly payload: { readonly callsid: string } }
	| { readonly type: 'message'; readonly payload: MessagePayload };

export interface InvitePayload {
	/** Temporary (`TJS…`) for a new call; the call's own (`CA…`) when it comes back to one. */
	readonly callsid: string;
	readonly sdp: string;
	/** The token that the last `answer` or `invite` handed out: this is a return, not a new call. */
	readonly reconnect?: string;
	/** Connect parameters as a query string. */
	readonly twilio?: { readonly params?: string };
}

export interface MessagePayload {
	readonly callsid: string;
	readonly content: unknown;
	readonly contenttype: string;
	readonly messagetype: string;
	readonly voiceeventsid: string;
}

export interface GatewayError {
	readonly code: number;
	readonly message: string;
}

/** Payloads by frame type, exchange to phone. */
export interface ServerFrames {
	connected: {
		region: string;
		gateway: string;
		edge: string;
		/** `ttl` in seconds. */
		token: { identity: string; ttl: number };
	};
	ready: Record<string, never>;
	offline: Record<string, never>;
	close: Record<string, never>;
	ringing: { callsid: string; sdp?: string };
	answer: { callsid: string; sdp?: string; reconnect: string };
	invite: { callsid: string; sdp: string; reconnect: string; parameters: Record<string, string> };
	cancel: { callsid: string };
	hangup: { callsid: string; error?: GatewayError };
	ack: { acktype: 'message'; callsid: string; voiceeventsid: string };
	message: MessagePayload;
	error: { error: GatewayError; callsid?: string };
}

export const HEARTBEAT = '\n';

const TYPES = ['listen', 'register', 'invite', 'reinvite', 'answer', 'dtmf', 'hangup', 'reject', 'message'];
const NEEDS: Readonly<Record<string, readonly string[]>> = {
	invite: ['callsid', 'sdp'],
	reinvite: ['callsid', 'sdp'],
	answer: ['callsid', 'sdp'],
	dtmf: ['callsid', 'dtmf'],
	hangup: ['callsid'],
	reject: ['callsid'],
	message: ['callsid', 'voiceeventsid']
};

/** The frame, or undefined for a heartbeat, an unknown type or a frame that lacks what it needs. */
export function readFrame(text: string): ClientFrame | undefined {
	if (text === HEARTBEAT) return undefined;
	let frame: { type?: unknown; payload?: unknown };
	try {
		frame = JSON.parse(text) as typeof frame;
	} catch {
		return undefined;
	}
	const { type } = frame;
	if (typeof type !== 'string' || !TYPES.includes(type)) return undefined;
	const payload = (frame.payload ?? {}) as Record<string, unknown>;
	if ((NEEDS[type] ?? []).some((name) => typeof payload[name] !== 'string')) return undefined;
	return { type, payload } as unknown as ClientFrame;
}

export function writeFrame<T extends keyof ServerFrames>(type: T, payload: ServerFrames[T]): string {
	return JSON.stringify({ type, version: '1.6', payload });
}

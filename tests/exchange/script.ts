import type { GatewayError } from './frames.ts';
import type { PeerOptions } from './media-peer.ts';

/** What the far side of a call does, in order. A script ends early when the call does. */
export type Step =
	| { readonly do: 'wait'; readonly ms: number }
	/** Incoming calls: goes on when the phone has answered. */
	| { readonly do: 'await-answer' }
	| { readonly do: 'ring' }
	| { readonly do: 'answer'; readonly peer: PeerOptions }
	/** Without an error the SDK only sees `disconnect`. */
	| { readonly do: 'hang-up'; readonly error?: GatewayError }
	/** Incoming calls: the caller gives up, unless the phone has answered. */
	| { readonly do: 'cancel' }
	/** An `error` frame that names the call and does not end it. */
	| { readonly do: 'complain'; readonly error: GatewayError }
	/** Cuts the phone's socket without a closing handshake. */
	| { readonly do: 'drop-socket' }
	/** New sockets get HTTP 503 for a while: every phone that uses this host name and port is shut out. */
	| { readonly do: 'refuse-sockets'; readonly ms: number }
	/** This identity's sockets are cut at their first frame for a while. */
	| { readonly do: 'cut-sockets'; readonly ms: number }
	/** The exchange forgets the call: who comes back to it is told so. */
	| { readonly do: 'forget' }
	/** The far peer is gone; signalling goes on. */
	| { readonly do: 'stop-media' }
	/** Rings the phone, as one of the incoming behaviours, from a caller of the plan. */
	| { readonly do: 'call-back'; readonly behaviour: string; readonly caller: Caller };

export interface Caller {
	readonly from: string;
	readonly name: string;
	readonly params: Readonly<Record<string, string>>;
}

export const wait = (ms: number): Step => ({ do: 'wait', ms });
export const ring: Step = { do: 'ring' };
export const answer = (peer: PeerOptions): Step => ({ do: 'answer', peer });
export const hangUp: Step = { do: 'hang-up' };
export const refuse = (code: number, message: string): Step => ({ do: 'hang-up', error: { code, message } });

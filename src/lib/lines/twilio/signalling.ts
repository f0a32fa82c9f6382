import type { Fault } from '#lib/core/errors.ts';
import type { SignallingStream } from './sdk.ts';

/** What the gateway says, as far as it matters here. */
export type SignallingNews =
	| { readonly type: 'lost' }
	/** The gateway has taken the token. */
	| { readonly type: 'connected' }
	| { readonly type: 'ready' }
	/** The gateway's own `close` frame: the SDK lets go of the stream and never comes back. */
	| { readonly type: 'dismissed' }
	/** An error frame with its raw code, which the SDK would hide behind 53000 for many; of one call if it names it. */
	| { readonly type: 'refused'; readonly code: number; readonly callSid?: string };

/** Codes that the SDK itself makes of a socket that failed: `lost` tells the same, once. */
const SOCKET_CODES = [31000, 31005, 31009];

/** What has happened on the sockets of one Device, whose promises say nothing about it. */
export class Signalling {
	readonly #sockets: { failed(): void } | undefined;
	readonly #listeners = new Set<(news: SignallingNews) => void>();
	#stream: SignallingStream | undefined;
	#opened = 0;
	#lost = 0;
	#connected = false;
	#up = false;
	/** A socket has opened and is not gone yet. */
	#open = false;

	/** @param sockets counts those that failed before they opened */
	constructor(sockets?: { failed(): void }) {
		this.#sockets = sockets;
	}

	/** True from the gateway's `connected` until the socket is gone. */
	get up(): boolean {
		return this.#up;
	}

	/** How many sockets have come to nothing. */
	get lost(): number {
		return this.#lost;
	}

	/** True when a socket has opened at least once. */
	get opened(): boolean {
		return this.#opened > 0;
	}

	/** The network may be back: the SDK would come back by itself, up to 20 s later. */
	hurry(): void {
		if (!this.#up) this.#stream?.hurry();
	}

	attach(stream: SignallingStream): void {
		this.#stream = stream;
		stream.on('transportOpen', () => {
			this.#opened++;
			this.#open = true;
		});
		stream.on('transportClose', () => {
			if (!this.#open) this.#sockets?.failed();
			this.#open = false;
			this.#lost++;
			this.#up = false;
			this.#tell({ type: 'lost' });
		});
		stream.on('connected', () => {
			this.#connected = true;
			this.#up = true;
			this.#tell({ type: 'connected' });
		});
		stream.on('ready', () => this.#tell({ type: 'ready' }));
		stream.on('close', () => {
			this.#up = false;
			this.#tell({ type: 'dismissed' });
		});
		stream.on('error', (payload) => this.#refused(payload));
	}

	watch(listener: (news: SignallingNews) => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** The name of the trouble when a registration, or a call, came to nothing in time. */
	fault(): Fault {
		if (this.#connected) return 'registration.not-confirmed';
		if (this.#opened === 0) return 'twilio-signalling.unreachable';
		if (this.#lost === 0) return 'twilio-signalling.silent';
		return this.#lost > 1 ? 'twilio-signalling.unstable' : 'twilio-signalling.interrupted';
	}

	#refused(payload: unknown): void {
		const { error, callsid } = (payload ?? {}) as { error?: { code?: unknown }; callsid?: unknown };
		const code = error?.code;
		if (typeof code !== 'number') return;
		if (typeof callsid === 'string') this.#tell({ type: 'refused', code, callSid: callsid });
		else if (!SOCKET_CODES.includes(code)) this.#tell({ type: 'refused', code });
	}

	#tell(news: SignallingNews): void {
		for (const listener of [...this.#listeners]) listener(news);
	}
}

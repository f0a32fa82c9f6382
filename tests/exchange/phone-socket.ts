import type { WebSocket } from 'ws';
import type { CallSocket } from './far-call.ts';
import {
	HEARTBEAT,
	readFrame,
	writeFrame,
	type ClientFrame,
	type GatewayError,
	type ServerFrames
} from './frames.ts';
import { mannersOf } from './identities.ts';
import type { Switchboard } from './switchboard.ts';
import type { Claims } from './tokens.ts';

/** The SDK gives a socket up after 15 s without a frame. */
const HEARTBEAT_MS = 10_000;

/** One socket of one phone: who it is, whether it is registered, and its frames. */
export class PhoneSocket implements CallSocket {
	readonly #socket: WebSocket;
	readonly #switchboard: Switchboard;
	readonly #host: string;
	readonly #heart: NodeJS.Timeout;
	#claims: Claims | undefined;
	registered = false;

	/** `host` is the host name and port under which the phone came, as its request says. */
	constructor(socket: WebSocket, host: string, switchboard: Switchboard) {
		this.#socket = socket;
		this.#host = host;
		this.#switchboard = switchboard;
		this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
		socket.on('message', (data: Buffer) => this.#receive(data.toString()));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			clearInterval(this.#heart);
			this.registered = false;
			switchboard.left(this);
		});
	}

	get open(): boolean {
		return this.#socket.readyState === this.#socket.OPEN;
	}

	get host(): string {
		return this.#host;
	}

	get identity(): string | undefined {
		return this.#claims?.identity;
	}

	/** Registered, with a token that allows incoming calls. Twilio registers without that grant too; it never rings. */
	get reachable(): boolean {
		return this.registered && this.#claims?.incoming === true;
	}

	send<T extends keyof ServerFrames>(type: T, payload: ServerFrames[T]): void {
		if (this.open) this.#socket.send(writeFrame(type, payload));
	}

	/** The phone sees code 1006. */
	cut(): void {
		this.#socket.terminate();
	}

	complain(error: GatewayError): void {
		this.send('error', { error });
	}

	#beat(): void {
		if (this.open && !mannersOf(this.identity).mute) this.#socket.send(HEARTBEAT);
	}

	#receive(text: string): void {
		const frame = readFrame(text);
		if (!frame) return;
		if (frame.type === 'listen') return this.#listen(frame.payload.token);
		if (!this.#claims)
			return this.complain({ code: 31204, message: 'No listen with a good token came first' });
		if (frame.type === 'register') return this.#register(frame.payload.media?.audio === true);
		this.#switchboard.take(frame satisfies ClientFrame, this, this.#claims);
	}

	#listen(token: string | undefined): void {
		const claims = this.#switchboard.tokens.check(token);
		if ('code' in claims) return this.complain(claims);
		this.#claims = claims;
		this.#switchboard.listened(this, claims.identity);
		const manners = mannersOf(claims.identity);
		if (manners.cut || this.#switchboard.cuts(claims.identity)) return this.cut();
		if (manners.closeCode) return this.#socket.close(manners.closeCode);
		if (manners.close) return this.send('close', {});
		if (manners.listenError)
			return this.complain({ code: manners.listenError, message: 'As the identity asks' });
		if (manners.mute) return;
		this.send('connected', {
			region: 'us1',
			edge: 'local',
			gateway: this.#host,
			token: {
				identity: claims.identity,
				ttl: Math.max(0, Math.floor(claims.expiresAt - this.#switchboard.tokens.now))
			}
		});
	}

	#register(wanted: boolean): void {
		const manners = mannersOf(this.identity);
		this.#switchboard.registering(this);
		if (!wanted) {
			this.registered = false;
			return this.send('offline', {});
		}
		if (manners.registerError) {
			return this.complain({ code: manners.registerError, message: 'As the identity asks' });
		}
		if (manners.unready) return;
		this.registered = true;
		this.#switchboard.registered(this);
		this.send('ready', {});
	}
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { makeCertificate } from './certificate.ts';
import { answerHttp } from './http-side.ts';
import type { Observation, PhoneObservation } from './observation.ts';
import { PhoneSocket } from './phone-socket.ts';
import { Switchboard, type RingRequest } from './switchboard.ts';
import type { EndpointName } from './token-endpoints.ts';
import { Tokens, type AccountSettings, type MintOptions, type TokenKind } from './tokens.ts';

export type { MintOptions, Observation, PhoneObservation, RingRequest, TokenKind };

export interface ExchangeOptions {
	/** TLS port; ephemeral if absent. */
	readonly port?: number;
	/** Port for plain http and ws; ephemeral if absent. */
	readonly plainPort?: number;
}

/** A server whose upgrades the exchange can share: plain or TLS. */
type AnyServer = Pick<Server, 'on' | 'off'>;

export interface Exchange {
	/** `localhost:PORT`: wss://localhost:PORT/signal with a self-signed certificate, the SDK's own way. */
	readonly gateway: string;
	/** `ws://localhost:PORT`: the same exchange without TLS. */
	readonly plainGateway: string;
	/** `http://localhost:PORT`: token endpoints and observation without TLS, for any origin. */
	readonly httpUrl: string;
	/** Address of a token endpoint; the default one if no name is given. */
	tokenUrl(name?: TokenKind | EndpointName, query?: Readonly<Record<string, string>>): string;
	/** For token servers other than its own: with these they hand out tokens that it takes. */
	readonly account: AccountSettings;
	/** A token made here and now, by Twilio's own library. */
	mint(kind?: TokenKind, options?: MintOptions): string;
	/** Rings the socket that registered the identity last; resolves with the call's sid, rejects when there is none. */
	ring(request: RingRequest): Promise<string>;
	/**
	 * The clock of the token side is so far ahead of the machine's from now on: in new tokens, in the `Date` of its answers
	 * and when a token is checked.
	 */
	setClock(aheadMs: number): void;
	/** The far side hangs up, or gives up if it was not answered yet; false when there is no such call any more. */
	hangUp(sid: string): boolean;
	/** Cuts all sockets of an identity (1006); returns how many. */
	drop(identity: string): number;
	/** Sends error 31205 to an identity; returns to how many sockets. */
	expire(identity: string): number;
	/** Oldest first, calls that have ended too; of one identity if one is given. */
	calls(identity?: string): readonly Observation[];
	phones(): readonly PhoneObservation[];
	/** True when the request was the exchange's (`/token…`, `/exchange/…`) and is being answered. */
	handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
	/** Takes the `/signal` upgrades of another server; returns the way back. */
	attach(server: AnyServer): () => void;
	/** Ends calls, cuts sockets, frees both ports. Safe to call twice. */
	close(): Promise<void>;
}

/** One exchange on two loopback ports: TLS as the SDK wants it, and plain. Any number can run side by side. */
export async function startExchange(options: ExchangeOptions = {}): Promise<Exchange> {
	const switchboard = new Switchboard(new Tokens());
	const sockets = new WebSocketServer({ noServer: true });
	const handle = (request: IncomingMessage, response: ServerResponse): Promise<boolean> =>
		answerHttp(request, response, switchboard);
	const answer = (request: IncomingMessage, response: ServerResponse): void => {
		handle(request, response).then(
			(mine) => mine || response.writeHead(404).end(),
			() => response.destroy()
		);
	};
	const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
		if (!isSignal(request)) return;
		const host = request.headers.host ?? '';
		if (switchboard.refuses(host)) return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
		sockets.handleUpgrade(request, socket, head, (opened) => new PhoneSocket(opened, host, switchboard));
	};
	const attach = (server: AnyServer): (() => void) => {
		server.on('upgrade', upgrade);
		return () => server.off('upgrade', upgrade);
	};

	const secure = createTlsServer(await makeCertificate(), answer);
	const plain = createServer(answer);
	for (const server of [secure, plain]) {
		attach(server);
		server.on('upgrade', (request, socket) => isSignal(request) || socket.destroy());
	}
	const port = await listen(secure, options.port ?? 0);
	const plainPort = await listen(plain, options.plainPort ?? 0);
	const httpUrl = `http://localhost:${plainPort}`;
	let closing: Promise<void> | undefined;

	return {
		gateway: `localhost:${port}`,
		plainGateway: `ws://localhost:${plainPort}`,
		httpUrl,
		tokenUrl: (name, query = {}) => {
			const search = new URLSearchParams(query).toString();
			return `${httpUrl}/token${name ? `/${name}` : ''}${search ? `?${search}` : ''}`;
		},
		account: switchboard.tokens.settings,
		mint: (kind = 'good', mintOptions = {}) => switchboard.tokens.mint(kind, mintOptions),
		setClock: (aheadMs) => void (switchboard.tokens.aheadMs = aheadMs),
		ring: (request) => switchboard.ring(request),
		hangUp: (sid) => switchboard.hangUp(sid),
		drop: (identity) => switchboard.drop(identity),
		expire: (identity) => switchboard.expire(identity),
		calls: (identity) => switchboard.observe(identity),
		phones: () => switchboard.observePhones(),
		handle,
		attach,
		close: () => {
			closing ??= (async () => {
				switchboard.close();
				for (const client of sockets.clients) client.terminate();
				await Promise.all([stop(secure), stop(plain)]);
			})();
			return closing;
		}
	};
}

function isSignal(request: IncomingMessage): boolean {
	return new URL(request.url ?? '/', 'http://exchange').pathname === '/signal';
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

function stop(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
	connect,
	createServer as createTcpServer,
	type AddressInfo,
	type Server as TcpServer,
	type Socket
} from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Certificate } from '../exchange/certificate.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;
export type Upgrade = (socket: Duplex, request: IncomingMessage, head: Buffer) => void;

export interface HostScript {
	/** What ordinary requests get; 404 without a word by default. */
	readonly answer?: Answer;
	/** What a WebSocket handshake gets; by default what the request itself would get. */
	readonly upgrade?: Upgrade;
	/** With TLS. */
	readonly certificate?: Certificate;
}

/** A server on this machine that behaves as it is told. */
export interface Host {
	readonly port: number;
	/** How many requests and handshakes came. */
	readonly asked: () => number;
	close(): Promise<void>;
}

export async function startHost({ answer = send(404), upgrade, certificate }: HostScript): Promise<Host> {
	let asked = 0;
	const listener = (request: IncomingMessage, response: ServerResponse) => {
		asked++;
		answer(response, request);
	};
	const server: Server = certificate ? createTlsServer(certificate, listener) : createServer(listener);
	const sockets = new Set<Duplex>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('upgrade', (request, socket, head) => {
		asked++;
		socket.on('error', () => {});
		(upgrade ?? refuse(404))(socket, request, head);
	});
	server.on('tlsClientError', () => {});
	const port = await listens(server);
	return {
		port,
		asked: () => asked,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			})
	};
}

/** Takes every connection and never says a word, not even to a TLS greeting. */
export async function startSilentHost(): Promise<Host> {
	const sockets = new Set<Socket>();
	let asked = 0;
	const server = createTcpServer((socket) => {
		asked++;
		sockets.add(socket);
		socket.on('error', () => {}).resume();
	});
	const port = await listens(server);
	return {
		port,
		asked: () => asked,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			})
	};
}

const listens = (server: TcpServer): Promise<number> =>
	new Promise((resolve) =>
		server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
	);

/** A port where nobody listens, below those that the system hands out: no other server gets it by chance. */
export async function closedPort(): Promise<number> {
	for (;;) {
		const port = 20_000 + Math.floor(Math.random() * 12_000);
		const isTaken = await new Promise<boolean>((resolve) => {
			const socket = connect({ port, host: '127.0.0.1' });
			socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
			socket.once('connect', () => socket.destroy());
		});
		if (!isTaken) return port;
	}
}

export interface Sent {
	readonly headers?: Readonly<Record<string, string>>;
	/** False: no page of another origin may read it. */
	readonly cors?: boolean;
	readonly type?: string;
}

/** An answer to ordinary requests, preflights included. */
export const send =
	(status: number, body: unknown = '', { headers = {}, cors = true, type }: Sent = {}): Answer =>
	(response, request) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		response.writeHead(request.method === 'OPTIONS' ? 204 : status, {
			'content-type': type ?? (typeof body === 'string' ? 'text/plain' : 'application/json'),
			'cache-control': 'no-store',
			...(cors ? allowing(request) : {}),
			...headers
		});
		response.end(request.method === 'OPTIONS' ? undefined : text);
	};

const allowing = (request: IncomingMessage) => ({
	'access-control-allow-origin': request.headers.origin ?? '*',
	'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type',
	'access-control-allow-methods': 'GET, POST, OPTIONS',
	vary: 'origin'
});

/** A handshake that is answered by this status instead of 101. */
export const refuse =
	(status: number, body = ''): Upgrade =>
	(socket) => {
		const head = `HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\ncontent-length: ${Buffer.byteLength(body)}`;
		socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`);
	};

const opener = new WebSocketServer({ noServer: true });

/** A handshake that succeeds. */
export const open =
	(act: (socket: WebSocket, request: IncomingMessage) => void): Upgrade =>
	(socket, request, head) =>
		opener.handleUpgrade(request, socket, head, (opened) => {
			opened.on('error', () => {});
			act(opened, request);
		});

/** A handshake that succeeds, and then what is no WebSocket any more. */
export const raw =
	(act: (socket: Duplex) => void): Upgrade =>
	(socket, { headers }) => {
		const key = `${headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
		const accepted = createHash('sha1').update(key).digest('base64');
		socket.write(
			`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accepted}\r\n\r\n`
		);
		act(socket);
	};

export const queryOf = ({ url = '/' }: IncomingMessage): URLSearchParams =>
	new URL(url, 'http://host').searchParams;

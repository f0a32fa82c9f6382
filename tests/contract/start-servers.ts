import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TestProject } from 'vitest/node';
import { WebSocketServer, type WebSocket } from 'ws';

/** Servers that behave as they are asked, for the probes of the checkup; `inject('servers')` in a test. */
export interface ServerAddresses {
	/** `http://localhost:PORT`; its WebSockets are on the same port. */
	readonly httpUrl: string;
	/** `localhost:PORT`: takes connections and says nothing. */
	readonly silent: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		servers: ServerAddresses;
	}
}

/** What a WebSocket does when it has opened, by the first word of its path; the second is a number. */
const SOCKETS: Readonly<Record<string, (socket: WebSocket, number: number, query: URLSearchParams) => void>> =
	{
		quiet: () => {},
		hello: (socket) => socket.send('{"type":"connected"}'),
		late: (socket, ms) => void setTimeout(() => socket.send('connected at last'), ms),
		close: (socket, code) => socket.close(code, 'Token verification failed: Bearer abcdefghijklmnop'),
		cut: (socket) => socket.terminate(),
		/** Cut unless a token is shown that this server knows. */
		picky: (socket, _number, query) =>
			query.get('token') === 'good-token' ? socket.send('connected') : socket.terminate(),
		garbage: (socket) => {
			const { _socket: wire } = socket as unknown as { _socket: Socket };
			wire.write(Buffer.from([0xff, 0x02, 0x68, 0x69]));
		}
	};

/** Below this path requests are answered, and upgrades are not. */
const STALL = 'stall';
const NO_CORS = new Set(['no-cors']);

/** What a request gets, by the first word of its path. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
	json: (response) => response.end('{"data":{"id":7},"error":"TWILIO_SECRET is not set"}'),
	html: (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><h1>It works</h1>'),
	'no-cors': (response) => response.end('secret'),
	status: (response, request) => {
		const status = Number(request.url?.split('/')[2]);
		response.writeHead(status).end('Authorization: Bearer abcdefghijklmnop');
	},
	redirect: (response) => response.writeHead(302, { location: '/json' }).end(),
	/** Never answered. */
	hang: () => {},
	/** The socket's own addresses, asked plainly. */
	refused: (response) => response.writeHead(426).end('Upgrade Required')
};

const wordsOf = (request: IncomingMessage) => {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
	const [, word = '', number = '0'] = pathname.split('/');
	return { word, number: Number(number), query: searchParams };
};

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
	const server = createServer((request, response) => {
		const { word } = wordsOf(request);
		if (!NO_CORS.has(word)) {
			response.setHeader('access-control-allow-origin', '*');
			response.setHeader('access-control-allow-headers', '*');
			response.setHeader('access-control-expose-headers', '*');
		}
		if (request.method === 'OPTIONS') return void response.writeHead(NO_CORS.has(word) ? 404 : 204).end();
		const answer = ANSWERS[word];
		if (answer) answer(response, request);
		else response.writeHead(404).end('Not found');
	});
	const sockets = new WebSocketServer({ noServer: true });
	server.on('upgrade', (request, wire, head) => {
		const { word, number, query } = wordsOf(request);
		if (word === STALL) return void stalled.add(wire);
		const act = SOCKETS[word];
		if (!act) return void wire.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
		sockets.handleUpgrade(request, wire, head, (socket) => act(socket, number, query));
	});
	const silent = createTcpServer((wire) => {
		held.add(wire);
		wire.on('error', () => {});
	});
	const held = new Set<Socket>();
	const stalled = new Set<Duplex>();
	await Promise.all(
		[server, silent].map((one) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', () => resolve())))
	);
	const portOf = (one: typeof silent | typeof server) => (one.address() as AddressInfo).port;
	provide('servers', {
		httpUrl: `http://localhost:${portOf(server)}`,
		silent: `localhost:${portOf(silent)}`
	});
	return async () => {
		for (const wire of [...held, ...stalled]) wire.destroy();
		for (const socket of sockets.clients) socket.terminate();
		server.closeAllConnections();
		await Promise.all([server, silent].map((one) => new Promise((resolve) => one.close(resolve))));
	};
}

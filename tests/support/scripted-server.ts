import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A token server on this machine that answers as it is told. */
export class ScriptedServer {
	answer: Answer;
	readonly seen: {
		readonly method: string;
		readonly url: string;
		readonly headers: IncomingMessage['headers'];
		readonly body: string;
	}[] = [];
	readonly #server: Server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			this.seen.push({
				method: request.method ?? '',
				url: request.url ?? '',
				headers: request.headers,
				body
			});
			this.answer(response, request);
			this.#onSeen();
		});
	});
	#onSeen = () => {};

	constructor(answer: Answer) {
		this.answer = answer;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	start(): Promise<void> {
		return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
	}

	stop(): Promise<void> {
		this.#server.closeAllConnections();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}

	nextRequest(): Promise<void> {
		return new Promise((resolve) => (this.#onSeen = resolve));
	}
}

/** An answer at once, of this status. */
export const send =
	(status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Answer =>
	(response) => {
		response.writeHead(status, headers).end(body);
	};

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { AgentProcess, readyAgent } from './agent-process.ts';
import { answerHttp } from './http-side.ts';
import type { PartyObservation, RoomObservation } from './observation.ts';
import { planFor, type Voice } from './room-plan.ts';
import { readyServer } from './server-binary.ts';
import { LiveKitServer, type Keys } from './server.ts';
import { mint, type TokenKind, type TokenRequest } from './tokens.ts';

export type { PartyObservation, RoomObservation } from './observation.ts';

export interface LiveKitOptions {
	/** False: nobody of the other side comes, and its packages are not needed. */
	readonly agent?: boolean;
	/** Seconds that a room stays when the last person has left; 3. */
	readonly departureTimeout?: number;
	/** People in a room at most; agents do not count. */
	readonly maxParticipants?: number;
	/** Told what takes long. */
	readonly say?: (words: string) => void;
}

export interface LiveKit {
	/** `ws://127.0.0.1:PORT` */
	readonly url: string;
	/** `http://localhost:PORT`: token endpoints, observation and steering, for any origin. */
	readonly httpUrl: string;
	readonly keys: Keys;
	/** The real server's own administration. */
	readonly rooms: RoomServiceClient;
	/** Resolves when the agent is registered with the server: from then on rooms get one. */
	readonly ready: Promise<void>;
	/** Address of a token endpoint; the good one if no name is given. */
	tokenUrl(name?: string, query?: Readonly<Record<string, string>>): string;
	/** A token made here and now, by LiveKit's own library. */
	mint(asked: TokenRequest, kind?: TokenKind): Promise<string>;
	/** Prepares a room that has a door of its own, and says at which server it is. */
	open(room: string): Promise<string>;
	/** What the other side has seen and heard, oldest first. */
	observe(which?: {
		readonly room?: string;
		readonly identity?: string;
	}): Promise<readonly RoomObservation[]>;
	/** A person comes as a guest, who knows nothing of the plan; resolves when they have joined. */
	visit(asked: TokenRequest, voice?: Voice): Promise<Visitor>;
	/** The agent of a room says something. */
	say(room: string, text: string, ms?: number): Promise<void>;
	/** The agent of a room says this of itself. */
	setState(room: string, state: string): Promise<void>;
	/**
	 * Starts an agent as people write them, on the agents' library (agent/session.ts): it comes where a token asks for
	 * `assistant`. Resolves when it is registered, after some seconds. Harmless to call twice.
	 */
	startAssistant(): Promise<void>;
	/** The server forgets everything and comes back on the same address. */
	restart(): Promise<void>;
	/** The server neither hears nor answers, and no connection closes: a network that has become a black hole. */
	freeze(): void;
	thaw(): void;
	/** As an operator stops it; asked twice, it sends everybody away. */
	stop(): void;
	/** True when the request was for `/livekit/…` and is being answered. */
	handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
	/** Ends every process. Safe to call twice. */
	close(): Promise<void>;
}

export interface Visitor {
	observe(): Promise<PartyObservation>;
	leave(): Promise<void>;
}

const FULL_MS = 10_000;

/** A real livekit-server on loopback, with the other side of its rooms (room-plan.ts). Any number can run side by side. */
export async function startLiveKit(options: LiveKitOptions = {}): Promise<LiveKit> {
	const { agent: withAgent = true, say, ...limits } = options;
	const [binary] = await Promise.all([readyServer(say), withAgent ? readyAgent(say) : undefined]);
	const server = new LiveKitServer({ binary, ...limits });
	await server.start();
	const agent = withAgent ? new AgentProcess('main.ts', server.url, server.keys) : undefined;
	let strict: Promise<LiveKitServer> | undefined;
	let assistant: AgentProcess | undefined;
	let closing: Promise<void> | undefined;

	/** A server beside it, which makes no rooms by itself. */
	const strictServer = (): Promise<LiveKitServer> => {
		strict ??= (async () => {
			const made = new LiveKitServer({ binary, keys: server.keys, autoCreate: false });
			await made.start();
			return made;
		})();
		return strict;
	};

	async function open(room: string): Promise<string> {
		const { door } = planFor(room);
		if (door === 'missing') return (await strictServer()).url;
		if (door === 'full') {
			await server.rooms.createRoom({ name: room, maxParticipants: 1 });
			for (const until = Date.now() + FULL_MS; Date.now() < until; await sleep(50))
				if ((await server.rooms.listParticipants(room)).length > 0) break;
		}
		return server.url;
	}

	const livekit: LiveKit = {
		get url() {
			return server.url;
		},
		httpUrl: '',
		keys: server.keys,
		rooms: server.rooms,
		ready: agent?.ready ?? Promise.resolve(),
		tokenUrl: (name = 'good', query = {}) => {
			const search = new URLSearchParams(query).toString();
			return `${livekit.httpUrl}/livekit/token/${name}${search ? `?${search}` : ''}`;
		},
		mint: (asked, kind = 'good') => mint(server.keys, kind, asked),
		open,
		observe: async ({ room, identity } = {}) => {
			const all = ((await agent?.ask({ ask: 'rooms' })) ?? []) as RoomObservation[];
			return all.filter(
				(seen) => (!room || seen.room === room) && (!identity || seen.guests.includes(identity))
			);
		},
		visit: async (asked, voice = { hertz: 440 }) => {
			const { identity } = asked;
			const token = await mint(server.keys, 'good', asked);
			await agent?.ask({ ask: 'visit', url: await open(asked.room), token, voice });
			return {
				observe: async () => (await agent?.ask({ ask: 'visitor', identity })) as PartyObservation,
				leave: async () => void (await agent?.ask({ ask: 'goodbye', identity }))
			};
		},
		say: async (room, text, ms) => void (await agent?.ask({ ask: 'say', room, text, ...(ms ? { ms } : {}) })),
		setState: async (room, state) => void (await agent?.ask({ ask: 'state', room, state })),
		startAssistant: () =>
			(assistant ??= new AgentProcess('session-worker.ts', server.url, server.keys)).ready,
		restart: async () => {
			await server.kill();
			// As an agent's process does that has lost its room; or it comes back beside its own successor, and they talk to each other.
			await agent?.ask({ ask: 'dismiss' });
			await server.restart();
		},
		freeze: () => server.freeze(),
		thaw: () => server.thaw(),
		stop: () => server.stop(),
		handle: (request, response) => answerHttp(request, response, livekit),
		close: () => {
			closing ??= (async () => {
				http.closeAllConnections();
				http.close();
				await Promise.all([
					agent?.close(),
					assistant?.close(),
					server.close(),
					strict?.then((made) => made.close())
				]);
			})();
			return closing;
		}
	};

	const http = createServer((request, response) => {
		livekit.handle(request, response).then(
			(mine) => mine || response.writeHead(404).end(),
			() => response.destroy()
		);
	});
	await new Promise<void>((resolve, reject) => {
		http.once('error', reject);
		http.listen(0, '127.0.0.1', resolve);
	});
	return Object.assign(livekit, { httpUrl: `http://localhost:${(http.address() as AddressInfo).port}` });
}

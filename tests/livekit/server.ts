import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';

export interface ServerOptions {
	/** Path of livekit-server. */
	readonly binary: string;
	readonly keys?: Keys;
	/** False: a room exists only once it has been made; who joins another one is told 404. */
	readonly autoCreate?: boolean;
	/** Seconds that a room stays when the last person has left; 3. LiveKit's own default is 20. */
	readonly departureTimeout?: number;
	/** People in a room at most; agents do not count. */
	readonly maxParticipants?: number;
	/** Relays that it names to everybody who joins; none by default. */
	readonly relays?: readonly Relay[];
	/** Where it tells everybody to send their sound, whether it is there or not; 127.0.0.1. */
	readonly address?: string;
}

export interface Relay {
	readonly host: string;
	readonly port: number;
	readonly protocol: 'udp' | 'tcp' | 'tls';
	readonly username: string;
	readonly credential: string;
}

export interface Keys {
	readonly key: string;
	readonly secret: string;
}

const START_MS = 15_000;
const ATTEMPTS = 5;
const LOG_LINES = 30;

/** One livekit-server on loopback, on ports of its own. */
export class LiveKitServer {
	readonly keys: Keys;
	readonly #binary: string;
	readonly #options: ServerOptions;
	#ports = { http: 0, udp: 0 };
	#keeper: ChildProcess | undefined;
	#said: string[] = [];

	constructor(options: ServerOptions) {
		this.#binary = options.binary;
		this.#options = options;
		this.keys = options.keys ?? { key: `API${hex(6)}`, secret: hex(24) };
	}

	/** `ws://127.0.0.1:PORT` */
	get url(): string {
		return `ws://127.0.0.1:${this.#ports.http}`;
	}

	get rooms(): RoomServiceClient {
		return this.#administration(10);
	}

	/** The server's own last lines. */
	get log(): string {
		return this.#said.join('\n');
	}

	/** Starts it on free ports; another program may take one in between, then on others. */
	async start(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			this.#ports = await freePorts();
			try {
				return await this.#run();
			} catch (error) {
				if (attempt === ATTEMPTS || !this.log.includes('address already in use')) throw error;
			}
		}
	}

	/** Kills it and starts it again on the same ports: it has forgotten every room. */
	async restart(): Promise<void> {
		await this.kill();
		for (const until = Date.now() + START_MS; ; await sleep(100)) {
			try {
				return await this.#run();
			} catch (error) {
				if (Date.now() > until) throw error;
			}
		}
	}

	/** It is there and does nothing: what is sent to it is lost, connections stay open. A network that has become a black hole. */
	freeze(): void {
		this.#keeper?.send('freeze');
	}

	thaw(): void {
		if (this.#keeper?.connected) this.#keeper.send('thaw');
	}

	/** As an operator stops it: it waits for its rooms to empty; asked twice, it sends everybody away. */
	stop(): void {
		this.#keeper?.send('stop');
	}

	/** At once, as a power cut does. */
	async kill(): Promise<void> {
		const keeper = this.#keeper;
		this.#keeper = undefined;
		if (!keeper || keeper.exitCode !== null) return;
		const gone = once(keeper, 'exit');
		if (keeper.connected) keeper.send('kill');
		await gone;
	}

	close(): Promise<void> {
		return this.kill();
	}

	async #run(): Promise<void> {
		this.#said = [];
		const keeper = fork(join(import.meta.dirname, 'keeper.ts'), [this.#binary], {
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			execArgv: [],
			env: { ...process.env, LIVEKIT_CONFIG: JSON.stringify(this.#config()) }
		});
		this.#keeper = keeper;
		for (const stream of [keeper.stdout, keeper.stderr]) stream?.on('data', (chunk) => this.#note(chunk));
		for (const until = Date.now() + START_MS; ; await sleep(20)) {
			if (keeper.exitCode !== null)
				throw new Error(`livekit-server (${this.#binary}) did not start:\n${this.log}`);
			// Only this server knows these keys: another one on the same port would refuse them.
			if (
				await this.#administration(1)
					.listRooms()
					.then(Boolean, () => false)
			)
				return;
			if (Date.now() > until) {
				await this.kill();
				throw new Error(`livekit-server does not answer on ${this.url}:\n${this.log}`);
			}
		}
	}

	#administration(seconds: number): RoomServiceClient {
		const { key, secret } = this.keys;
		return new RoomServiceClient(this.url.replace('ws', 'http'), key, secret, { requestTimeout: seconds });
	}

	#note(chunk: unknown): void {
		this.#said = [...this.#said, ...String(chunk).split('\n').filter(Boolean)].slice(-LOG_LINES);
	}

	/** JSON is YAML, too. Loopback alone: no address of this machine is told, no public STUN server is named. */
	#config(): object {
		const { autoCreate = true, departureTimeout = 3, maxParticipants = 0, relays, address } = this.#options;
		return {
			port: this.#ports.http,
			bind_addresses: ['127.0.0.1'],
			rtc: {
				udp_port: this.#ports.udp,
				// ICE over TCP would listen on all interfaces, whatever bind_addresses says.
				tcp_port: 0,
				node_ip: address ?? '127.0.0.1',
				use_external_ip: false,
				enable_loopback_candidate: true,
				ips: { includes: ['127.0.0.1/32'] },
				stun_servers: ['127.0.0.1:9'],
				...(relays ? { turn_servers: relays } : {}),
				// It would look for the others by itself, and find them on this machine.
				...(address === undefined ? {} : { use_ice_lite: true })
			},
			keys: { [this.keys.key]: this.keys.secret },
			room: {
				auto_create: autoCreate,
				empty_timeout: 10,
				departure_timeout: departureTimeout,
				max_participants: maxParticipants
			},
			logging: { level: 'info', json: false }
		};
	}
}

async function freePorts(): Promise<{ http: number; udp: number }> {
	const tcp = createServer().listen(0, '127.0.0.1');
	const udp = createSocket('udp4').bind(0, '127.0.0.1');
	await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
	const ports = { http: (tcp.address() as AddressInfo).port, udp: udp.address().port };
	await Promise.all([
		new Promise((resolve) => tcp.close(resolve)),
		new Promise<void>((resolve) => udp.close(resolve))
	]);
	return ports;
}

function hex(bytes: number): string {
	return randomBytes(bytes).toString('hex');
}

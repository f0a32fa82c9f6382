import { setTimeout as sleep } from 'node:timers/promises';
import {
	AvailabilityResponse,
	JobType,
	ParticipantPermission,
	RegisterWorkerRequest,
	ServerMessage,
	WorkerMessage,
	type Job
} from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';

export interface WorkerOptions {
	/** `ws://…` */
	readonly url: string;
	readonly key: string;
	readonly secret: string;
	/** '' for the agent that comes by itself to each new room. */
	readonly agentName: string;
	/** The job is ours: join with this token. */
	take(job: Job, token: string): void;
	/** The server wants the job ended. */
	end(jobId: string): void;
}

/**
 * Registers with the server's dispatcher as the agents' library does, and takes jobs in this process. The library starts a
 * process for each, which takes longer than most tests; session-worker.ts is the real one.
 */
export class Worker {
	readonly #options: WorkerOptions;
	#socket: WebSocket | undefined;
	#closed = false;

	constructor(options: WorkerOptions) {
		this.#options = options;
	}

	/** Resolves when the server has registered it for the first time; afterwards it comes back by itself. */
	async start(): Promise<void> {
		await new Promise<void>((resolve) => void this.#stay(resolve));
	}

	close(): void {
		this.#closed = true;
		this.#socket?.close();
	}

	async #stay(registered: () => void): Promise<void> {
		while (!this.#closed) {
			await this.#serve(registered);
			// Sooner than a phone: a room that is made before it is back gets no agent.
			await sleep(20);
		}
	}

	async #serve(registered: () => void): Promise<void> {
		const { url, key, secret } = this.#options;
		const token = new AccessToken(key, secret, { ttl: '1h' });
		token.addGrant({ agent: true });
		const address = `${url}/agent?protocol=1&access_token=${await token.toJwt()}`;
		const socket = (this.#socket = new WebSocket(address));
		socket.binaryType = 'arraybuffer';
		socket.onopen = () => this.#register();
		socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
			const { message } = ServerMessage.fromBinary(new Uint8Array(data));
			if (message.case === 'register') registered();
			else if (message.case === 'availability' && message.value.job) this.#offered(message.value.job);
			else if (message.case === 'assignment' && message.value.job)
				this.#options.take(message.value.job, message.value.token);
			else if (message.case === 'termination') this.#options.end(message.value.jobId);
		};
		await new Promise((resolve) => {
			socket.onclose = resolve;
			socket.onerror = resolve;
		});
	}

	#register(): void {
		this.#send({
			case: 'register',
			value: new RegisterWorkerRequest({
				type: JobType.JT_ROOM,
				agentName: this.#options.agentName,
				version: '0.0.0',
				allowedPermissions: new ParticipantPermission({
					canPublish: true,
					canSubscribe: true,
					canPublishData: true,
					canUpdateMetadata: true,
					agent: true
				})
			})
		});
	}

	#offered(job: Job): void {
		const { agentName } = this.#options;
		this.#send({
			case: 'availability',
			value: new AvailabilityResponse({
				jobId: job.id,
				available: true,
				participantIdentity: `agent-${job.id}`,
				participantName: 'Test agent',
				participantAttributes: agentName ? { 'lk.agent.name': agentName } : {}
			})
		});
	}

	#send(message: WorkerMessage['message']): void {
		this.#socket?.send(new Uint8Array(new WorkerMessage({ message }).toBinary()));
	}
}

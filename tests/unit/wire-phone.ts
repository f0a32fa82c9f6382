import { once } from 'node:events';
import { WebSocket } from 'ws';
import { writeFrame } from '../exchange/frames.ts';
import { Hearing } from '../exchange/hearing.ts';
import { MediaPeer, type PeerOptions } from '../exchange/media-peer.ts';

export interface Frame {
	readonly type: string;
	readonly payload: Record<string, unknown> & { readonly error?: { readonly code: number } };
}

/** A phone without an SDK: writes frames by hand and waits for frames by type. Its media is a peer like the exchange's. */
export class WirePhone {
	readonly #socket: WebSocket;
	readonly #frames: Frame[] = [];
	readonly #waiting = new Set<() => void>();
	readonly #peers: MediaPeer[] = [];
	readonly hearing = new Hearing();
	readonly closed: Promise<number>;

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		this.closed = new Promise((resolve) => socket.once('close', resolve));
		socket.on('message', (data: Buffer) => {
			const text = data.toString();
			if (text === '\n') return;
			this.#frames.push(JSON.parse(text) as Frame);
			for (const look of this.#waiting) look();
		});
	}

	/** `gateway`: ws://host:port, or host:port for TLS. */
	static async open(gateway: string): Promise<WirePhone> {
		const url = `${gateway.includes('://') ? gateway : `wss://${gateway}`}/signal`;
		const socket = new WebSocket(url, { rejectUnauthorized: false });
		await once(socket, 'open');
		return new WirePhone(socket);
	}

	/** Opened, listened and registered. */
	static async registered(gateway: string, token: string): Promise<WirePhone> {
		const phone = await WirePhone.open(gateway);
		phone.send('listen', { token });
		await phone.next('connected');
		phone.send('register', { media: { audio: true } });
		await phone.next('ready');
		return phone;
	}

	send(type: string, payload: object): void {
		this.#socket.send(writeFrame(type as never, payload as never));
	}

	/** The next frame of one of these types; earlier frames of other types stay for later. */
	next(...types: readonly string[]): Promise<Frame> {
		return new Promise((resolve) => {
			const look = (): void => {
				const found = this.#frames.findIndex((frame) => types.includes(frame.type));
				const [frame] = found === -1 ? [] : this.#frames.splice(found, 1);
				if (!frame) return;
				this.#waiting.delete(look);
				resolve(frame);
			};
			this.#waiting.add(look);
			look();
		});
	}

	/** Sends an invite; with real media if `media` is given. Returns the far side's answer applier. */
	async dial(to: string, media?: PeerOptions, params: Readonly<Record<string, string>> = {}): Promise<void> {
		const sdp = media ? await this.#peer(media).offer() : 'v=0';
		const query = new URLSearchParams({ To: to, ...params }).toString();
		this.send('invite', { callsid: 'TJStemporary', sdp, twilio: { params: query } });
	}

	/** The newest peer takes the answer. */
	async connect(answer: Frame): Promise<void> {
		await this.#peers.at(-1)?.accept(String(answer.payload['sdp']));
	}

	/** Answers an `invite` frame. */
	async answer(invite: Frame, media: PeerOptions): Promise<void> {
		const sdp = await this.#peer(media).answer(String(invite.payload['sdp']));
		this.send('answer', { callsid: invite.payload['callsid'], sdp });
	}

	async offer(media: PeerOptions): Promise<string> {
		return this.#peer(media).offer();
	}

	async close(): Promise<void> {
		await Promise.all(this.#peers.map((peer) => peer.close()));
		this.#socket.terminate();
	}

	#peer(media: PeerOptions): MediaPeer {
		const peer = new MediaPeer(media, this.hearing);
		this.#peers.push(peer);
		return peer;
	}
}

import type { SocketAttempt } from '../types.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { foreign, foreignData, queryNames, shownUrl, thrown } from './shown.ts';
import { within, type ProbeDeps } from './wait.ts';

export interface SocketPlan {
	readonly url: string;
	readonly protocols?: readonly string[];
	/** How long the opening is waited for; {@link THRESHOLDS.socketMs} by default. */
	readonly openMs?: number;
	/**
	 * What is done while it is open; the page closes it when this settles. By default it is only watched, for as long as
	 * it takes to see that it is cut at once.
	 */
	readonly talk?: (socket: OpenSocket) => Promise<void>;
}

/** An open socket, for whoever talks on it. */
export interface OpenSocket {
	/** Does nothing when the socket is closed. */
	send(data: string | Uint8Array<ArrayBuffer>): void;
	/** The next frame, text or bytes; undefined when `ms` are over, the socket is closed, or the probe is stopped. */
	next(ms: number): Promise<string | ArrayBuffer | undefined>;
	/** Resolves when the server has closed it, `ms` are over, or the probe is stopped. */
	watch(ms: number): Promise<void>;
	/** Since the opening. */
	readonly ageMs: number;
}

/** An enforced content policy gives an error and never a close event; every other failure gives both at once. */
const CLOSE_AFTER_ERROR_MS = 300;
const MOST_FIRST_FRAMES = 3;

/**
 * Opens one WebSocket and tells what was seen of it. Never rejects, never tries again, and leaves no socket open: what the
 * server has not closed by then the page closes.
 */
export async function probeSocket(plan: SocketPlan, deps: ProbeDeps): Promise<SocketAttempt> {
	const watched = new WatchedSocket(plan, deps);
	await watched.run();
	return watched.seen();
}

class WatchedSocket implements OpenSocket {
	readonly #plan: SocketPlan;
	readonly #deps: ProbeDeps;
	readonly #at: number;
	readonly #start: number;
	readonly #listening = new AbortController();
	readonly #frames: (string | ArrayBuffer)[] = [];
	#seen: Partial<{ -readonly [K in keyof SocketAttempt]: SocketAttempt[K] }> = {};
	#socket: WebSocket | undefined;
	#count = 0;
	#first: string[] = [];
	#lastFrameAt: number | undefined;
	#wake = () => {};

	constructor(plan: SocketPlan, deps: ProbeDeps) {
		this.#plan = plan;
		this.#deps = deps;
		this.#at = deps.clock.now();
		this.#start = deps.clock.monotonic();
	}

	async run(): Promise<void> {
		if (!this.#open()) return;
		await this.#until(() => this.#isSettled(), this.#plan.openMs ?? THRESHOLDS.socketMs);
		if (this.#seen.errorAfterMs !== undefined && !this.#seen.close)
			await this.#until(() => this.#seen.close !== undefined, CLOSE_AFTER_ERROR_MS);
		if (this.#seen.openedAfterMs !== undefined && !this.#seen.close) await this.#talk();
		// Broken data gives an error first; how the connection ended comes with the close event.
		if (this.#seen.openedAfterMs !== undefined && this.#isOver())
			await this.#until(() => this.#seen.close !== undefined, CLOSE_AFTER_ERROR_MS);
		this.#finish();
	}

	get ageMs(): number {
		return this.#age - (this.#seen.openedAfterMs ?? 0);
	}

	send(data: string | Uint8Array<ArrayBuffer>): void {
		if (this.#socket?.readyState !== WebSocket.OPEN) return;
		this.#lastFrameAt = this.#age;
		this.#socket.send(data);
	}

	async next(ms: number): Promise<string | ArrayBuffer | undefined> {
		await this.#until(() => this.#frames.length > 0 || this.#isOver(), ms);
		return this.#frames.shift();
	}

	async watch(ms: number): Promise<void> {
		await this.#until(() => this.#isOver(), ms);
	}

	seen(): SocketAttempt {
		const query = queryNames(this.#plan.url);
		return {
			url: shownUrl(this.#plan.url),
			...(query.length > 0 ? { query } : {}),
			...(this.#plan.protocols ? { protocols: this.#plan.protocols } : {}),
			at: this.#at,
			readyState: 3,
			watchedMs: this.#age,
			frames: this.#count,
			firstFrames: this.#first,
			...this.#seen
		};
	}

	get #age(): number {
		return Math.round(this.#deps.clock.monotonic() - this.#start);
	}

	#open(): boolean {
		try {
			const { url, protocols } = this.#plan;
			// An address without a scheme would lead to the page's own site.
			this.#socket = new WebSocket(new URL(url), [...(protocols ?? [])]);
		} catch (error) {
			this.#seen = { threw: thrown(error) };
			return false;
		}
		this.#socket.binaryType = 'arraybuffer';
		const on = <K extends keyof WebSocketEventMap>(type: K, act: (event: WebSocketEventMap[K]) => void) =>
			this.#socket?.addEventListener(
				type,
				(event) => {
					act(event);
					this.#wake();
				},
				{ signal: this.#listening.signal }
			);
		on('open', () => (this.#seen.openedAfterMs = this.#age));
		on('error', () => (this.#seen.errorAfterMs ??= this.#age));
		on('message', ({ data }: MessageEvent<string | ArrayBuffer>) => this.#receive(data));
		on('close', ({ code, reason, wasClean }) => {
			const afterMs = this.#age;
			this.#seen.close = { code, reason: foreign(reason), clean: wasClean, afterMs };
			if (this.#lastFrameAt !== undefined) this.#seen.quietMs = afterMs - this.#lastFrameAt;
		});
		return true;
	}

	#receive(data: string | ArrayBuffer): void {
		this.#frames.push(data);
		this.#count++;
		this.#lastFrameAt = this.#age;
		this.#seen.firstFrameAfterMs ??= this.ageMs;
		if (this.#first.length === MOST_FIRST_FRAMES) return;
		this.#first.push(typeof data === 'string' ? foreignData(data) : `[binary ${data.byteLength} bytes]`);
	}

	async #talk(): Promise<void> {
		const talk = this.#plan.talk ?? ((socket: OpenSocket) => socket.watch(THRESHOLDS.cutAtOnceMs));
		await talk(this);
	}

	#isSettled(): boolean {
		const { openedAfterMs, errorAfterMs, close } = this.#seen;
		return openedAfterMs !== undefined || errorAfterMs !== undefined || close !== undefined;
	}

	#isOver(): boolean {
		return this.#seen.close !== undefined || (this.#socket?.readyState ?? 3) >= WebSocket.CLOSING;
	}

	async #until(is: () => boolean, ms: number): Promise<void> {
		const end = this.#deps.clock.monotonic() + ms;
		while (!is() && !this.#deps.signal.aborted) {
			const left = end - this.#deps.clock.monotonic();
			if (left <= 0) return;
			await within(new Promise<void>((resolve) => (this.#wake = resolve)), left, this.#deps);
		}
	}

	#finish(): void {
		const socket = this.#socket;
		if (!socket) return;
		this.#seen.readyState = socket.readyState;
		this.#seen.watchedMs = this.#age;
		this.#listening.abort();
		const { openedAfterMs, errorAfterMs, close } = this.#seen;
		if (openedAfterMs === undefined && (errorAfterMs !== undefined || close)) this.#deps.sockets?.failed();
		if (socket.readyState > WebSocket.OPEN) return;
		if (openedAfterMs !== undefined || this.#deps.signal.aborted) this.#seen.closedByPage = true;
		socket.close();
	}
}

/** What the day asks the page's inside for; the same whatever the screen looks like. Times of `performance.now()` are the real ones. */
export interface Wire {
	/** Of this document alone. */
	name(): string;
	/**
	 * Once no request is under way, no socket is opening and no gateway owes an answer to a token; resolves with the page's own
	 * wall time, ms.
	 */
	quiet(): Promise<number>;
	/** Resolves when sound has come in on the connection that is open. */
	hears(): Promise<void>;
	/** How many requests and sockets there have been. */
	asked(): number;
	/** What the screen has said of itself since this was asked last: its lamp, and headings that stand alone. */
	said(): readonly string[];
	/** Resolves once the screen has said something else than it did when `said` was asked last, though it may say that again. */
	changed(): Promise<void>;
	/** From the last tap until the screen said that one is in a call, real ms. */
	tapToCall(): number | undefined;
	open(): { readonly sockets: number; readonly peers: number; readonly tracks: number };
}

declare global {
	interface Window {
		readonly kioskWire: Wire;
	}
}

/**
 * Runs in each document before the page's own scripts and before the clock is taken from it, so it stands alone. Beside
 * watching it does one thing: as hours pass in seconds, the gateway's heartbeats, which come in real time, would come too
 * late for the page, so that each open socket gets one every 10 s of the page's time.
 */
export function layWire(): void {
	const BEAT_MS = 10_000;
	const HEARTBEAT = '\n';
	const later = window.setTimeout.bind(window);
	const realNow = performance.now.bind(performance);
	const pause = (ms: number) => new Promise((resolve) => later(resolve, ms));
	const LATE_MS = 30_000;
	const until = async (is: () => boolean | Promise<boolean>, ms: number, otherwise: string) => {
		const end = realNow() + LATE_MS;
		while (!(await is())) {
			if (realNow() > end) throw new Error(`Stuck: ${otherwise}.`);
			await pause(ms);
		}
	};

	const sockets = new Set<WebSocket>();
	/** Those whose gateway owes an answer to a token, or to the first registration. */
	const asking = new Set<WebSocket>();
	const registered = new WeakSet<WebSocket>();
	const peers = new Set<RTCPeerConnection>();
	const tracks = new Set<MediaStreamTrack>();
	let requests = 0;
	let asked = 0;
	let beats = false;
	const typeOf = (frame: unknown) => /"type":"(\w+)"/.exec(typeof frame === 'string' ? frame : '')?.[1];
	const beat = () => {
		for (const socket of sockets) {
			if (socket.readyState !== WebSocket.OPEN) continue;
			socket.dispatchEvent(new MessageEvent('message', { data: HEARTBEAT }));
		}
	};

	window.WebSocket = class extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			asked++;
			sockets.add(this);
			this.addEventListener('close', () => {
				sockets.delete(this);
				asking.delete(this);
			});
			this.addEventListener('message', ({ data }) => {
				const type = typeOf(data);
				if (type === 'ready') registered.add(this);
				if (type === 'connected' || type === 'ready' || type === 'error') asking.delete(this);
			});
			// By now the clock is the page's.
			if (!beats) window.setInterval(beat, BEAT_MS);
			beats = true;
		}
		override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
			const type = typeOf(data);
			if (type === 'listen' || (type === 'register' && !registered.has(this))) asking.add(this);
			super.send(data as string);
		}
	};
	window.RTCPeerConnection = class extends RTCPeerConnection {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			peers.add(this);
		}
		override close(): void {
			peers.delete(this);
			super.close();
		}
	};
	const devices = navigator.mediaDevices;
	const getUserMedia = devices.getUserMedia.bind(devices);
	devices.getUserMedia = async (constraints) => {
		const stream = await getUserMedia(constraints);
		for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
		for (const track of stream.getTracks()) tracks.add(track);
		return stream;
	};
	const ask = window.fetch.bind(window);
	window.fetch = async (input, init) => {
		requests++;
		asked++;
		try {
			return await ask(input, init);
		} finally {
			requests--;
		}
	};

	async function received(): Promise<number> {
		const reports = await Promise.all([...peers].map((peer) => peer.getStats()));
		const all = reports.flatMap((report) => [...report.values()] as Readonly<Record<string, unknown>>[]);
		return all
			.filter((stat) => stat['type'] === 'inbound-rtp')
			.reduce((sum, stat) => sum + Number(stat['packetsReceived'] ?? 0), 0);
	}

	let tappedAt = 0;
	let talkingAt: number | undefined;
	document.addEventListener(
		'click',
		() => {
			tappedAt = realNow();
			talkingAt = undefined;
		},
		true
	);
	let said: string[] = [];
	const text = (selector: string) => document.querySelector(selector)?.textContent?.trim();
	const look = () => {
		if (talkingAt === undefined && text('[role=status][aria-label="Call state"]') === 'In call')
			talkingAt = realNow();
		const now = text('[role=status][aria-label="State of the phone"]') ?? text('h1');
		if (now && now !== said.at(-1)) said.push(now);
	};
	new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });

	const name = crypto.randomUUID();
	Object.defineProperty(window, 'kioskWire', {
		value: {
			name: () => name,
			async quiet() {
				const isOpening = ({ readyState }: WebSocket) => readyState === WebSocket.CONNECTING;
				const isQuiet = () => requests === 0 && asking.size === 0 && ![...sockets].some(isOpening);
				await until(isQuiet, 2, 'the page waits for an answer');
				// What the answer leads to.
				await pause(0);
				return Date.now();
			},
			async hears() {
				await until(async () => (await received()) > 0, 10, 'no sound comes in');
			},
			asked: () => asked,
			said() {
				const all = said;
				said = all.slice(-1);
				return all;
			},
			changed: () => until(() => said.length > 1, 2, `the screen says nothing but ${said.join()}`),
			tapToCall: () => (talkingAt === undefined ? undefined : talkingAt - tappedAt),
			open: () => ({
				sockets: sockets.size,
				peers: peers.size,
				tracks: [...tracks].filter(({ readyState }) => readyState === 'live').length
			})
		} satisfies Wire
	});
}

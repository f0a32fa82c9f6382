/** What a page has open, counted from inside; a page ends its last call with tracks and peers at 0. */
export interface Live {
	/** Captured tracks and clones of them that have not been stopped. */
	readonly tracks: number;
	readonly peers: number;
	/** Connecting or open. */
	readonly sockets: number;
}

/** Stands in the page as `window.witness`. */
export interface Witness {
	live(): Live;
	/** How many were ever made. */
	made(): { readonly microphones: number; readonly peers: number; readonly sockets: number };
	/** Packets of sound of all open peer connections so far. */
	rtp(): Promise<{ readonly sent: number; readonly received: number }>;
	/**
	 * Loudest sample that has gone to a speaker in the last 1.5 s, 0 to 1, from every element that plays and every node that
	 * is connected to an output. Null until the page has been listened to for that long; the first call begins it.
	 */
	loudest(): number | null;
	/** Scripts of strangers put their mark here. */
	pwned: number;
}

declare global {
	interface Window {
		witness: Witness;
		tellTest(what: string, words: string): Promise<void>;
	}
}

/** Runs in every page and frame before its own scripts, so it stands alone: nothing outside of it is in reach. */
export function putWitness(): void {
	const TICK_MS = 100;
	const TICKS = 15;
	const tracks = new Set<MediaStreamTrack>();
	const peers = new Set<RTCPeerConnection>();
	const sockets = new Set<WebSocket>();
	const elements = new Set<HTMLMediaElement>();
	const direct = new Map<AudioNode, AnalyserNode>();
	const streams = new WeakMap<MediaStream, AnalyserNode>();
	const peaks: number[] = [];
	let microphones = 0;
	let context: AudioContext | undefined;

	const { mediaDevices } = navigator;
	// Absent on pages that are not secure.
	if (mediaDevices as MediaDevices | undefined) {
		const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
		mediaDevices.getUserMedia = async (constraints) => {
			const stream = await getUserMedia(constraints);
			microphones++;
			for (const track of stream.getTracks()) tracks.add(track);
			return stream;
		};
	}

	// The clone of a captured track keeps the microphone open as well.
	const trackPrototype: { clone: (this: MediaStreamTrack) => MediaStreamTrack } = MediaStreamTrack.prototype;
	const { clone } = trackPrototype;
	trackPrototype.clone = function () {
		const copy = clone.call(this);
		if (tracks.has(this)) tracks.add(copy);
		return copy;
	};

	const counted = <T extends object, C extends abstract new (...args: never[]) => T>(
		Made: C,
		all: Set<T>
	): C =>
		new Proxy(Made, {
			construct(target, args, newTarget) {
				const one = Reflect.construct(target, args, newTarget) as T;
				all.add(one);
				return one;
			}
		});
	globalThis.RTCPeerConnection = counted(RTCPeerConnection, peers);
	globalThis.WebSocket = counted(WebSocket, sockets);

	const media: { play: (this: HTMLMediaElement) => Promise<void> } = HTMLMediaElement.prototype;
	const { play } = media;
	media.play = function () {
		elements.add(this);
		return play.call(this);
	};
	const nodes = AudioNode.prototype as unknown as {
		connect: (this: AudioNode, ...args: unknown[]) => unknown;
		disconnect: (this: AudioNode, ...args: unknown[]) => void;
	};
	const { connect, disconnect } = nodes;
	nodes.connect = function (...args) {
		if (args[0] instanceof AudioDestinationNode && !direct.has(this)) {
			const analyser = new AnalyserNode(this.context, { fftSize: 16_384 });
			connect.call(this, analyser);
			direct.set(this, analyser);
		}
		return connect.apply(this, args);
	};
	nodes.disconnect = function (...args) {
		const analyser = direct.get(this);
		if (analyser && (args.length === 0 || args[0] instanceof AudioDestinationNode)) {
			direct.delete(this);
			if (args.length > 0) disconnect.call(this, analyser);
		}
		disconnect.apply(this, args);
	};

	function analyserOf(stream: MediaStream): AnalyserNode | undefined {
		if (stream.getAudioTracks().length === 0) return undefined;
		context ??= new AudioContext();
		void context.resume();
		const known = streams.get(stream);
		if (known) return known;
		const analyser = new AnalyserNode(context, { fftSize: 16_384 });
		connect.call(context.createMediaStreamSource(stream), analyser);
		streams.set(stream, analyser);
		return analyser;
	}

	const samples = new Float32Array(16_384);
	function peakOf(analyser: AnalyserNode): number {
		if (analyser.context.state !== 'running') return 0;
		analyser.getFloatTimeDomainData(samples);
		return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
	}

	function peakNow(): number {
		const found: number[] = [0];
		for (const analyser of direct.values()) found.push(peakOf(analyser));
		for (const element of elements) {
			const stream = element.srcObject;
			if (element.paused || element.muted || !(stream instanceof MediaStream)) continue;
			const analyser = analyserOf(stream);
			if (analyser) found.push(peakOf(analyser) * element.volume);
		}
		return Math.max(...found);
	}

	let listening = false;
	window.witness = {
		pwned: 0,
		live: () => ({
			tracks: [...tracks].filter(({ readyState }) => readyState === 'live').length,
			peers: [...peers].filter(({ signalingState }) => signalingState !== 'closed').length,
			sockets: [...sockets].filter(({ readyState }) => readyState <= WebSocket.OPEN).length
		}),
		async rtp() {
			const open = [...peers].filter(({ signalingState }) => signalingState !== 'closed');
			const reports = await Promise.all(open.map((peer) => peer.getStats()));
			const all = reports.flatMap((report) => [...report.values()] as Readonly<Record<string, unknown>>[]);
			const sum = (type: string, name: string) =>
				all
					.filter((stat) => stat['type'] === type && stat['kind'] === 'audio')
					.reduce((total, stat) => total + Number(stat[name] ?? 0), 0);
			return { sent: sum('outbound-rtp', 'packetsSent'), received: sum('inbound-rtp', 'packetsReceived') };
		},
		made: () => ({ microphones, peers: peers.size, sockets: sockets.size }),
		loudest() {
			if (!listening) setInterval(() => void (peaks.push(peakNow()) > TICKS && peaks.shift()), TICK_MS);
			listening = true;
			return peaks.length < TICKS ? null : Math.max(...peaks);
		}
	};
	document.addEventListener('securitypolicyviolation', (event) => {
		const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
		const words = `${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`;
		void window.tellTest('policy violation', words);
	});
}

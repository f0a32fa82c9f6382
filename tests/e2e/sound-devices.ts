/** Both run in the page before its own scripts, so they stand alone. */

/** What comes out of the page's speaker goes into its microphone, `delay` seconds later, as in a quiet room. */
export function fromSpeakerToMicrophone(delay: number): void {
	const rooms = new Map<BaseAudioContext, { readonly air: DelayNode; readonly stream: MediaStream }>();
	let last: MediaStream | undefined;
	const roomOf = (context: AudioContext) => {
		const known = rooms.get(context);
		if (known) return known;
		const air = new DelayNode(context, { delayTime: delay });
		const ear = new MediaStreamAudioDestinationNode(context);
		connect.call(air, ear);
		const room = { air, stream: ear.stream };
		rooms.set(context, room);
		return room;
	};
	const nodes = AudioNode.prototype as unknown as {
		connect: (this: AudioNode, ...args: unknown[]) => unknown;
	};
	const { connect } = nodes;
	nodes.connect = function (...args) {
		if (args[0] instanceof AudioDestinationNode) {
			const room = roomOf(this.context as AudioContext);
			last = room.stream;
			connect.call(this, room.air);
		}
		return connect.apply(this, args);
	};
	const devices = navigator.mediaDevices;
	const open = devices.getUserMedia.bind(devices);
	devices.getUserMedia = async (constraints) => {
		const real = await open(constraints);
		if (!last) return real;
		for (const track of real.getTracks()) track.stop();
		return last.clone();
	};
}

/** Another program has the microphone, until the window hears `microphone-free`. */
export function occupyMicrophone(): void {
	const devices = navigator.mediaDevices;
	const open = devices.getUserMedia.bind(devices);
	let isFree = false;
	addEventListener('microphone-free', () => (isFree = true));
	devices.getUserMedia = (constraints) =>
		isFree
			? open(constraints)
			: Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'));
}

/** The browser lets nothing sound, until the window hears `may-play`. */
export function refuseToPlay(): void {
	const media: { play: (this: HTMLMediaElement) => Promise<void> } = HTMLMediaElement.prototype;
	const { play } = media;
	let may = false;
	addEventListener('may-play', () => (may = true));
	media.play = function () {
		return may ? play.call(this) : Promise.reject(new DOMException('Not allowed', 'NotAllowedError'));
	};
}

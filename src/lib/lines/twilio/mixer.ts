import { holdTone } from './hold-tone.ts';
import type { AudioProcessor } from './sdk.ts';

interface MixerDeps {
	audio(): AudioContext;
	/** A microphone in place of the one that was chosen before, or that was unplugged. */
	openMicrophone(): Promise<MediaStream>;
	/** The new microphone did not open; the old one stays. */
	failed(error: unknown): void;
}

interface Graph {
	readonly context: AudioContext;
	readonly voice: GainNode;
	readonly destination: MediaStreamAudioDestinationNode;
	source: MediaStreamAudioSourceNode;
	microphone: MediaStream;
	tone: AudioBufferSourceNode | undefined;
}

/**
 * What a Device sends, as its one local processor (it takes no second): the microphone, or the hold tone, or nothing.
 * The SDK's own mute switches the whole track off, the hold tone with it, so mute is a gain here.
 */
export class Mixer implements AudioProcessor {
	readonly #deps: MixerDeps;
	#graph: Graph | undefined;
	#muted = false;
	#held = false;

	constructor(deps: MixerDeps) {
		this.#deps = deps;
	}

	/** Has the AudioContext made, which takes 3 ms, while the microphone opens, which takes 15. */
	warm(): void {
		try {
			this.#deps.audio();
		} catch {
			// It fails again when there is something to mix, and ends the call there.
		}
	}

	/** The SDK has opened the microphone of a call; what is returned is sent in its place. */
	createProcessedStream(microphone: MediaStream): Promise<MediaStream> {
		this.#release();
		const context = this.#deps.audio();
		if (context.state === 'suspended') context.resume().catch(() => {});
		const voice = context.createGain();
		const destination = context.createMediaStreamDestination();
		const source = this.#connect(context, microphone, voice);
		voice.connect(destination);
		this.#graph = { context, voice, destination, source, microphone, tone: undefined };
		this.#apply();
		return Promise.resolve(destination.stream);
	}

	/** The SDK lets go of the microphone at the end of a call. */
	destroyProcessedStream(): Promise<void> {
		this.#release();
		return Promise.resolve();
	}

	set(muted: boolean, held: boolean): void {
		this.#muted = muted;
		this.#held = held;
		this.#apply();
	}

	/** Opens the microphone anew, in the middle of a call too; the far side hears no gap but the change. */
	async changeMicrophone(): Promise<void> {
		const graph = this.#graph;
		if (!graph) return;
		try {
			const microphone = await this.#deps.openMicrophone();
			if (this.#graph !== graph) return stop(microphone);
			graph.source.disconnect();
			stop(graph.microphone);
			graph.microphone = microphone;
			graph.source = this.#connect(graph.context, microphone, graph.voice);
		} catch (error) {
			this.#deps.failed(error);
		}
	}

	#connect(context: AudioContext, microphone: MediaStream, voice: GainNode): MediaStreamAudioSourceNode {
		const source = context.createMediaStreamSource(microphone);
		source.connect(voice);
		for (const track of microphone.getAudioTracks()) {
			track.addEventListener('ended', () => void this.changeMicrophone(), { once: true });
		}
		return source;
	}

	#apply(): void {
		const graph = this.#graph;
		if (!graph) return;
		graph.voice.gain.value = this.#muted || this.#held ? 0 : 1;
		if (this.#held === (graph.tone !== undefined)) return;
		if (graph.tone) {
			graph.tone.stop();
			graph.tone.disconnect();
			graph.tone = undefined;
			return;
		}
		const tone = graph.context.createBufferSource();
		tone.buffer = holdTone(graph.context);
		tone.loop = true;
		tone.connect(graph.destination);
		tone.start();
		graph.tone = tone;
	}

	#release(): void {
		const graph = this.#graph;
		if (!graph) return;
		this.#graph = undefined;
		graph.tone?.stop();
		graph.tone?.disconnect();
		graph.source.disconnect();
		graph.voice.disconnect();
		stop(graph.microphone);
		stop(graph.destination.stream);
	}
}

function stop(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}

import {
	AudioFrame,
	AudioSource,
	LocalAudioTrack,
	TrackPublishOptions,
	TrackSource,
	type LocalParticipant
} from '@livekit/rtc-node';
import { FRAME_MS, RATE } from './ears.ts';

const SAMPLES = (RATE * FRAME_MS) / 1000;
const LOUDNESS = 0.25 * 0x7fff;
const FADE = RATE / 100;
/** What is waiting to be sent is at most so much: more would be delay. */
const QUEUE_MS = 60;
const ECHO_MS = 300;

/** One participant's voice: a track, and what it says at the moment. It sends silence when it has nothing to say. */
export class Mouth {
	framesOut = 0;
	/** Sample by sample; undefined when there is no more. */
	#saying: Iterator<number> | undefined;
	readonly #echo: { readonly at: number; readonly data: Int16Array }[] = [];
	#source = new AudioSource(RATE, 1, QUEUE_MS);
	#closed = false;

	/** Publishes the track, under the name that agents give it; resolves with its sid. Nothing is sent without `run`. */
	async publish(participant: LocalParticipant): Promise<string> {
		const track = LocalAudioTrack.createAudioTrack('roomio_audio', this.#source);
		const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
		return (await participant.publishTrack(track, options)).sid ?? '';
	}

	/** Sends until it is closed. Speaking is announced by `heard`, with the loudest sample of each frame, 0 to 1. */
	async run(heard: (peak: number) => void): Promise<void> {
		while (!this.#closed) {
			const data = this.#next();
			heard(data.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 0x8000);
			await this.#source.captureFrame(new AudioFrame(data, RATE, 1, SAMPLES));
			this.framesOut++;
		}
	}

	/** Sends this back, 300 ms later. */
	repeat(frame: AudioFrame): void {
		this.#echo.push({ at: Date.now() + ECHO_MS, data: frame.data.slice() });
	}

	tone(hertz: number, ms = Infinity): void {
		this.#saying = tone(hertz, (ms * RATE) / 1000);
	}

	turns(hertz: number, offset: number, others: number): void {
		this.#saying = turns(hertz, offset, others);
	}

	hush(): void {
		this.#saying = undefined;
	}

	get speaking(): boolean {
		return this.#saying !== undefined;
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#source.close();
	}

	#next(): Int16Array {
		const due = this.#echo[0] && this.#echo[0].at <= Date.now() ? this.#echo.shift() : undefined;
		if (due) return due.data;
		const data = new Int16Array(SAMPLES);
		for (let at = 0; at < SAMPLES && this.#saying; at++) {
			const { value, done } = this.#saying.next() as IteratorResult<number, undefined>;
			if (done) this.#saying = undefined;
			else data[at] = value;
		}
		return data;
	}
}

function* tone(hertz: number, length: number): Generator<number> {
	for (let at = 0; at < length; at++) {
		const fade = Math.min(1, at / FADE, (length - at) / FADE);
		yield Math.round(fade * LOUDNESS * Math.sin((2 * Math.PI * hertz * at) / RATE));
	}
}

function* turns(hertz: number, offset: number, others: number): Generator<number> {
	for (let at = 0; at < offset * RATE; at++) yield 0;
	for (;;) {
		yield* tone(hertz, RATE);
		for (let at = 0; at < others * RATE; at++) yield 0;
	}
}

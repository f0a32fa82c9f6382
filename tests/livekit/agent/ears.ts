import { AudioStream, type AudioFrame, type RemoteTrack } from '@livekit/rtc-node';

export const RATE = 48_000;
export const FRAME_MS = 10;
/** Opus, at the level of a quiet room, stays below this; 0 to 1. */
const SPEECH = 0.02;
const TICK_MS = 50;
const WINDOW_MS = 1200;

export interface Listener {
	frame?(frame: AudioFrame): void;
	/** A stretch of speech has begun, goes on (some 20 times a second), or has ended; `ms` is its length so far. */
	speech?(what: 'begins' | 'goes-on' | 'ends', ms: number): void;
}

/** What one participant hears, of everybody in the room. */
export class Ears {
	framesIn = 0;
	turns = 0;
	readonly #listener: Listener;
	readonly #peaks: { at: number; peak: number }[] = [];
	#began = 0;
	#lastLoud = 0;
	readonly #pause: number;
	readonly #ticks: NodeJS.Timeout;

	/** `pause`: so long a silence ends a stretch of speech, ms. */
	constructor(pause: number, listener: Listener) {
		this.#pause = pause;
		this.#listener = listener;
		this.#ticks = setInterval(() => this.#tick(), TICK_MS);
	}

	/** Loudest sample of the last 1.2 s, 0 to 1. */
	get level(): number {
		const from = Date.now() - WINDOW_MS;
		while (this.#peaks[0] && this.#peaks[0].at < from) this.#peaks.shift();
		return Math.max(0, ...this.#peaks.map(({ peak }) => peak));
	}

	async listen(track: RemoteTrack): Promise<void> {
		for await (const frame of new AudioStream(track, {
			sampleRate: RATE,
			numChannels: 1,
			frameSizeMs: FRAME_MS
		}))
			this.#hear(frame);
	}

	close(): void {
		clearInterval(this.#ticks);
	}

	#hear(frame: AudioFrame): void {
		this.framesIn++;
		let peak = 0;
		for (const sample of frame.data) peak = Math.max(peak, Math.abs(sample));
		const now = Date.now();
		this.#peaks.push({ at: now, peak: peak / 0x8000 });
		if (this.#peaks.length > 1000) this.#peaks.shift();
		if (peak / 0x8000 > SPEECH) {
			this.#lastLoud = now;
			if (this.#began === 0) {
				this.#began = now;
				this.#listener.speech?.('begins', 0);
			}
		}
		this.#listener.frame?.(frame);
	}

	#tick(): void {
		if (this.#began === 0) return;
		const ms = this.#lastLoud - this.#began + FRAME_MS;
		const silent = Date.now() - this.#lastLoud;
		if (silent < this.#pause) {
			if (silent < 2 * TICK_MS) this.#listener.speech?.('goes-on', ms);
			return;
		}
		this.#began = 0;
		this.turns++;
		this.#listener.speech?.('ends', ms);
	}
}

import type { Clock, Log } from '#lib/core/ports.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { PageAudio } from './audio.ts';
import { openOutput, type Output } from './speakers.ts';
import { durationOf, render, TONE_RATE, type Tone } from './tones.ts';

export interface TonePlayerDeps {
	readonly audio: PageAudio;
	readonly clock: Clock;
	readonly log: Log;
	/** Id of the output; '' is the system's default. */
	readonly device: Watched<string>;
	/** 0 to 1. */
	readonly volume?: Watched<number>;
}

export interface Playing {
	/** Resolves when it has been played, or was stopped. */
	readonly ended: Promise<void>;
	/** Safe to call twice. */
	stop(): void;
}

/** How long an output stays open after its last tone: keys are pressed in a row. */
const LINGER_MS = 2000;
/** Short enough to be at once, long enough not to click. */
const FADE_S = 0.01;

/**
 * Plays tones on one output, which is open only while something sounds. What cannot be played is logged and never thrown:
 * a phone without sound still shows who calls.
 */
export class TonePlayer {
	readonly #deps: TonePlayerDeps;
	readonly #playing = new Set<Playing>();
	#output: Output | undefined;
	#cancelLinger = () => {};

	constructor(deps: TonePlayerDeps) {
		this.#deps = deps;
	}

	play(tone: Tone): Playing {
		const ended = new Cell(false);
		let stopSource = () => {};
		const playing: Playing = {
			ended: new Promise<void>((resolve) => void ended.watch(() => resolve())),
			stop: () => {
				stopSource();
				ended.set(true);
			}
		};
		this.#playing.add(playing);
		ended.watch(() => this.#forget(playing));
		this.#start(tone, () => ended.set(true)).then(
			(stop) => {
				stopSource = stop;
				if (ended.value) stop();
			},
			(error: unknown) => {
				this.#deps.log('warn', 'tone not played', { error });
				ended.set(true);
			}
		);
		return playing;
	}

	close(): void {
		for (const playing of [...this.#playing]) playing.stop();
		this.#cancelLinger();
		this.#closeOutput();
	}

	/** Rejects when the browser has no sound. */
	async #start(tone: Tone, onEnd: () => void): Promise<() => void> {
		const { audio, device, log, volume } = this.#deps;
		const context = audio.context();
		this.#cancelLinger();
		const output = (this.#output ??= openOutput(context, device, log));
		await output.ready;

		const samples = render(tone);
		const buffer = context.createBuffer(1, samples.length, TONE_RATE);
		buffer.copyToChannel(samples, 0);
		const source = new AudioBufferSourceNode(context, { buffer, loop: tone.times > 1 });
		const gain = new GainNode(context, { gain: volume?.value ?? 1 });
		const stopWatching = volume?.watch((now) => (gain.gain.value = now));
		source.connect(gain).connect(output.input);
		source.onended = () => {
			stopWatching?.();
			gain.disconnect();
			onEnd();
		};
		source.start();
		const duration = durationOf(tone) / 1000;
		if (duration !== Infinity) source.stop(context.currentTime + duration);
		return () => {
			gain.gain.setTargetAtTime(0, context.currentTime, FADE_S / 3);
			source.stop(context.currentTime + FADE_S);
		};
	}

	#forget(playing: Playing): void {
		if (!this.#playing.delete(playing) || this.#playing.size > 0) return;
		this.#cancelLinger();
		this.#cancelLinger = this.#deps.clock.after(LINGER_MS, () => this.#closeOutput());
	}

	#closeOutput(): void {
		this.#output?.close();
		this.#output = undefined;
	}
}

import { letGo } from '#lib/browser/microphones.ts';
import { pause, type ProbeDeps } from '../probes/wait.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Speaker } from '../types.ts';
import { started } from './listening.ts';
import { openInTime } from './microphone.ts';

export interface LoopTest {
	readonly audio: AudioContext;
	/** Where the tone goes in: the way to the speaker in use. */
	readonly speaker: AudioNode;
	/** '' is the system's default. */
	readonly microphone: string;
}

/** Far from hum and from the middle of speech, and within what telephones, laptops and headsets carry. */
const TONE_HZ = 1_750;
const TONE_S = 0.4;
const LEVEL = 0.35;
const FADE_S = 0.005;
/** The room before the tone. */
const NOISE_MS = 500;
/** Bluetooth takes its time. */
const LISTEN_MS = 1_600;
const EVERY_MS = 15;
/** 43 ms at 48 kHz, looked at in steps of 5 ms. */
const WINDOW = 2_048;
const BLOCK = 240;
/** The tone has to stand out of the room by this much, dB: ten times its power. */
const HEARD_DB = 10;
/** And for this share of its length: a knock or a beep is over sooner. */
const LASTS = 0.6;

/**
 * Plays a tone and listens for it with the microphone, echo cancellation off: whether what comes out of the speaker can be
 * heard there, and how much later. Opens the microphone, and lets go of it; a headset is not heard by its own microphone.
 * Undefined where the microphone does not open in time; rejects as getUserMedia does.
 */
export async function loopTest(
	{ audio, speaker, microphone }: LoopTest,
	deps: ProbeDeps
): Promise<NonNullable<Speaker['loop']> | undefined> {
	const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
	const device = microphone === '' ? {} : { deviceId: { exact: microphone } };
	const stream = await openInTime({ audio: { ...raw, ...device } }, THRESHOLDS.promptMs, deps);
	if (!stream) return undefined;
	try {
		await started(audio, deps);
		const source = audio.createMediaStreamSource(stream);
		const ear = new Ear(audio, source);
		try {
			const noise = await ear.loudest(NOISE_MS, deps);
			const playedAt = play(audio, speaker);
			return await ear.wait(playedAt, noise, deps);
		} finally {
			source.disconnect();
		}
	} finally {
		letGo(stream);
	}
}

/** Returns the context's time at which the tone begins. */
function play(audio: AudioContext, speaker: AudioNode): number {
	const at = audio.currentTime + 0.05;
	const tone = new OscillatorNode(audio, { frequency: TONE_HZ });
	const gain = new GainNode(audio, { gain: 0 });
	gain.gain.setValueAtTime(0, at);
	gain.gain.linearRampToValueAtTime(LEVEL, at + FADE_S);
	gain.gain.setValueAtTime(LEVEL, at + TONE_S - FADE_S);
	gain.gain.linearRampToValueAtTime(0, at + TONE_S);
	tone.connect(gain).connect(speaker);
	tone.onended = () => gain.disconnect();
	tone.start(at);
	tone.stop(at + TONE_S);
	return at;
}

interface Block {
	readonly at: number;
	readonly power: number;
}

/** When a sound began that was as loud as `least` for as long as the tone is; undefined while there was none. */
function beginOf(blocks: readonly Block[], least: number): number | undefined {
	const last = blocks.at(-1)?.at ?? 0;
	return blocks.find(({ at, power }) => {
		if (power < least || last < at + LASTS * TONE_S) return false;
		const during = blocks.filter((other) => other.at >= at && other.at < at + TONE_S);
		return during.filter((other) => other.power >= least).length >= LASTS * during.length;
	})?.at;
}

/** Hears one tone and nothing else. */
class Ear {
	readonly #audio: AudioContext;
	readonly #analyser: AnalyserNode;
	readonly #window = new Float32Array(WINDOW);

	constructor(audio: AudioContext, source: AudioNode) {
		this.#audio = audio;
		this.#analyser = new AnalyserNode(audio, { fftSize: WINDOW });
		source.connect(this.#analyser);
	}

	/** The most power that the tone's frequency has in a while. */
	async loudest(ms: number, deps: ProbeDeps): Promise<number> {
		const end = deps.clock.monotonic() + ms;
		let most = 0;
		while (deps.clock.monotonic() < end && !deps.signal.aborted) {
			await pause(EVERY_MS, deps);
			most = Math.max(most, ...this.#blocks().map(({ power }) => power));
		}
		return most;
	}

	async wait(playedAt: number, noise: number, deps: ProbeDeps): Promise<NonNullable<Speaker['loop']>> {
		const end = deps.clock.monotonic() + LISTEN_MS;
		const least = Math.max(noise, 1e-12) * 10 ** (HEARD_DB / 10);
		const blocks: Block[] = [];
		let first: number | undefined;
		let most = 0;
		while (deps.clock.monotonic() < end && !deps.signal.aborted) {
			await pause(EVERY_MS, deps);
			const until = blocks.at(-1)?.at ?? playedAt;
			blocks.push(...this.#blocks().filter(({ at }) => at > until));
			most = Math.max(0, ...blocks.map(({ power }) => power));
			first = beginOf(blocks, least);
			if (first !== undefined) break;
		}
		const overNoiseDb = Math.round(10 * Math.log10(Math.max(most, 1e-12) / Math.max(noise, 1e-12)));
		if (first === undefined) return { heard: false, overNoiseDb };
		return { heard: true, delayMs: Math.round((first - playedAt) * 1000), overNoiseDb };
	}

	/** Pieces of the last window, oldest first, each with the context's time at which it began. */
	#blocks(): readonly Block[] {
		this.#analyser.getFloatTimeDomainData(this.#window);
		const rate = this.#audio.sampleRate;
		const begin = this.#audio.currentTime - WINDOW / rate;
		return Array.from({ length: Math.floor(WINDOW / BLOCK) }, (_, block) => {
			const from = block * BLOCK;
			return { at: begin + from / rate, power: powerAt(this.#window.subarray(from, from + BLOCK), rate) };
		});
	}
}

/** Power of one frequency in a block of samples (Goertzel's algorithm). */
function powerAt(samples: Float32Array, rate: number): number {
	const coefficient = 2 * Math.cos((2 * Math.PI * TONE_HZ) / rate);
	let before = 0;
	let last = 0;
	for (const sample of samples) {
		const now = sample + coefficient * last - before;
		before = last;
		last = now;
	}
	return (last * last + before * before - coefficient * last * before) / samples.length ** 2;
}

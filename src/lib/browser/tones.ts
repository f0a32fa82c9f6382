/** A sound as numbers: parts one after another, each a chord of sines; no sines are a pause. */
export interface Tone {
	readonly parts: readonly { readonly hz: readonly number[]; readonly ms: number }[];
	/** How often all parts are played. */
	readonly times: number;
	/** The loudest that it can get, dBFS. */
	readonly peak: number;
}

/** Enough for tones up to 4 kHz; the context resamples. */
export const TONE_RATE = 8000;
/** Without it every edge is a click. */
const RAMP_MS = 5;

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = ['123', '456', '789', '*0#'];

/** The two frequencies of a key, Hz (ITU-T Q.23); undefined for what is no key. */
export function keyFrequencies(key: string): readonly [low: number, high: number] | undefined {
	if (key.length !== 1) return undefined;
	const row = KEYS.findIndex((keys) => keys.includes(key));
	const low = ROWS[row];
	const high = COLUMNS[KEYS[row]?.indexOf(key) ?? -1];
	return low && high ? [low, high] : undefined;
}

export function keyTone(key: string): Tone | undefined {
	const hz = keyFrequencies(key);
	return hz && { parts: [{ hz, ms: 100 }], times: 1, peak: -20 };
}

const steady = (hz: readonly number[], on: number, off: number, times: number): Tone => ({
	parts: [
		{ hz, ms: on },
		{ hz: [], ms: off }
	],
	times,
	peak: -22
});

/** The cadences that North America's exchanges play (ITU-T E.180 Supplement 2). Trouble is told briefly, not for ever. */
export const PROGRESS = {
	ringback: steady([440, 480], 2000, 4000, Infinity),
	busy: steady([480, 620], 500, 500, 5),
	failed: steady([480, 620], 250, 250, 6),
	waiting: steady([440], 300, 9700, Infinity)
} as const satisfies Record<string, Tone>;

/** A second of warble, two of pause: shorter than a network's ring, so that a tab in the background is noticed soon. */
export const RING: Tone = {
	parts: [
		...Array.from({ length: 20 }, () => [
			{ hz: [784, 1568], ms: 25 },
			{ hz: [988, 1976], ms: 25 }
		]).flat(),
		{ hz: [], ms: 2000 }
	],
	times: Infinity,
	peak: -3
};

/** For "do you hear this?". */
export const CHIME: Tone = {
	parts: [
		{ hz: [523], ms: 220 },
		{ hz: [659], ms: 220 },
		{ hz: [784, 1568], ms: 560 }
	],
	times: 1,
	peak: -9
};

/** One round of the tone as samples at TONE_RATE. */
export function render({ parts, peak }: Tone): Float32Array<ArrayBuffer> {
	const lengths = parts.map(({ ms }) => Math.round((ms * TONE_RATE) / 1000));
	const samples = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
	const ramp = (RAMP_MS * TONE_RATE) / 1000;
	let start = 0;
	for (const [at, { hz }] of parts.entries()) {
		const length = lengths[at] ?? 0;
		const amplitude = hz.length === 0 ? 0 : 10 ** (peak / 20) / hz.length;
		for (let n = 0; n < length && hz.length > 0; n++) {
			const edge = Math.min(1, n / ramp, (length - 1 - n) / ramp);
			const sum = hz.reduce((value, f) => value + Math.sin((2 * Math.PI * f * n) / TONE_RATE), 0);
			samples[start + n] = sum * amplitude * edge;
		}
		start += length;
	}
	return samples;
}

/** How long a tone sounds in all, ms; Infinity for one that goes on. */
export function durationOf({ parts, times }: Tone): number {
	return parts.reduce((sum, { ms }) => sum + ms, 0) * times;
}

/** PCMU (G.711 µ-law) both ways, test tones and their detection. Samples are -1 to 1 at 8000 Hz. */
export const SAMPLE_RATE = 8000;
/** One RTP packet of 20 ms. */
export const PACKET_SAMPLES = 160;

const BIAS = 0x84;
const CLIP = 32635;

const DECODED = Float32Array.from({ length: 256 }, (_, byte) => {
	const code = ~byte & 0xff;
	const magnitude = ((((code & 0x0f) << 3) + BIAS) << ((code & 0x70) >> 4)) - BIAS;
	return (code & 0x80 ? -magnitude : magnitude) / 32768;
});

export function decodePcmu(payload: Uint8Array): Float32Array {
	return Float32Array.from(payload, (byte) => DECODED[byte] ?? 0);
}

export function encodePcmu(samples: Float32Array): Buffer {
	return Buffer.from(
		Array.from(samples, (sample) => {
			const value = Math.round(sample * 32768);
			const sign = value < 0 ? 0x80 : 0;
			const magnitude = Math.min(Math.abs(value), CLIP) + BIAS;
			const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
			return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
		})
	);
}

/** The `index`th packet of an endless sine, encoded. Amplitude 0 to 1. */
export function tonePacket(hertz: number, index: number, amplitude = 0.4): Buffer {
	const start = index * PACKET_SAMPLES;
	return encodePcmu(
		Float32Array.from(
			{ length: PACKET_SAMPLES },
			(_, i) => amplitude * Math.sin((2 * Math.PI * hertz * (start + i)) / SAMPLE_RATE)
		)
	);
}

/** 200 ms: every multiple of 5 Hz is a whole number of periods, so watched tones do not leak into each other. */
const BLOCK = 1600;

/** Amplitude (0 to 1) of a sine of `hertz` in the samples: Goertzel's algorithm over blocks of 200 ms, averaged. */
export function amplitudeOf(hertz: number, samples: Float32Array): number {
	const size = Math.min(BLOCK, samples.length);
	const blocks = size === 0 ? 0 : Math.floor(samples.length / size);
	if (blocks === 0) return 0;
	const factor = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE);
	let sum = 0;
	for (let block = 0; block < blocks; block++) {
		let last = 0;
		let beforeLast = 0;
		for (let i = block * size; i < (block + 1) * size; i++) {
			const now = (samples[i] ?? 0) + factor * last - beforeLast;
			beforeLast = last;
			last = now;
		}
		const power = last * last + beforeLast * beforeLast - factor * last * beforeLast;
		sum += (2 * Math.sqrt(Math.max(0, power))) / size;
	}
	return sum / blocks;
}

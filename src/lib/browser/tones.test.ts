import { expect, test } from 'vitest';
import {
	CHIME,
	durationOf,
	keyFrequencies,
	keyTone,
	PROGRESS,
	render,
	RING,
	TONE_RATE,
	type Tone
} from './tones.ts';

/** Strength of one frequency in a sound, 1 for a full-scale sine (Goertzel). */
function strength(samples: Float32Array, hz: number): number {
	let re = 0;
	let im = 0;
	for (const [n, sample] of samples.entries()) {
		re += sample * Math.cos((2 * Math.PI * hz * n) / TONE_RATE);
		im += sample * Math.sin((2 * Math.PI * hz * n) / TONE_RATE);
	}
	return (2 * Math.hypot(re, im)) / samples.length;
}

const ALL = [697, 770, 852, 941, 1209, 1336, 1477];

test.for([
	['1', 697, 1209],
	['2', 697, 1336],
	['3', 697, 1477],
	['4', 770, 1209],
	['5', 770, 1336],
	['6', 770, 1477],
	['7', 852, 1209],
	['8', 852, 1336],
	['9', 852, 1477],
	['*', 941, 1209],
	['0', 941, 1336],
	['#', 941, 1477]
] as const)('key %s sounds as %i and %i Hz, and as nothing else', ([key, low, high]) => {
	expect(keyFrequencies(key)).toEqual([low, high]);
	const samples = render(keyTone(key) as Tone);
	for (const hz of ALL) {
		if (hz === low || hz === high) expect(strength(samples, hz)).toBeGreaterThan(0.04);
		else expect(strength(samples, hz)).toBeLessThan(0.015);
	}
});

test.for(['', 'a', 'w', '12', '+', ' '])('%j is no key', (key) => {
	expect(keyTone(key)).toBeUndefined();
});

test.for([
	['ringback', PROGRESS.ringback, [2000, 4000], Infinity],
	['busy', PROGRESS.busy, [500, 500], 5000],
	['failed', PROGRESS.failed, [250, 250], 3000],
	['waiting', PROGRESS.waiting, [300, 9700], Infinity]
] as const)('%s: on and off', ([, tone, [on, off], whole]) => {
	const samples = render(tone);
	const edge = (on * TONE_RATE) / 1000;
	expect(samples).toHaveLength(((on + off) * TONE_RATE) / 1000);
	expect(samples.subarray(0, edge).some((sample) => Math.abs(sample) > 0.05)).toBe(true);
	expect(samples.subarray(edge).every((sample) => sample === 0)).toBe(true);
	expect(durationOf(tone)).toBe(whole);
});

test('the ring is a second of sound in three', () => {
	const samples = render(RING);
	expect(samples).toHaveLength(3 * TONE_RATE);
	expect(samples.subarray(TONE_RATE).every((sample) => sample === 0)).toBe(true);
	expect(durationOf(CHIME)).toBe(1000);
});

test.for([
	['a key', keyTone('5') as Tone],
	['the ring', RING],
	['the chime', CHIME],
	['busy', PROGRESS.busy]
] as const)('%s starts and ends without a click, and never clips', ([, tone]) => {
	const samples = render(tone);
	let loudest = 0;
	for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
	expect(loudest).toBeLessThanOrEqual(10 ** (tone.peak / 20));
	expect(Math.abs(samples[0] ?? 1)).toBe(0);
	expect(Math.abs(samples.at(-1) ?? 1)).toBe(0);
	const atLevel = 10 ** (tone.peak / 20);
	for (const early of samples.subarray(0, 10)) expect(Math.abs(early)).toBeLessThan(atLevel / 3);
});

import { expect, test } from 'vitest';
import { decibels } from './level.ts';

const sine = (peak: number) =>
	Float32Array.from({ length: 4800 }, (_, at) => peak * Math.sin((at * Math.PI) / 24));

test.for([
	['a full-scale sine', sine(1), -3.01],
	['half of it', sine(0.5), -9.03],
	['a full-scale constant', [1, 1, 1], 0],
	['either sign', [-0.1, 0.1], -20]
] as const)('%s', ([, samples, level]) => {
	expect(decibels(samples)).toBeCloseTo(level, 2);
});

test('silence, and nothing at all, are infinitely quiet', () => {
	expect(decibels(new Float32Array(128))).toBe(-Infinity);
	expect(decibels([])).toBe(-Infinity);
});

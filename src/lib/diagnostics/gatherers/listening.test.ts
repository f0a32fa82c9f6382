import { expect, it } from 'vitest';
import { Levels } from './listening.ts';

const levels = (...windows: readonly (readonly number[])[]) => {
	const all = new Levels();
	for (const window of windows) all.add(Float32Array.from(window));
	return all.figures();
};

it('digital silence has no decibels, and neither has nothing at all', () => {
	const silent = { nonZero: 0, clipped: 0, peakDbfs: null, rmsDbfs: null, floorDbfs: null };
	expect(levels([0, 0, 0, 0])).toEqual({ ...silent, samples: 4 });
	expect(levels()).toEqual({ ...silent, samples: 0 });
});

it('full scale is 0 dBFS, and clipped', () => {
	expect(levels([1, -1, 1, -1])).toEqual({
		samples: 4,
		nonZero: 4,
		clipped: 4,
		peakDbfs: 0,
		rmsDbfs: 0,
		floorDbfs: 0
	});
	expect(levels([0.999, -0.999]).clipped).toBe(0);
});

it('the floor is the quietest tenth of the time, the peak the loudest sample', () => {
	const loud = Array.from({ length: 18 }, () => [0.5, -0.5]);
	const quiet = [0.01, -0.01];
	expect(levels(...loud, quiet, quiet)).toMatchObject({ peakDbfs: -6, floorDbfs: -6 });
	expect(levels(...loud, quiet, quiet, quiet)).toMatchObject({ peakDbfs: -6, floorDbfs: -40 });
});

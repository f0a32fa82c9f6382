import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

describe('backoff', () => {
	it.each([
		[1, 1_000],
		[2, 2_000],
		[3, 4_000],
		[4, 8_000],
		[5, 16_000],
		[6, 30_000],
		[1_000, 30_000],
		[0, 1_000]
	])('waits around the step of try %i: %i ms', (attempt, ms) => {
		expect(backoff(attempt, () => 0)).toBe(ms * 0.6);
		expect(backoff(attempt, () => 0.5)).toBe(ms);
		expect(backoff(attempt, () => 1)).toBe(ms * 1.4);
	});
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScreenPause } from './screen-pause.ts';

let pause: ScreenPause;

beforeEach(() => {
	vi.useFakeTimers();
	pause = new ScreenPause();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Lets the promises that are settled tell so. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a pause of the screen', () => {
	it('is over when its time has come', async () => {
		expect(pause.over).toBeUndefined();
		const end = pause.begin();
		const { over } = pause;
		expect(over).toBeDefined();
		end();
		await over;
		expect(pause.over).toBeUndefined();
		expect(vi.getTimerCount()).toBe(0);
	});

	it('does not outlast a tap that should be answered', async () => {
		pause.begin();
		await vi.advanceTimersByTimeAsync(79);
		expect(pause.over).toBeDefined();
		await vi.advanceTimersByTimeAsync(1);
		expect(pause.over).toBeUndefined();
	});

	it('gives way to the next one, which its own end does not end', async () => {
		const end = pause.begin();
		const first = pause.over;
		pause.begin();
		const second = pause.over;
		expect(second).not.toBe(first);
		await first;
		end();
		await settle();
		expect(pause.over).toBe(second);
	});
});

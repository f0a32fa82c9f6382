import type { Clock } from '#lib/core/ports.ts';

/** Timers hold 31 bits; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The browser's clocks. A task that is due in more than 24 days is done after 24 days. */
export function createClock(): Clock {
	return {
		now: () => Date.now(),
		monotonic: () => performance.now(),
		after(ms, task) {
			const timer = setTimeout(task, Math.min(ms, LONGEST_MS));
			return () => clearTimeout(timer);
		}
	};
}

import type { Clock } from '#lib/core/ports.ts';

/** What every probe is given. */
export interface ProbeDeps {
	readonly clock: Clock;
	/** Ends the probe: it settles with what it has seen, and leaves nothing open. */
	readonly signal: AbortSignal;
	/** Sockets of this page that failed before they opened. */
	readonly sockets?: SocketCounter;
}

export interface SocketCounter {
	failed(): void;
}

/** How a wait ended without its promise. */
export type Unsettled = 'late' | 'stopped';

/** A promise with a limit: never hangs, and rejects only as the promise does. What settles later is swallowed. */
export function within<T>(
	promise: PromiseLike<T>,
	ms: number,
	{ clock, signal }: Pick<ProbeDeps, 'clock' | 'signal'>
): Promise<{ readonly value: T } | Unsettled> {
	return new Promise((resolve, reject) => {
		const settle = (act: () => void) => {
			cancel();
			signal.removeEventListener('abort', stop);
			act();
		};
		const stop = () => settle(() => resolve('stopped'));
		const cancel = clock.after(ms, () => settle(() => resolve('late')));
		promise.then(
			(value) => settle(() => resolve({ value })),
			(error: Error) => settle(() => reject(error))
		);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop);
	});
}

/** Resolves after `ms`, or as soon as it is stopped. */
export async function pause(ms: number, deps: Pick<ProbeDeps, 'clock' | 'signal'>): Promise<void> {
	await within(new Promise<never>(() => {}), ms, deps);
}

/** `read` until it gives something, every `everyMs`, for at most `ms`. */
export async function poll<T>(
	read: () => T | undefined,
	everyMs: number,
	ms: number,
	deps: Pick<ProbeDeps, 'clock' | 'signal'>
): Promise<T | undefined> {
	const end = deps.clock.monotonic() + ms;
	for (;;) {
		const found = read();
		if (found !== undefined || deps.signal.aborted || deps.clock.monotonic() >= end) return found;
		await pause(everyMs, deps);
	}
}

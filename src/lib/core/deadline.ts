import { asLineError, LineError } from './errors.ts';
import type { Clock } from './ports.ts';

/**
 * Settles as `promise` does, or rejects: with `onLate()` after `ms`, or when `signal` aborts (with its reason if that is
 * a LineError, else `command.not-now`). The promise itself cannot be stopped: whoever must undo a late success listens
 * to it besides. A rejection that comes too late is swallowed.
 */
export function deadline<T>(
	promise: Promise<T>,
	ms: number,
	onLate: () => LineError,
	clock: Clock,
	signal?: AbortSignal
): Promise<T> {
	return new Promise((resolve, reject) => {
		const settle = (act: () => void) => {
			cancel();
			signal?.removeEventListener('abort', abort);
			act();
		};
		const abort = () => settle(() => reject(abortError(signal)));
		const cancel = clock.after(ms, () => settle(() => reject(onLate())));
		promise.then(
			(value) => settle(() => resolve(value)),
			(error: Error) => settle(() => reject(error))
		);
		if (signal?.aborted) abort();
		else signal?.addEventListener('abort', abort);
	});
}

/** A command to a vendor: `call.no-response` after `ms`, and `app.unexpected` for an error that is not a LineError. */
export async function inTime<T>(command: Promise<T>, ms: number, clock: Clock): Promise<T> {
	try {
		return await deadline(command, ms, () => new LineError('call.no-response'), clock);
	} catch (error) {
		throw asLineError(error, 'app.unexpected');
	}
}

/** What a command rejects with when its signal has aborted. */
export function abortError(signal: AbortSignal | undefined): LineError {
	const reason: unknown = signal?.reason;
	return reason instanceof LineError ? reason : new LineError('command.not-now', { cause: reason });
}

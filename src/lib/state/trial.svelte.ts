import { asLineError, type LineError } from '#lib/core/errors.ts';

/** One button of its own: what it tries goes on, has come out, or has failed; a new try ends the one before. */
export class Trial<T> {
	busy = $state(false);
	result = $state.raw<T | undefined>();
	error = $state.raw<LineError | undefined>();
	#abort: AbortController | undefined;

	/** Never rejects. `tell` shows what is known so far. */
	async run(task: (signal: AbortSignal, tell: (soFar: T) => void) => Promise<T>): Promise<void> {
		this.stop();
		const abort = new AbortController();
		this.#abort = abort;
		this.busy = true;
		this.result = undefined;
		this.error = undefined;
		const isCurrent = () => this.#abort === abort;
		try {
			const result = await task(abort.signal, (soFar) => {
				if (isCurrent()) this.result = soFar;
			});
			if (isCurrent()) this.result = result;
		} catch (reason) {
			if (isCurrent() && !abort.signal.aborted) this.error = asLineError(reason, 'app.unexpected');
		} finally {
			if (isCurrent()) this.busy = false;
		}
	}

	stop(): void {
		this.#abort?.abort();
	}
}

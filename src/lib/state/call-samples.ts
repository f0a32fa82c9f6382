import type { Call, MediaSample } from '#lib/core/line.ts';

/** Two hours, one a second. */
const MOST = 7200;

/** Keeps what was measured of a call, from when the screen first showed it until the call ends. */
export class CallSamples {
	/** Wall ms and monotonic ms of the same moment. */
	readonly began: { readonly wall: number; readonly monotonic: number };
	readonly #samples: MediaSample[] = [];

	/** @param began this moment */
	constructor(
		call: Pick<Call, 'sample' | 'state'>,
		began: { readonly wall: number; readonly monotonic: number }
	) {
		this.began = began;
		const stopSamples = call.sample.watch((sample) => {
			if (sample) this.#samples.push(sample);
			if (this.#samples.length > MOST) this.#samples.shift();
		});
		const stopState = call.state.watch(({ phase }) => {
			if (phase !== 'ended') return;
			stopSamples();
			stopState();
		});
	}

	/** Oldest first; the latest two hours. */
	get all(): readonly MediaSample[] {
		return this.#samples;
	}
}

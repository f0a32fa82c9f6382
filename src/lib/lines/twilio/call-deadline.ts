import type { CallState } from '#lib/core/call-state.ts';
import { LineError, type Fault } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';

type Phase = CallState['phase'];

/** From the microphone's opening to any sign of the far side; from the answer to a connected media path, ms. */
const LIMITS: Partial<Record<Phase, { readonly ms: number; readonly fault: Fault }>> = {
	placing: { ms: 30_000, fault: 'call.no-response' },
	connecting: { ms: 15_000, fault: 'media.not-connected' }
};

/**
 * How long a call may stay in a phase that the SDK would let it stay in for ever. Waiting for permission to use the
 * microphone has no limit: that is the user's time.
 */
export class CallDeadline {
	readonly #clock: Clock;
	readonly #late: (error: LineError) => void;
	#phase: Phase;
	#microphoneOpen = false;
	#cancel: (() => void) | undefined;

	constructor(clock: Clock, phase: Phase, late: (error: LineError) => void) {
		this.#clock = clock;
		this.#phase = phase;
		this.#late = late;
	}

	microphoneOpened(): void {
		if (this.#microphoneOpen) return;
		this.#microphoneOpen = true;
		this.#arm();
	}

	enter(phase: Phase): void {
		if (phase === this.#phase) return;
		this.#phase = phase;
		this.#arm();
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	#arm(): void {
		this.stop();
		const limit = LIMITS[this.#phase];
		if (!limit || !this.#microphoneOpen) return;
		this.#cancel = this.#clock.after(limit.ms, () => this.#late(new LineError(limit.fault)));
	}
}

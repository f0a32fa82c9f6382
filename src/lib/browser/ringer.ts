import type { Clock } from '#lib/core/ports.ts';
import type { Playing, TonePlayer } from './tone-player.ts';
import { durationOf, RING } from './tones.ts';

/** Rings until told not to, by sound and, where there is one, by the vibration motor. */
export class Ringer {
	readonly #player: TonePlayer;
	readonly #clock: Clock;
	#ringing: Playing | undefined;
	#cancelVibration = () => {};

	constructor(player: TonePlayer, clock: Clock) {
		this.#player = player;
		this.#clock = clock;
	}

	ring(on: boolean): void {
		if (on === (this.#ringing !== undefined)) return;
		if (on) {
			this.#ringing = this.#player.play(RING);
			this.#vibrate();
		} else {
			this.#ringing?.stop();
			this.#ringing = undefined;
			this.#cancelVibration();
			vibrate(0);
		}
	}

	/** The motor has no loop of its own. */
	#vibrate(): void {
		vibrate([600, 400, 600]);
		this.#cancelVibration = this.#clock.after(durationOf({ ...RING, times: 1 }), () => this.#vibrate());
	}
}

/** Before a gesture Chromium refuses with an error in the console; Safari and Firefox have no vibration. */
function vibrate(pattern: VibratePattern): void {
	const { userActivation } = navigator as { userActivation?: UserActivation };
	if ('vibrate' in navigator && userActivation?.hasBeenActive) navigator.vibrate(pattern);
}

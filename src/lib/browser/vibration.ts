import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';

export interface VibrationDeps {
	/** `navigator.vibrate`; undefined where there is none. It does nothing before the first gesture, and returns false. */
	readonly vibrate: ((pattern: number[]) => boolean) | undefined;
	readonly ringing: Watched<boolean>;
	readonly clock: Clock;
	readonly scope: Scope;
}

/** Two beats, ms on and off; repeated while it rings. */
const BEAT = [400, 200, 400];
const EVERY_MS = 3_000;

/** Lets a device with a motor shake as long as the phone rings; silence stops it in the same instant. */
export function vibrateWithRing({ vibrate, ringing, clock, scope }: VibrationDeps): void {
	if (!vibrate) return;
	let cancel: (() => void) | undefined;
	const beat = () => {
		vibrate(BEAT);
		cancel = clock.after(EVERY_MS, beat);
	};
	const stop = () => {
		if (!cancel) return;
		cancel();
		cancel = undefined;
		vibrate([]);
	};
	const follow = (on: boolean) => {
		stop();
		if (on) beat();
	};
	scope.add(ringing.watch(follow));
	scope.add(stop);
	follow(ringing.value);
}

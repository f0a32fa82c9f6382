import { createSubscriber } from 'svelte/reactivity';
import type { Watched } from '#lib/core/watched.ts';
import { follow } from './follow.ts';
import type { ScreenPause } from './screen-pause.ts';

/** A value that templates and effects follow. */
export interface Reactive<T> {
	readonly current: T;
}

/**
 * The one door through which core's values enter runes. Watches only while something on the screen reads it, and does not
 * follow during `pause`.
 */
export function reactive<T>(watched: Watched<T>, pause?: ScreenPause): Reactive<T> {
	const subscribe = createSubscriber((update) => follow(watched, update, pause));
	return {
		get current() {
			subscribe();
			return watched.value;
		}
	};
}

/** As {@link reactive}, for a source that is itself replaced (the inert App by the real one). */
export function reactiveFrom<T>(source: () => Watched<T>, pause?: ScreenPause): Reactive<T> {
	const bridge = $derived(reactive(source(), pause));
	return {
		get current() {
			return bridge.current;
		}
	};
}

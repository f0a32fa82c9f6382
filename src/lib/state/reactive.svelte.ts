import { createSubscriber } from 'svelte/reactivity';
import type { Watched } from '#lib/core/watched.ts';

/** A value that templates and effects follow. */
export interface Reactive<T> {
	readonly current: T;
}

/** The one door through which core's values enter runes. Watches only while something on the screen reads it. */
export function reactive<T>(watched: Watched<T>): Reactive<T> {
	const subscribe = createSubscriber((update) => watched.watch(update));
	return {
		get current() {
			subscribe();
			return watched.value;
		}
	};
}

/** As {@link reactive}, for a source that is itself replaced (the inert App by the real one). */
export function reactiveFrom<T>(source: () => Watched<T>): Reactive<T> {
	const bridge = $derived(reactive(source()));
	return {
		get current() {
			return bridge.current;
		}
	};
}

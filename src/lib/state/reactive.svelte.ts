import { createSubscriber } from 'svelte/reactivity';
import type { Watched } from '#lib/core/watched.ts';

/** A value that templates and effects follow. */
export interface Reactive<T> {
	readonly current: T;
}

/**
 * The one door through which core's values enter runes. Watches only while something on the screen reads it.
 *
 * The screen follows in a task of its own: Svelte renders in a microtask, and what a call waits for (the SDK's promises on
 * the way to the invite, a ring) would wait behind it, 20 to 40 ms measured.
 */
export function reactive<T>(watched: Watched<T>): Reactive<T> {
	const subscribe = createSubscriber((update) => {
		const channel = new MessageChannel();
		let isTold = false;
		channel.port1.onmessage = () => {
			isTold = false;
			update();
		};
		const stop = watched.watch(() => {
			if (isTold) return;
			isTold = true;
			channel.port2.postMessage(undefined);
		});
		return () => {
			stop();
			channel.port1.close();
		};
	});
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

import type { Watched } from '#lib/core/watched.ts';
import type { ScreenPause } from './screen-pause.ts';

/**
 * Tells of changes in a task of its own, once for all that changed until then; those during `pause` after it. Svelte draws
 * in a microtask, and what a call waits for (the SDK's promises on the way to the invite, a ring) would wait behind it, 20
 * to 40 ms measured. Returns the way to stop.
 */
export function follow<T>(watched: Watched<T>, update: () => void, pause?: ScreenPause): () => void {
	const channel = new MessageChannel();
	let isTold = false;
	channel.port1.onmessage = () => {
		isTold = false;
		update();
	};
	const tell = () => channel.port2.postMessage(undefined);
	const stop = watched.watch(() => {
		if (isTold) return;
		isTold = true;
		if (pause?.over) void pause.over.then(tell);
		else tell();
	});
	return () => {
		stop();
		channel.port1.close();
	};
}

/** Resolves when the screen has followed so far that `holds`: it is up to a task behind. Rejects when `signal` aborts. */
export async function followed(holds: () => boolean, signal: AbortSignal): Promise<void> {
	while (!holds()) {
		signal.throwIfAborted();
		await new Promise((resolve) => setTimeout(resolve));
	}
}

import type { Clock, Log } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

/** The page's sound: one AudioContext for all that plays and measures. */
export interface PageAudio {
	/** Made when first asked for, and made to run if the browser lets it. The same one ever after. */
	context(): AudioContext;
	/** True while the browser plays nothing before a gesture. Known only once the context was asked for. */
	readonly blocked: Watched<boolean>;
	close(): Promise<void>;
}

/** Every new context is suspended for a moment; one that stays so is blocked. */
const SETTLE_MS = 500;
/** What browsers take for a gesture that may start sound. */
const GESTURES = ['pointerdown', 'keydown', 'touchend', 'click'];

export function createPageAudio(clock: Clock, log: Log): PageAudio {
	const scope = new Scope();
	const blocked = new Cell(false);
	let context: AudioContext | undefined;

	// Only `suspended` waits for us. On iOS `resume()` during an interruption (a phone call, Siri) throws, and leaves a
	// context that says it runs while its time stands still: https://github.com/GetStream/stream-video-js/pull/2249
	const resume = () => {
		if (context?.state !== 'suspended') return;
		context.resume().catch((error: unknown) => log('debug', 'sound does not start yet', { error }));
	};
	const judge = () => blocked.set(context?.state === 'suspended');
	const changed = () => {
		log('debug', 'sound', { state: context?.state });
		if (context?.state === 'suspended') scope.add(clock.after(SETTLE_MS, judge));
		else judge();
	};

	return {
		context() {
			if (!context) {
				context = new AudioContext({ latencyHint: 'interactive' });
				scope.on(context, 'statechange', changed);
				// Capturing, so that it works whatever the page does with the event; for ever, since phones suspend again.
				const options = { capture: true, passive: true, signal: scope.signal };
				for (const gesture of GESTURES) document.addEventListener(gesture, resume, options);
				changed();
			}
			resume();
			return context;
		},
		blocked,
		async close() {
			scope.end();
			blocked.set(false);
			if (context && context.state !== 'closed') await context.close();
		}
	};
}

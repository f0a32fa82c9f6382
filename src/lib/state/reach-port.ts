import type { ReachSpan } from '#lib/core/reach.ts';
import type { Watched } from '#lib/core/watched.ts';

/** What this browser is on: decides what can be said about being reached. */
export type Ground = 'desktop' | 'android' | 'ios';

/** Being reached, and what is done for it. Comes soon after the start. */
export interface Reach {
	readonly ground: Ground;
	/** Whether the system may show that it rings. `unsupported`: this browser shows none from here. */
	readonly notifications: Watched<'unsupported' | 'prompt' | 'granted' | 'denied'>;
	/** To be called in a tap. */
	askForNotifications(): Promise<void>;
	/** Calls that nobody here answered since the history was looked at. */
	readonly missed: Watched<number>;
	/** The history is being looked at. */
	seenMissed(): void;
	/** What was written down since `since` (wall ms), up to now, of every tab. Never rejects. */
	spans(since: number): Promise<readonly ReachSpan[]>;
	/** An absence of 20 s or more that is over: nobody could call. Undefined again once it was put aside. */
	readonly absence: Watched<ReachSpan | undefined>;
	forgetAbsence(): void;
	/** In a phone's browser, once, when there is a line that can be called: what such a browser cannot do. */
	readonly adviceDue: Watched<boolean>;
	adviceSeen(): void;
}

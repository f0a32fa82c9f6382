/** What a page asks of its service worker. The answer comes on the port that is sent along. */
export type WorkerWish =
	/** To the worker that waits: be the one in force now, unless a tab has a call or, with `idleOnly`, is in use. */
	| { readonly wish: 'take-over'; readonly idleOnly: boolean }
	/** Have what lines of these kinds need at hand without a network, or 'kiosk'; what other kinds need may go. */
	| { readonly wish: 'keep'; readonly kinds: readonly string[] };

/** 'in-call' and 'in-use' say that nothing has happened. */
export type TakeOverAnswer = 'taken' | 'in-call' | 'in-use';

/**
 * Locks that every tab of one phone shares while that is the case, so that a worker, which cannot look into pages, knows.
 * They go when a tab is closed or killed, and stay when it is frozen.
 */
export const IN_CALL = 'in-call';
export const IN_USE = 'in-use';

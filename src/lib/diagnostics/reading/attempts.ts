import type { FetchAttempt, SocketAttempt, Target } from '../types.ts';

/** What a socket did, by its events alone. */
export type SocketShape =
	/** The constructor refused the address. */
	| 'threw'
	/** Failed before it opened. */
	| 'never-opened'
	/** Neither opened nor failed while it was watched. */
	| 'no-answer'
	/** Opened; the connection went without a close frame, and without an error of its own. */
	| 'cut'
	/** Opened; then came what is no WebSocket data. */
	| 'broken-data'
	/** Opened; the server closed it. */
	| 'closed'
	/** Open to the end, or closed by the page. */
	| 'open';

export function shapeOf(socket: SocketAttempt): SocketShape {
	const { threw, openedAfterMs, errorAfterMs, close, readyState, closedByPage } = socket;
	if (threw) return 'threw';
	if (openedAfterMs === undefined) {
		// An enforced policy gives an error and the state 3, and never a close event.
		return errorAfterMs !== undefined || close || readyState === 3 ? 'never-opened' : 'no-answer';
	}
	if (!close || closedByPage) return 'open';
	// 1005: the close frame was empty. 1006 is never sent.
	if (close.clean || (close.code !== 1006 && close.code !== 1015)) return 'closed';
	return errorAfterMs !== undefined && errorAfterMs >= openedAfterMs ? 'broken-data' : 'cut';
}

/** The answer came from the server that was asked: of another origin, 'basic' is a service worker's. */
export const isGenuine = (fetch: FetchAttempt): boolean => !(fetch.crossOrigin && fetch.type === 'basic');

/** Something at this address speaks HTTP. */
export function answers(fetch: FetchAttempt | undefined): boolean {
	return (
		fetch !== undefined && isGenuine(fetch) && (fetch.outcome === 'answered' || fetch.outcome === 'opaque')
	);
}

/** A status and a body that the page may read. */
export const isReadable = (
	fetch: FetchAttempt | undefined
): fetch is FetchAttempt & { readonly status: number } =>
	fetch !== undefined && isGenuine(fetch) && fetch.outcome === 'answered' && (fetch.status ?? 0) > 0;

/** What the fetches beside a socket say of its address. */
export function httpOf({
	cors,
	noCors
}: Pick<Target, 'cors' | 'noCors'>): 'alive' | 'dead' | 'silent' | 'unknown' {
	if (answers(cors) || answers(noCors)) return 'alive';
	const made = [noCors, cors].filter((fetch) => fetch !== undefined && isGenuine(fetch));
	if (made.length === 0) return 'unknown';
	// Without no-cors a rejection may be CORS.
	if (noCors?.outcome === 'pending' || (!noCors && cors?.outcome === 'pending')) return 'silent';
	return noCors?.outcome === 'rejected' ? 'dead' : 'unknown';
}

/** It opened and, where that is expected, was accepted. */
export function isFine({ socket, confirmedAfterMs, expectsConfirmation }: Target): boolean {
	if (shapeOf(socket) === 'open') return !expectsConfirmation || confirmedAfterMs !== undefined;
	return expectsConfirmation && confirmedAfterMs !== undefined && socket.closedByPage === true;
}

/** A follow-up's socket that opened. */
export const opened = (socket: SocketAttempt | undefined): boolean => socket?.openedAfterMs !== undefined;

import type { CauseCode, Context, Signalling, Target, Verdict } from '../types.ts';
import { isFine } from './attempts.ts';
import { carrierOf } from './surroundings.ts';
import { pass, skipped } from './verdicts.ts';

/** Checks that come before every judgement about a socket: what they find explains the socket. */
export const BEFORE_SOCKETS = [
	'offline',
	'internet',
	'websocket-block',
	'server-address',
	'websocket-policy',
	'local-network'
];
/** The checks that between them judge a socket; each knows one way to fail. */
export const SOCKET_CHECKS = [
	'unreachable',
	'no-answer',
	'upgrade',
	'cut-connection',
	'server-close',
	'silence'
];
/** What stands between the request for a token and a good one. */
export const TOKEN_CHECKS = [
	'token-endpoint',
	'token-answer',
	'token-form',
	'token-times',
	'token-identity',
	'token-grants'
];

/** The same, without what the token permits: what a server says of a signature has nothing to do with it. */
export const TOKEN_VALIDITY = ['token-endpoint', 'token-answer', 'token-form', 'token-times'];
/** Everything between this page and a server that accepts it: what happened earlier on a line usually is its echo. */
export const BEFORE_CALLS = [
	...['configuration', 'clock', 'token-endpoint-policy', 'livekit-address', 'server-words', 'room-join'],
	...BEFORE_SOCKETS,
	...SOCKET_CHECKS,
	...TOKEN_CHECKS
];

/**
 * Judges the addresses that a call would use, in their order: the first that fails counts, and only as a warning where
 * another one works.
 */
export function judgeTargets(
	{ targets }: Signalling,
	judge: (target: Target) => Verdict | undefined
): Verdict {
	const inUse = targets.filter(({ role }) => role !== 'alternative');
	if (inUse.length === 0) return skipped('nothing-tried');
	for (const target of inUse) {
		const verdict = judge(target);
		if (!verdict) continue;
		const isCarried = inUse.some((other) => other !== target && isFine(other));
		return isCarried && verdict.outcome === 'fail' ? { ...verdict, outcome: 'warn' } : verdict;
	}
	return pass;
}

type Trouble =
	| 'unreachable'
	| 'certificate-untrusted'
	| 'upgrade-refused'
	| 'closed-by-server'
	| 'not-websocket-data'
	| 'refused';

/** The carrier's own code for a trouble that all of them can have. */
export function layered(context: Context, trouble: Trouble): CauseCode {
	const carrier = carrierOf(context);
	return carrier === 'websocket' ? `websocket.${trouble}` : `${carrier}-signalling.${trouble}`;
}

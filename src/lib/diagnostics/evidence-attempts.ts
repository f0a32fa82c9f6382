import type { Fault } from '#lib/core/errors.ts';

/**
 * What one attempt to reach something has shown, as plain JSON: undefined values are absent, and no value is a conclusion.
 * Durations are ms, `at` values wall time of this device in ms since 1970. Addresses are as {@link ShownUrl} says; foreign
 * text is cut at 200 characters and redacted (`redact` of core) before it becomes evidence.
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An address without user, query and fragment: scheme, host, port, path. As written where no URL can be read from it. */
export type ShownUrl = string;

/** A DOMException or Error: `NotAllowedError`, its text, and the constraint that an OverconstrainedError names. */
export interface Thrown {
	readonly name: string;
	readonly message: string;
	readonly constraint?: string;
}

/** Something that a server has said: a code, a text, or both. */
export interface ServerWord {
	readonly code?: number;
	readonly text?: string;
	/** The code or text in our words, where the line's own table of vendor codes has it. */
	readonly means?: Fault;
}

/** One `new WebSocket`, watched until it closed or the time was over. */
export interface SocketAttempt {
	readonly url: ShownUrl;
	/** Names of the query's parameters, in their order; never their values. */
	readonly query?: readonly string[];
	readonly protocols?: readonly string[];
	readonly at: number;
	/** The constructor threw; nothing else was seen. */
	readonly threw?: Thrown;
	/** Absent: it never opened. */
	readonly openedAfterMs?: number;
	/** When the first `error` event came, after the start; absent: none came. */
	readonly errorAfterMs?: number;
	/** Absent: no close event came while it was watched. The page's own close does not count. */
	readonly close?: {
		readonly code: number;
		readonly reason: string;
		readonly clean: boolean;
		readonly afterMs: number;
	};
	/** `readyState` when the watching ended: 0 connecting, 1 open, 2 closing, 3 closed. */
	readonly readyState: 0 | 1 | 2 | 3;
	/** How long it was watched. */
	readonly watchedMs: number;
	/** Text and binary frames that came. */
	readonly frames: number;
	/** Text of the first frames, at most 3; binary ones as '[binary 12 bytes]'. */
	readonly firstFrames: readonly string[];
	/** When the first frame came, after the opening. */
	readonly firstFrameAfterMs?: number;
	/** When the last frame came or went, before the close; for what is cut when nothing is said. */
	readonly quietMs?: number;
	/** The page had closed it itself (the probe was done, or the run was stopped). */
	readonly closedByPage?: true;
}

/** One `fetch`. */
export interface FetchAttempt {
	readonly url: ShownUrl;
	readonly method: 'GET' | 'POST' | 'HEAD';
	readonly mode: 'cors' | 'no-cors' | 'same-origin';
	readonly at: number;
	/**
	 * `answered`: a response that may be read; `opaque`: one that may not (no-cors, or a redirect that was not followed);
	 * `rejected`: the promise rejected; `pending`: given up by us after `ms`.
	 */
	readonly outcome: 'answered' | 'opaque' | 'rejected' | 'pending';
	/** To the response's head, or to the rejection. */
	readonly ms: number;
	/** `response.type`; 'basic' for another origin means that a service worker has answered. */
	readonly type?: 'basic' | 'cors' | 'opaque' | 'opaqueredirect' | 'error' | 'default';
	readonly crossOrigin: boolean;
	/** The request needed a preflight (method, headers or content type). */
	readonly preflight: boolean;
	readonly credentials: 'include' | 'omit' | 'same-origin';
	/** An Authorization header was sent. */
	readonly authorized: boolean;
	/** 0 for opaque ones. */
	readonly status?: number;
	readonly redirected?: boolean;
	/** Where the answer came from, if elsewhere. */
	readonly finalUrl?: ShownUrl;
	readonly contentType?: string;
	/** What the text begins as; `jwt`: the whole text is one. */
	readonly body?: 'empty' | 'json' | 'html' | 'jwt' | 'text' | 'too-large' | 'unreadable';
	/** The first 200 characters, redacted. Never of a body that held a token. */
	readonly excerpt?: string;
	/** Response headers, where the page may read them. `date` as the server wrote it. */
	readonly date?: string;
	readonly retryAfter?: string;
	readonly allow?: string;
	/** The TypeError's or AbortError's own words. */
	readonly threw?: Thrown;
	/** Whether Resource Timing has an entry; an enforced CSP leaves none. */
	readonly timing?: {
		readonly entry: boolean;
		readonly durationMs?: number;
		readonly responseStatus?: number;
	};
}

/** Why a second attempt differs from the first. */
export type Change =
	/** Without the token, or with one that cannot be valid. */
	| 'no-token'
	| 'dummy-token'
	/** Without one parameter of the query (`what` names it). */
	| 'no-parameter'
	/** wss for ws, or ws for wss; a fetch: https for http, or http for https. */
	| 'other-scheme'
	/** The root of the same host and port. */
	| 'root'
	/** Port 443 of the same host. */
	| 'default-port'
	/** An address that the configuration lists as an alternative. */
	| 'alternative'
	/** The vendor's own default host instead of the configured one. */
	| 'default-host'
	/** The same once more. */
	| 'again'
	/** An ordinary request with the same token. */
	| 'rest';

/** One follow-up on a target that failed: made to tell neighbouring causes apart. */
export interface FollowUp {
	readonly change: Change;
	readonly what?: string;
	readonly socket?: SocketAttempt;
	readonly fetch?: FetchAttempt;
	/** The server's answer to it, as in {@link Target}. */
	readonly said?: readonly ServerWord[];
}

/** One address that has to answer over WebSocket, with the two fetches to its http(s) twin that were made beside it. */
export interface Target {
	/** `primary` is what a call would use; an `edge` is a further one of the configured list. */
	readonly role: 'primary' | 'edge' | 'alternative';
	/** What the configuration calls it: an edge's name. */
	readonly name?: string;
	readonly socket: SocketAttempt;
	readonly cors?: FetchAttempt;
	readonly noCors?: FetchAttempt;
	/** Errors and refusals in the server's own words: error frames, texts of validate. Close reasons stay in `socket`. */
	readonly said: readonly ServerWord[];
	/** When the server's acceptance came, after the opening: Twilio's `connected`, LiveKit's join, a probe's own message. */
	readonly confirmedAfterMs?: number;
	/** An acceptance is expected at all. */
	readonly expectsConfirmation: boolean;
	readonly followUps: readonly FollowUp[];
}

/** STUN or TURN: one server's candidates. */
export interface IceServerResult {
	/** 'turn:host:443?transport=tcp'; no user, no credential. */
	readonly url: string;
	/** Counts by type and protocol: 'host/udp', 'srflx/udp', 'relay/udp', 'relay/tcp', 'relay/tls'. */
	readonly candidates: Readonly<Record<string, number>>;
	/** Events `icecandidateerror`: their code, text, and the URL they name. */
	readonly errors: readonly { readonly code: number; readonly text: string; readonly url: string }[];
	/** Absent: gathering was still going on when it was given up after `watchedMs`. */
	readonly completedAfterMs?: number;
	readonly watchedMs: number;
	/** Whether two peers of this page met through it, relay only; absent: not tried. */
	readonly pairConnected?: boolean;
}

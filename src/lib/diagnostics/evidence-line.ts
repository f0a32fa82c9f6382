import type { Fault } from '#lib/core/errors.ts';
import type { Problem } from '#lib/config/problem.ts';
import type {
	FetchAttempt,
	IceServerResult,
	Json,
	ServerWord,
	ShownUrl,
	SocketAttempt,
	Target,
	Thrown
} from './evidence-attempts.ts';
import type { CallRecord, CandidateShape } from './evidence-call.ts';

/** What is known of one line: one topic a key. */
export interface LineEvidence {
	readonly setup: LineSetup;
	readonly state: LineSnapshot;
	readonly token: TokenEvidence;
	readonly signalling: Signalling;
	readonly registration: Registration;
	readonly room: Room;
	readonly lineIce: LineIce;
	readonly calls: Calls;
}

/** What is known of a further WebSocket of config.json, or of one that is tried by hand. */
export interface ProbeEvidence {
	readonly setup: ProbeSetup;
	readonly token: TokenEvidence;
	readonly signalling: Signalling;
}

/** An address as someone has written it. */
export interface WrittenAddress {
	/** 'server', 'token', 'gateway', 'probe', 'alternative'. */
	readonly role: 'server' | 'token' | 'gateway' | 'probe' | 'alternative';
	/** As written, without user, query and fragment; '' where it is empty. Also one that the configuration refuses. */
	readonly written: string;
	/** Who has given it: `none` where nobody has, and nothing stands in. */
	readonly source: 'config' | 'endpoint' | 'vendor' | 'default' | 'none';
	/** It is the one in use (of two, the endpoint's wins). */
	readonly used: boolean;
}

export interface LineSetup {
	/** The kind of line, as in config.json. */
	readonly kind: string;
	/** False: config.json's entry was refused, and the line does not exist. */
	readonly accepted: boolean;
	readonly problems: readonly Problem[];
	readonly addresses: readonly WrittenAddress[];
	/** The user has switched it off. */
	readonly switchedOff: boolean;
	/** What the line is for, as configured: calls out, calls in. */
	readonly wants: { readonly outgoing: boolean; readonly incoming: boolean };
	/** Twilio: edges in their order, and what config.json expects of the token. Sids as written. */
	readonly edges?: readonly string[];
	readonly expect?: { readonly twimlAppSid?: string; readonly accountSid?: string };
	readonly identity?: string;
	/** LiveKit: the room's name is the same for every call (no {random}). */
	readonly fixedRoom?: boolean;
	readonly agent?: { readonly name?: string; readonly expected: boolean; readonly joinWithinSeconds: number };
}

export interface ProbeSetup {
	readonly label?: string;
	readonly addresses: readonly WrittenAddress[];
	readonly accepted: boolean;
	readonly problems: readonly Problem[];
	/** Names of the query's parameters; of these, which hold the token, and which came out empty. */
	readonly query: readonly string[];
	readonly tokenParameters: readonly string[];
	readonly emptyParameters: readonly string[];
	/** A text frame with certain content has to come; absent: opening is enough. */
	readonly expectsWithinSeconds?: number;
}

/** An error as the phone itself has raised it. */
export interface RaisedFault {
	readonly fault: Fault;
	readonly vendorCode?: string | number;
	readonly facts: Readonly<Record<string, string | number>>;
	readonly at: number;
}

/** The line as it is at the start of the run, and what has happened to it since the page was loaded. */
export interface LineSnapshot {
	readonly phase: 'off' | 'opening' | 'ready' | 'recovering' | 'failed';
	readonly receiving?: boolean;
	/** It has been ready once since it was opened. */
	readonly wasReady: boolean;
	readonly readySince?: number;
	/** When the phase was entered. */
	readonly since: number;
	/** Failed tries since it was ready. */
	readonly attempts: number;
	readonly because?: RaisedFault;
	/** The last failure, also one that it has recovered from. */
	readonly lastFailure?: RaisedFault;
	/** Times it was lost and came back, newest last; at most 20. `backAfterMs` absent: not back yet. */
	readonly interruptions: readonly {
		readonly at: number;
		readonly backAfterMs?: number;
		readonly fault: Fault;
	}[];
	/** End of the token in use, in this device's wall time, corrected for a wrong clock. */
	readonly tokenExpiresAt?: number;
	/** A new token was asked for ahead of the end; absent: not known. */
	readonly tokenRenewals?: number;
	/** Lives of the line's own sockets that ended without the page's doing, newest last; at most 10. */
	readonly sockets?: readonly SocketAttempt[];
}

/** The request for a token, exactly as the line makes it, and what was asked besides because it failed. */
export interface TokenEvidence {
	/** Absent: there is no token to ask for, or nothing could be asked (`notAsked`). */
	readonly asked?: FetchAttempt;
	readonly notAsked?: 'no-endpoint' | 'bearer-missing' | 'insecure-address' | 'wrong-address';
	readonly bearer: 'not-needed' | 'sent' | 'missing';
	/** LiveKit: the agent's invitation was part of the request, as a call makes it. Absent: not known. */
	readonly askedForAgent?: boolean;
	/** The same with mode no-cors. */
	readonly noCors?: FetchAttempt;
	/** A plain GET without own headers and credentials: what CORS lets pass without a preflight. */
	readonly simple?: FetchAttempt;
	/** Once more with a cache-buster; its times tell a slow start, its claims a stored copy. */
	readonly again?: FetchAttempt;
	readonly againClaims?: Claims;
	/** Of a JSON answer: names of its keys (two levels, at most 30), and where a token stands. */
	readonly keys?: readonly string[];
	/** Where the settings say, or endpoints usually have it: the token; and a JWT elsewhere, as a dotted path. */
	readonly tokenAt?: string;
	readonly jwtElsewhereAt?: string;
	/** What stands where the token should be. */
	readonly tokenForm?: 'jwt' | 'text' | 'empty' | 'missing' | 'wrong-type';
	/** The server's own reason (`response.error`, or the usual keys). */
	readonly said?: string;
	/** Other addresses that the answer gives. */
	readonly serverUrl?: ShownUrl;
	readonly claims?: Claims;
	/** Received at, device wall time. */
	readonly receivedAt?: number;
}

/** A token's readable parts, never its signature. */
export interface Claims {
	/** Why nothing can be read of it. */
	readonly error?: 'too-large' | 'not-a-jwt' | 'not-json';
	readonly length: number;
	readonly header?: Readonly<Record<string, Json>>;
	/** All claims as they stand there. The report redacts them. */
	readonly payload?: Readonly<Record<string, Json>>;
}

export interface Signalling {
	/** In the order in which a call would try them; the first is the primary one. */
	readonly targets: readonly Target[];
	/** Why nothing was tried: no token, no address, a live call on this socket. */
	readonly notTried?: 'no-token' | 'no-address' | 'in-a-call' | 'not-accepted';
}

/** Registration for incoming calls (Twilio): asked for on the probe's own socket, or what the line itself has. */
export interface Registration {
	/** `line`: the line is registered itself, nothing was asked. */
	readonly by: 'line' | 'probe' | 'nobody';
	readonly notAsked?: 'no-signalling' | 'not-wanted' | 'would-disturb' | 'not-allowed-by-token';
	readonly askedAt?: number;
	/** `ready` after the question. Absent: it did not come within `watchedMs`. */
	readonly readyAfterMs?: number;
	readonly watchedMs?: number;
	readonly said: readonly ServerWord[];
	/** How long the line has been registered, ms. */
	readonly ageMs?: number;
}

/** A join in a room of the checkup's own, under an identity of its own. */
export interface Room {
	/** Both paths of the server's own answer to the token: v0 (`/rtc/validate`) first, then v1 where v0 is 404. */
	readonly validate: readonly FetchAttempt[];
	/** The last of those answers, in the server's words. */
	readonly said?: ServerWord;
	/** `would-wake-agent`: the token would bring an agent into the room. */
	readonly notJoined?:
		'live-identity' | 'live-room' | 'would-wake-agent' | 'refused' | 'no-token' | 'no-address' | 'in-a-call';
	readonly join?: {
		readonly outcome: 'joined' | 'failed' | 'pending';
		readonly ms: number;
		/** The SDK's own words; its `reasonName` is not among them, being always the same. */
		readonly failure?: { readonly reason?: number; readonly status?: number; readonly message: string };
		readonly disconnectReason?: number;
		readonly permissions?: {
			readonly canPublish: boolean;
			readonly canSubscribe: boolean;
			readonly sources?: readonly string[];
		};
		/** The server has let us in; sound cannot flow yet. */
		readonly enteredAfterMs?: number;
		readonly peerConnectedAfterMs?: number;
		/** The path for sound, where it was not up in time. */
		readonly path?: {
			readonly ice: string;
			readonly local: readonly CandidateShape[];
			readonly remote: readonly CandidateShape[];
		};
		readonly threw?: Thrown;
	};
	/** Requests that the SDK made to the server while it tried. */
	readonly requests?: number;
}

export interface LineIce {
	/** The carrier's own servers, one gathering each; empty where the carrier gives none. */
	readonly servers: readonly IceServerResult[];
	/** All of them together, as a call does it: counts by type and protocol. */
	readonly together?: Readonly<Record<string, number>>;
	/** `relay`: the carrier allows nothing else. */
	readonly policy: 'all' | 'relay';
	readonly notTried?: 'no-servers-known' | 'in-a-call';
}

/** Calls since the page was loaded, the newest first, at most 10; and those that the buttons make. */
export interface Calls {
	readonly recent: readonly CallRecord[];
}

import type {
	CallMedia,
	CallRecord,
	Claims,
	FetchAttempt,
	Json,
	SocketAttempt,
	Target,
	TokenEvidence
} from './types.ts';

// What attempts, tokens and calls look like: the pieces that evidence for tests is made of.

/** Wall time of the device in all of these, ms; what is measured lies around it. */
export const NOW = Date.parse('2026-11-20T10:00:00Z');
/** The same in seconds, as tokens count. */
export const SECONDS = NOW / 1000;
export const SITE = 'https://phone.example.com/';

export const socket = (url: string, more: Partial<SocketAttempt> = {}): SocketAttempt => ({
	url,
	at: NOW,
	openedAfterMs: 40,
	readyState: 1,
	watchedMs: 1_200,
	frames: 1,
	firstFrames: ['{"type":"connected"}'],
	closedByPage: true,
	...more
});

/** Failed before it opened. */
export const neverOpened = (url: string, more: Partial<SocketAttempt> = {}): SocketAttempt => ({
	url,
	at: NOW,
	errorAfterMs: 6,
	close: { code: 1006, reason: '', clean: false, afterMs: 7 },
	readyState: 3,
	watchedMs: 7,
	frames: 0,
	firstFrames: [],
	...more
});

/** Neither opened nor failed. */
export const pendingSocket = (url: string): SocketAttempt => ({
	url,
	at: NOW,
	readyState: 0,
	watchedMs: 8_000,
	frames: 0,
	firstFrames: []
});

/** Opened, then ended by the server. */
export const ended = (
	url: string,
	code: number,
	reason = '',
	afterMs = 60,
	more: Partial<SocketAttempt> = {}
): SocketAttempt => ({
	url,
	at: NOW,
	openedAfterMs: 40,
	close: { code, reason, clean: code !== 1006, afterMs },
	readyState: 3,
	watchedMs: afterMs,
	frames: 0,
	firstFrames: [],
	...more
});

export const silentSocket = (url: string): SocketAttempt =>
	socket(url, { watchedMs: 5_040, frames: 0, firstFrames: [] });

export const answered = (url: string, more: Partial<FetchAttempt> = {}): FetchAttempt => ({
	url,
	method: 'GET',
	mode: 'cors',
	at: NOW,
	outcome: 'answered',
	ms: 30,
	type: 'cors',
	crossOrigin: true,
	preflight: false,
	credentials: 'omit',
	authorized: false,
	status: 200,
	body: 'json',
	...more
});

export const opaque = (url: string): FetchAttempt =>
	answered(url, { mode: 'no-cors', outcome: 'opaque', type: 'opaque', status: 0, body: 'unreadable' });

export function rejected(url: string, mode: FetchAttempt['mode'] = 'cors', ms = 5): FetchAttempt {
	const { status: _status, body: _body, type: _type, ...rest } = answered(url);
	return { ...rest, mode, ms, outcome: 'rejected', threw: { name: 'TypeError', message: 'Failed to fetch' } };
}

export const unanswered = (url: string, mode: FetchAttempt['mode'] = 'cors'): FetchAttempt => ({
	...rejected(url, mode, 8_000),
	outcome: 'pending'
});

/** Nothing listens: the socket fails, and so does every request. */
export const dead = (url: string, more: Partial<Target> = {}): Target => {
	const twin = url.replace(/^ws/, 'http');
	return target(neverOpened(url), { cors: rejected(twin), noCors: rejected(twin, 'no-cors'), ...more });
};

/** Ordinary requests are answered, the upgrade is not. */
export const refusedUpgrade = (url: string, more: Partial<Target> = {}): Target => {
	const twin = url.replace(/^ws/, 'http');
	return target(neverOpened(url), { cors: rejected(twin), noCors: opaque(twin), ...more });
};

export function target(attempt: SocketAttempt, more: Partial<Target> = {}): Target {
	const twin = attempt.url.replace(/^ws/, 'http');
	return {
		role: 'primary',
		socket: attempt,
		cors: rejected(twin),
		noCors: opaque(twin),
		said: [],
		expectsConfirmation: true,
		followUps: [],
		...more
	};
}

export const fine = (url: string, more: Partial<Target> = {}): Target =>
	target(socket(url), { confirmedAfterMs: 80, ...more });

export const AP = `AP${'1a2b'.repeat(8)}`;
export const AC = `AC${'3c4d'.repeat(8)}`;
const SK = `SK${'5e6f'.repeat(8)}`;

/** Claims of a good Twilio token; `payload` replaces top-level claims, `voice` the voice grant. */
export function twilioClaims(payload: Record<string, Json> = {}, voice?: Json): Claims {
	const grant = voice ?? { outgoing: { application_sid: AP }, incoming: { allow: true } };
	return {
		length: 600,
		header: { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' },
		payload: {
			iss: SK,
			sub: AC,
			iat: SECONDS,
			exp: SECONDS + 3600,
			grants: { identity: 'alice', voice: grant },
			...payload
		}
	};
}

export const livekitClaims = (payload: Record<string, Json> = {}): Claims => ({
	length: 400,
	header: { alg: 'HS256', typ: 'JWT' },
	payload: {
		iss: 'APIabcdefghij1',
		sub: 'alice',
		nbf: SECONDS,
		exp: SECONDS + 3600,
		video: { room: 'call-1', roomJoin: true, canPublish: true },
		...payload
	}
});

export const tokenFrom = (url: string, claims: Claims, more: Partial<TokenEvidence> = {}): TokenEvidence => ({
	asked: answered(url, { method: 'POST', preflight: true }),
	bearer: 'not-needed',
	tokenForm: 'jwt',
	tokenAt: 'token',
	claims,
	receivedAt: NOW,
	...more
});

/** An answer that brought no token. */
export function tokenRefused(
	url: string,
	attempt: FetchAttempt,
	more: Partial<TokenEvidence> = {}
): TokenEvidence {
	return { asked: { ...attempt, url, method: 'POST', preflight: true }, bearer: 'not-needed', ...more };
}

export const TWILIO = 'wss://voice-js.roaming.twilio.com/signal';
export const LIVEKIT = 'wss://rooms.example.org/rtc';
export const PROBE = 'wss://voice.example.net/stream';
export const DESK_TOKEN = 'https://tokens.example.com/twilio';
export const ROOM_TOKEN = 'https://tokens.example.com/livekit';

export function call(more: Partial<CallRecord> = {}): CallRecord {
	return {
		at: NOW - 60_000,
		direction: 'out',
		purpose: 'call',
		to: { kind: 'number', complete: true },
		phase: 'ended',
		reason: 'remote-hung-up',
		ringingAfterMs: 300,
		answeredAfterMs: 2_000,
		mediaAfterMs: 2_300,
		endedAfterMs: 30_000,
		talkedMs: 27_700,
		...more
	};
}

/** A call that failed before anybody could talk. */
export const failedCall = (
	fault: NonNullable<CallRecord['fault']>,
	more: Partial<CallRecord> = {}
): CallRecord => {
	const { answeredAfterMs: _a, mediaAfterMs: _m, ...rest } = call();
	return { ...rest, reason: 'failed', fault, talkedMs: 0, endedAfterMs: 400, ...more };
};

export const media = (more: Partial<CallMedia> = {}): CallMedia => ({
	windowMs: 3_000,
	iceState: 'connected',
	local: [{ type: 'host', protocol: 'udp', address: 'mdns' }],
	remote: [{ type: 'host', protocol: 'udp', address: 'public' }],
	iceErrors: [],
	packetsSent: 150,
	packetsReceived: 150,
	sentLevelDbfs: -30,
	heardLevelDbfs: -28,
	heardEnergy: 0.4,
	muted: false,
	held: false,
	track: { present: true, enabled: true, muted: false, live: true },
	renderers: [{ kind: 'element', muted: false, volume: 1, paused: false }],
	...more
});

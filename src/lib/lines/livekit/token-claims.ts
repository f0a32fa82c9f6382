import { LineError, type Fault } from '#lib/core/errors.ts';
import type { Claims } from '#lib/core/jwt.ts';
import type { Result } from '#lib/core/result.ts';

/** The server's own leeway, s (livekit-server 1.13.5). */
const GRACE_SECONDS = 60;

/** What a token lets its bearer do, and what it brings about. */
export interface Permit {
	readonly identity: string;
	/** The room that it leads to, whatever was asked for; '' where it does not say, as with hosted development tokens. */
	readonly room: string;
	readonly maySpeak: boolean;
	readonly mayWrite: boolean;
	/** Names of the agents that it invites into a new room; '' is whoever serves without a name. */
	readonly agents: readonly string[];
}

/**
 * Whether a token can be good at all, before the server is asked: its refusals are worded alike, and the SDK shows them
 * as a busy callee. `now` is this device's wall time in ms; `expiresAt`, in the same time, corrects a wrong clock. A
 * token without `exp` passes: the server decides. Fails with a `livekit-token.` fault.
 */
export function judgeLivekitToken(
	claims: Result<Claims, string>,
	now: number,
	expiresAt?: number
): LineError | undefined {
	const wrong = (fault: Fault, facts: Record<string, string | number> = {}) =>
		new LineError(fault, { facts });
	if (!claims.ok) return wrong('livekit-token.malformed', { why: claims.error });
	const { exp, nbf, iss } = claims.value.payload;
	if (typeof iss !== 'string' || iss === '') return wrong('livekit-token.malformed', { why: 'no iss' });
	const video = recordOf(claims.value.payload['video']);
	if (!video) return wrong('livekit-token.no-join-grant', { why: 'no video grant' });
	if (video['roomJoin'] !== true) return wrong('livekit-token.no-join-grant', { why: 'no roomJoin' });
	const trueNow =
		typeof exp === 'number' && expiresAt !== undefined ? exp - (expiresAt - now) / 1000 : now / 1000;
	if (typeof exp === 'number' && trueNow > exp + GRACE_SECONDS)
		return wrong('livekit-token.expired', { seconds: Math.round(trueNow - exp) });
	if (typeof nbf === 'number' && nbf > trueNow + GRACE_SECONDS)
		return wrong('livekit-token.not-yet-valid', { seconds: Math.round(nbf - trueNow) });
	return undefined;
}

/** What is not forbidden is allowed, as the server reads it; without any readable claim nothing is known to be forbidden. */
export function permitOf(claims: Result<Claims, string>): Permit {
	const payload = claims.ok ? claims.value.payload : {};
	const video = recordOf(payload['video']) ?? {};
	const sources = video['canPublishSources'];
	const mayMicrophone =
		!Array.isArray(sources) ||
		sources.length === 0 ||
		sources.some((source) => typeof source === 'string' && source.toLowerCase() === 'microphone');
	const agents = recordOf(payload['roomConfig'])?.['agents'];
	return {
		identity: textOf(payload['sub']) || textOf(payload['jti']),
		room: textOf(video['room']),
		maySpeak: video['canPublish'] !== false && mayMicrophone,
		mayWrite: video['canPublishData'] !== false,
		agents: Array.isArray(agents) ? agents.map((agent) => textOf(recordOf(agent)?.['agentName'])) : []
	};
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: undefined;
}

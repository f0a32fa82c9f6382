import type { Secret } from '#lib/core/secret.ts';
import { claimsOf } from '#lib/diagnostics/probes/claims.ts';
import type { Claims, Room as RoomEvidence } from '#lib/diagnostics/types.ts';
import { permitOf } from './token-claims.ts';

/** Whom a room of the checkup's own invites: a name that nobody serves, so that no agent comes by itself either. */
export const NOBODY = 'offhook-checkup-nobody';

/** A room and an identity of the checkup's own. */
export interface TestRoom {
	readonly room: string;
	readonly identity: string;
}

export const testRoom = (random: string): TestRoom => ({
	room: `offhook-checkup-${random}`,
	identity: `offhook-checkup-${random}`
});

/** The line's own token and settings, from which a test has to differ. */
export interface LiveRoom {
	readonly claims?: Claims | undefined;
	readonly identity?: string | undefined;
	/** A nameless agent is expected, which comes into every new room. */
	readonly agentComesByItself: boolean;
}

/**
 * Why a token must not be joined with, or undefined. A token server is free to give another room, another identity or an
 * agent than it was asked for: joining then would throw somebody out, appear in a room with people, or wake an agent.
 */
export function whyNotJoin(
	token: Secret,
	test: TestRoom,
	live: LiveRoom
): NonNullable<RoomEvidence['notJoined']> | undefined {
	const claims = claimsOf(token.reveal());
	const { room, identity, agents } = permit(claims);
	if (room !== test.room) return 'live-room';
	const ours = live.claims === undefined ? undefined : permit(live.claims).identity;
	const isOwn = identity === test.identity;
	const isNew = identity !== '' && ours !== undefined && identity !== ours && identity !== live.identity;
	if (!isOwn && !isNew) return 'live-identity';
	const isQuiet = agents.length > 0 ? agents.every((name) => name === NOBODY) : !live.agentComesByItself;
	return isQuiet ? undefined : 'would-wake-agent';
}

function permit({ header = {}, payload, error }: Claims): ReturnType<typeof permitOf> {
	return permitOf(
		payload ? { ok: true, value: { header, payload } } : { ok: false, error: error ?? 'not-json' }
	);
}

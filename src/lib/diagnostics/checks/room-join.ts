import { carrierOf, lineOf, valueOf } from '../reading/surroundings.ts';
import { SOCKET_CHECKS, TOKEN_CHECKS } from '../reading/targets.ts';
import { fail, pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import type { Check, Context, Room, Verdict } from '../types.ts';

/** The join in a room of the checkup's own: what a call would meet after the token was found good. */
export const roomJoin: Check<'line', 'room'> = {
	id: 'room-join',
	scopes: ['line'],
	needs: ['room'],
	proves: 'registration',
	explainedBy: [...TOKEN_CHECKS, ...SOCKET_CHECKS, 'server-words', 'livekit-address', 'relay', 'webrtc'],
	judge({ room: { join, notJoined } }, context) {
		if (carrierOf(context) !== 'livekit') return skipped('not-for-this-kind');
		if (notJoined === 'live-identity' || notJoined === 'live-room') return unsure('would-disturb');
		if (notJoined === 'in-a-call') return skipped('in-a-call');
		if (!join) return skipped('depends-on-failed');
		if (join.outcome === 'joined') return joined(join);
		if (join.disconnectReason === 2) return fail('livekit-room.duplicate-identity', 'certain');
		const { failure } = join;
		if (failure && /could not establish|pc connection|peer ?connection/i.test(failure.message))
			return noMedia(context);
		if (failure && /first message/i.test(failure.message))
			return fail('livekit-signalling.silent', 'likely', { said: failure.message });
		if (join.outcome === 'pending') return unsure('still-waiting');
		if (failure?.status === 503 || failure?.status === 429)
			return fail('livekit-server.overloaded', 'likely', { said: failure.message });
		return fail('livekit-signalling.refused', 'possible', { said: failure?.message ?? '' });
	}
};

function joined({ permissions, peerConnectedAfterMs }: NonNullable<Room['join']>): Verdict {
	if (permissions?.canPublish === false) return warn('livekit-token.no-publish-grant', 'certain');
	return peerConnectedAfterMs === undefined ? unsure('not-measured') : pass;
}

/** Signalling works and the peers do not meet. */
function noMedia(context: Context): Verdict {
	const together = valueOf(lineOf(context)?.lineIce)?.together ?? {};
	return fail('media.udp-blocked', 'likely', { candidates: Object.keys(together) }, [
		'media.private-server-address',
		'test-call'
	]);
}

import { isHidden, kindsOf } from '../reading/paths.ts';
import { carrierOf, lineOf, valueOf } from '../reading/surroundings.ts';
import { SOCKET_CHECKS, TOKEN_CHECKS } from '../reading/targets.ts';
import { fail, pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
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
		if (notJoined && DISTURBING.includes(notJoined)) return unsure('would-disturb', { why: notJoined });
		if (notJoined === 'in-a-call') return skipped('in-a-call');
		if (!join) return skipped('depends-on-failed');
		if (join.outcome === 'joined') return joined(join);
		if (join.disconnectReason === 2) return fail('livekit-room.duplicate-identity', 'certain');
		const { failure } = join;
		if (failure && /could not establish|pc connection|peer ?connection/i.test(failure.message))
			return noMedia(join, context);
		if (failure && /first message/i.test(failure.message))
			return fail('livekit-signalling.silent', 'likely', { said: failure.message });
		if (join.outcome === 'pending')
			return isWithoutPath(join) ? noMedia(join, context) : unsure('still-waiting');
		if (failure?.status === 503 || failure?.status === 429)
			return fail('livekit-server.overloaded', 'likely', { said: failure.message });
		return fail('livekit-signalling.refused', 'possible', { said: failure?.message ?? '' });
	}
};

const DISTURBING: readonly Room['notJoined'][] = ['live-identity', 'live-room', 'would-wake-agent'];

type Join = NonNullable<Room['join']>;

function joined({ permissions, peerConnectedAfterMs }: Join): Verdict {
	if (permissions?.canPublish === false) return warn('livekit-token.no-publish-grant', 'certain');
	return peerConnectedAfterMs === undefined ? unsure('not-measured') : pass;
}

/** Let in, and the peers have looked for each other for so long that a call would have been given up. */
const isWithoutPath = ({ enteredAfterMs, ms, path }: Join): boolean =>
	enteredAfterMs !== undefined &&
	ms - enteredAfterMs >= THRESHOLDS.pathMs &&
	path !== undefined &&
	!['connected', 'completed'].includes(path.ice);

/** Signalling works and the peers do not meet. */
function noMedia({ path }: Join, context: Context): Verdict {
	if (path && isHidden(path.remote, context))
		return fail('media.private-server-address', 'likely', {
			local: kindsOf(path.local),
			remote: kindsOf(path.remote)
		});
	const together = valueOf(lineOf(context)?.lineIce)?.together ?? {};
	return fail('media.udp-blocked', 'likely', { candidates: Object.keys(together) }, [
		'media.private-server-address',
		'test-call'
	]);
}

import { fail, pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check, Participant } from '../types.ts';

/** Whether the far side's sound arrived, in the last call in which people could talk. */
export const soundReceived: Check<'line', 'calls'> = {
	id: 'sound-received',
	scopes: ['line'],
	needs: ['calls'],
	explainedBy: ['browser', 'media-path', 'agent'],
	judge({ calls: { recent } }) {
		const last = recent.find(({ media, talkedMs }) => media && talkedMs > 0);
		if (!last?.media) return skipped('no-call-yet');
		const { packetsReceived, packetsSent, heardEnergy, heardLevelDbfs, windowMs, held } = last.media;
		const { remoteMuted, remoteSubscribed } = last.media;
		if (remoteMuted || remoteSubscribed === false)
			return warn('remote.muted', 'certain', { subscribed: remoteSubscribed !== false });
		if (held) return pass;
		if (windowMs < THRESHOLDS.silentStreamMs) return unsure('not-measured');
		// In a room in which nobody speaks now there is nothing to receive; who should speak is judged elsewhere.
		if (last.conversation && !last.conversation.others.some(hasVoice)) return unsure('not-measured');
		// Whatever was heard has arrived, however it was counted.
		if ((packetsReceived ?? 0) === 0 && heardLevelDbfs === null)
			return fail('media.nothing-received', 'likely', { ms: windowMs, sent: packetsSent ?? 0 }, [
				'remote.muted',
				'test-call'
			]);
		// Packets of pure silence: the far side holds, mutes or says nothing, and which of them is its own business.
		return heardEnergy === 0 ? unsure('not-measured') : pass;
	}
};

const hasVoice = ({ audioTracks, muted, leftAfterMs }: Participant): boolean =>
	audioTracks > 0 && muted !== true && leftAfterMs === undefined;

import { fail, pass, skipped, unsure } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { CallMedia, Check, Facts, Verdict } from '../types.ts';

/** Whether our sound left, in the last call in which people could talk. A pause by a person is no trouble. */
export const soundSent: Check<'line', 'calls'> = {
	id: 'sound-sent',
	scopes: ['line'],
	needs: ['calls'],
	explainedBy: [
		'browser',
		'microphone-policy',
		'microphone-access',
		'microphone-sound',
		'token-grants',
		'media-path'
	],
	judge({ calls: { recent } }) {
		const last = recent.find(({ media, talkedMs }) => media && talkedMs > 0);
		if (!last?.media) return skipped('no-call-yet');
		const { muted, held, windowMs } = last.media;
		if (muted || held) return pass;
		return windowMs < THRESHOLDS.silentStreamMs ? unsure('not-measured') : outbound(last.media);
	}
};

function outbound({
	publishThrew,
	published,
	track,
	packetsSent,
	sentLevelDbfs,
	windowMs
}: CallMedia): Verdict {
	const facts: Facts = { ms: windowMs, packets: packetsSent ?? 0 };
	if (publishThrew && /insufficient|permission/i.test(publishThrew.message))
		return fail('livekit-token.no-publish-grant', 'certain', { error: publishThrew.name });
	if (published === false || track?.present === false)
		return fail('media.nothing-sent', 'certain', { ...facts, why: 'no-track' });
	if (track && (!track.enabled || !track.live))
		return fail('media.nothing-sent', 'certain', { ...facts, why: 'track-off' });
	if (packetsSent === 0) return fail('media.nothing-sent', 'likely', { ...facts, why: 'no-packets' });
	if (packetsSent === undefined) return unsure('not-measured');
	return sentLevelDbfs === null
		? fail('microphone.silent', 'likely', { muted: track?.muted ?? false, othersHear: false })
		: pass;
}

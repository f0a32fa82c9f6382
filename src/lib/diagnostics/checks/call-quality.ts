import { pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check } from '../types.ts';

/** What the network did to the last call's sound. */
export const callQuality: Check<'line', 'calls'> = {
	id: 'call-quality',
	scopes: ['line'],
	needs: ['calls'],
	explainedBy: ['media-path', 'sound-received'],
	judge({ calls: { recent } }) {
		const media = recent.find((call) => call.media && call.talkedMs > 0)?.media;
		if (!media) return skipped('no-call-yet');
		const { mos, loss, jitterMs, roundTripMs } = media;
		if (mos === undefined && roundTripMs === undefined) return unsure('not-measured');
		const isPoor = (mos ?? 5) < THRESHOLDS.poorMos || (roundTripMs ?? 0) > THRESHOLDS.slowRoundTripMs;
		if (!isPoor) return pass;
		return warn('media.poor-quality', 'likely', {
			...(mos === undefined ? {} : { mos: Math.round(mos * 10) / 10 }),
			...(loss === undefined ? {} : { lossPercent: Math.round(loss * 1000) / 10 }),
			...(jitterMs === undefined ? {} : { jitterMs: Math.round(jitterMs) }),
			...(roundTripMs === undefined ? {} : { roundTripMs: Math.round(roundTripMs) })
		});
	}
};

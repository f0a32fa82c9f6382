import { isHidden, kindsOf } from '../reading/paths.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { CallRecord, Check, Context, Facts, Verdict } from '../types.ts';

/** Whether the sound of the last call found its way, once the call had been answered. */
export const mediaPath: Check<'line', 'calls'> = {
	id: 'media-path',
	scopes: ['line'],
	needs: ['calls'],
	explainedBy: ['offline', 'browser', 'webrtc', 'relay'],
	judge({ calls: { recent } }, context) {
		const last = recent.find(
			({ media, answeredAfterMs, fault }) => media || answeredAfterMs !== undefined || isMedia(fault)
		);
		if (!last) return skipped('no-call-yet');
		const state = last.media?.iceState;
		const isFailed =
			state === 'failed' ||
			last.media?.dtlsState === 'failed' ||
			(isMedia(last.fault) && state !== 'connected' && state !== 'completed');
		if (!isFailed) return pass;
		return last.mediaAfterMs === undefined
			? neverConnected(last, context)
			: fail('media.lost', 'likely', factsOf(last));
	}
};

const isMedia = (fault: string | undefined): boolean =>
	fault === 'media.not-connected' || fault === 'media.lost';

const factsOf = ({ media, vendorCode }: CallRecord): Facts => ({
	local: kindsOf(media?.local ?? []),
	remote: kindsOf(media?.remote ?? []),
	...(vendorCode === undefined ? {} : { code: vendorCode })
});

function neverConnected(call: CallRecord, context: Context): Verdict {
	const { media } = call;
	if (isHidden(media?.remote ?? [], context))
		return fail('media.private-server-address', 'likely', factsOf(call));
	const dtls = media?.dtlsState === 'failed' && media.iceState !== 'failed';
	if (dtls) return fail('media.not-connected', 'likely', factsOf(call));
	return fail(
		'media.udp-blocked',
		'likely',
		factsOf(call),
		['media.private-server-address', 'test-call'],
		['media.not-connected', 'other-network']
	);
}

import { causeOf } from '../causes.ts';
import { lineSetupOf, valueOf } from '../reading/surroundings.ts';
import { BEFORE_CALLS } from '../reading/targets.ts';
import { fail, pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { CauseCode, Check, LineSnapshot, RaisedFault, Verdict } from '../types.ts';

/** What the line itself has gone through since the page was opened. The probes see the present; this is the memory. */
export const lineState: Check<'line', 'state'> = {
	id: 'line-state',
	scopes: ['line'],
	needs: ['state'],
	explainedBy: [...BEFORE_CALLS, 'browser', 'registration', 'token-renewal'],
	judge({ state }, context) {
		if (lineSetupOf(context)?.switchedOff) return skipped('line-switched-off');
		if (valueOf(context.all.page.phone)?.ownership === 'elsewhere') return skipped('other-tab-has-the-phone');
		switch (state.phase) {
			case 'failed':
				return raised(state.because, 'fail');
			case 'recovering':
				return state.wasReady ? interrupted(state) : raised(state.because, 'fail');
			case 'opening':
				return unsure('still-waiting');
			case 'off':
				return skipped('not-measured');
			case 'ready':
				return unstable(state);
		}
	}
};

function raised(because: RaisedFault | undefined, outcome: 'fail' | 'warn'): Verdict {
	if (!because) return unsure('not-measured');
	const facts = {
		...because.facts,
		...(because.vendorCode === undefined ? {} : { code: because.vendorCode })
	};
	return (outcome === 'fail' ? fail : warn)(causeOf(because.fault), 'likely', facts);
}

/** It had worked: what is missing now is the connection, unless the fault says more. */
function interrupted(state: LineSnapshot): Verdict {
	const { because, since } = state;
	if (!because) return unsure('still-waiting');
	if (!isConnection(because.fault)) return raised(because, 'fail');
	const seconds = Math.round(Math.max(0, because.at - since) / 1000);
	return fail(interruption(because.fault), 'certain', { seconds });
}

const isConnection = (fault: string): boolean => /-signalling\./.test(fault) || fault === 'network.offline';
const interruption = (fault: string): CauseCode =>
	fault.startsWith('livekit') ? 'livekit-signalling.interrupted' : 'twilio-signalling.interrupted';

/** One loss that it has come back from is Wi-Fi; several in a short time are a line that does not hold. */
function unstable({ interruptions, since }: LineSnapshot): Verdict {
	const last = interruptions.at(-1);
	if (!last) return pass;
	const recent = interruptions.filter(({ at }) => last.at - at <= THRESHOLDS.unstableWithinMs);
	if (recent.length >= THRESHOLDS.unstableInterruptions)
		return warn(
			last.fault.startsWith('livekit') ? 'livekit-signalling.interrupted' : 'twilio-signalling.unstable',
			'likely',
			{
				times: recent.length
			}
		);
	const away = last.backAfterMs ?? Math.max(0, since - last.at);
	return away > THRESHOLDS.shortInterruptionMs && isConnection(last.fault)
		? warn(interruption(last.fault), 'certain', { seconds: Math.round(away / 1000) })
		: pass;
}

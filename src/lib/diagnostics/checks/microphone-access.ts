import { fail, pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import type { Check, Microphone, MicrophoneAttempt, Verdict } from '../types.ts';

/** Whether the microphone can be opened: permission, device, and who else has it. */
export const microphoneAccess: Check<'page', 'microphone'> = {
	id: 'microphone-access',
	scopes: ['page'],
	needs: ['microphone'],
	explainedBy: ['browser', 'microphone-policy'],
	judge({ microphone }) {
		const { attempts, notOpened, permission, inputs } = microphone;
		const last = attempts.at(-1);
		if (!last) {
			if (notOpened === 'in-a-call') return skipped('in-a-call');
			if (permission === 'denied') return fail('microphone.blocked', 'certain');
			// Browsers list one unnamed input even before the permission, if there is any.
			if (inputs === 0) return fail('microphone.missing', permission === 'granted' ? 'certain' : 'likely');
			return unsure(notOpened === 'would-ask' ? 'would-ask-for-permission' : 'nothing-tried');
		}
		if (last.outcome === 'opened') return openedAfter(attempts);
		if (last.outcome === 'pending')
			return fail('microphone.prompt-unanswered', 'likely', { seconds: Math.round(last.ms / 1000) });
		return refusal(last, microphone);
	}
};

/** The default one opened after the chosen one had failed. */
function openedAfter(attempts: readonly MicrophoneAttempt[]): Verdict {
	const first = attempts.find(({ outcome }) => outcome === 'rejected');
	if (!first?.threw) return pass;
	return isGone(first)
		? warn('microphone.saved-device-gone', 'certain')
		: warn('microphone.in-use', 'likely', errorOf(first));
}

const isGone = ({ device, threw }: MicrophoneAttempt): boolean =>
	threw?.name === 'OverconstrainedError'
		? threw.constraint === 'deviceId'
		: threw?.name === 'NotFoundError' && device === 'chosen';

const errorOf = ({ threw }: MicrophoneAttempt) => ({ error: threw?.name ?? '' });

function refusal(attempt: MicrophoneAttempt, { permission, inputs }: Microphone): Verdict {
	const facts = errorOf(attempt);
	switch (attempt.threw?.name) {
		case 'NotAllowedError':
			if (/system/i.test(attempt.threw.message)) return fail('microphone.system-blocked', 'certain', facts);
			if (permission === 'denied') return fail('microphone.blocked', 'certain', facts);
			if (permission === 'granted')
				return fail('microphone.system-blocked', 'likely', facts, [
					'microphone.blocked',
					'permission-answer'
				]);
			if (permission === 'prompt')
				return fail('microphone.prompt-unanswered', 'likely', facts, [
					'microphone.blocked',
					'permission-answer'
				]);
			return fail('microphone.blocked', 'likely', facts, ['microphone.system-blocked', 'other-browser']);
		case 'SecurityError':
			return fail('microphone.blocked', 'likely', facts);
		case 'OverconstrainedError':
			return isGone(attempt) && inputs > 0
				? fail('microphone.saved-device-gone', 'certain', facts)
				: fail('microphone.unavailable', 'likely', facts);
		case 'NotFoundError':
			if (attempt.device === 'chosen' && inputs > 0)
				return fail('microphone.saved-device-gone', 'likely', facts);
			return fail('microphone.missing', inputs === 0 ? 'certain' : 'likely', facts);
		case 'NotReadableError':
		case 'AbortError':
			return fail('microphone.in-use', 'likely', facts, ['microphone.unavailable', 'other-device']);
		default:
			return fail('microphone.unavailable', 'possible', facts);
	}
}

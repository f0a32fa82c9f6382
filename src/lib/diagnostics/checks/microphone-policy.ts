import { valueOf } from '../reading/surroundings.ts';
import { fail, pass, unsure } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** The permission query says "granted" although a policy forbids: the policy is asked first. */
export const microphonePolicy: Check<'page', 'policy' | 'environment'> = {
	id: 'microphone-policy',
	scopes: ['page'],
	needs: ['policy', 'environment'],
	explainedBy: ['browser'],
	judge({ policy, environment }, { all }) {
		const { microphone } = policy.allows;
		if (microphone === true) return pass;
		if (microphone === false)
			return fail(
				environment.framed ? 'policy.frame-blocks-microphone' : 'policy.header-blocks-microphone',
				'certain',
				{
					page: environment.page
				}
			);
		// Locked-down frames have no origin, and no microphone either.
		if (environment.framed && environment.origin === 'null')
			return fail('policy.frame-blocks-microphone', 'likely');
		const denied = valueOf(all.page.microphone)?.attempts.some(
			({ threw }) => threw?.name === 'SecurityError'
		);
		return denied && environment.framed
			? fail('policy.frame-blocks-microphone', 'likely')
			: unsure('browser-does-not-say');
	}
};

import { fail, pass, unsure } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether this page may make sound. A capturing page may, whatever the policy says, so the speaker is tried first. */
export const autoplay: Check<'page', 'speaker'> = {
	id: 'autoplay',
	scopes: ['page'],
	needs: ['speaker'],
	explainedBy: ['browser'],
	judge({ speaker: { play, context, resume, capturing, autoplayPolicy } }, { all }) {
		const isRefused = play?.threw?.name === 'NotAllowedError';
		if (isRefused) return fail('speaker.autoplay-blocked', 'certain', { context });
		if (play?.outcome === 'resolved' && context === 'running') return pass;
		const environment = all.page.environment?.ok ? all.page.environment.value : undefined;
		const isUntouched =
			environment?.touched === false || autoplayPolicy === 'allowed-muted' || autoplayPolicy === 'disallowed';
		if (context !== 'running' && resume?.outcome === 'pending' && isUntouched && !capturing)
			return fail('speaker.autoplay-blocked', 'likely', { context });
		// Refused for another reason (no codec, element gone) is no policy; a context may wait for the first sound.
		return context === 'running' || resume?.outcome === 'resolved'
			? pass
			: unsure('not-measured', { context });
	}
};

import { fail, pass, unsure } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether this browser lets two peers meet: inside this page, without any server. */
export const webrtc: Check<'page', 'ice'> = {
	id: 'webrtc',
	scopes: ['page'],
	needs: ['ice'],
	explainedBy: ['browser'],
	judge({ ice: { threw, host, mdns, completedAfterMs, loopbackConnected } }, { all }) {
		if (threw) return fail('browser.webrtc-disabled', 'certain', { error: threw.name });
		if (loopbackConnected) return pass;
		// Without a network there are no addresses to offer, and a busy device may not have got to it.
		const hasNone = host + mdns === 0 && completedAfterMs !== undefined;
		if (hasNone && all.page.environment?.ok && all.page.environment.value.online)
			return fail('policy.ice-forbidden', 'likely', {}, ['browser.webrtc-disabled', 'other-browser']);
		return loopbackConnected === undefined
			? host + mdns > 0
				? pass
				: unsure('not-measured')
			: unsure('not-measured');
	}
};

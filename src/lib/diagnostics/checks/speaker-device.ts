import { pass, warn } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** The chosen outputs, the ring's volume, and what the loop test has heard. */
export const speakerDevice: Check<'page', 'speaker'> = {
	id: 'speaker-device',
	scopes: ['page'],
	needs: ['speaker'],
	explainedBy: ['browser', 'autoplay'],
	judge({ speaker: { chosen, ringer, ringVolume, loop } }) {
		if (chosen?.listed === false || ringer?.listed === false)
			return warn('speaker.saved-device-gone', 'certain', {
				device: chosen?.listed === false ? 'speaker' : 'ringer'
			});
		if (ringVolume === 0) return warn('speaker.turned-down', 'certain', { what: 'ringer' });
		// A headset's microphone does not hear its earpiece: not hearing proves little.
		return loop?.heard === false
			? warn('speaker.not-heard', 'possible', {}, ['microphone.silent', 'other-device'])
			: pass;
	}
};

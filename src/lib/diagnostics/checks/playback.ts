import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether the sound that arrived was played, in the last call. */
export const playback: Check<'line', 'calls'> = {
	id: 'playback',
	scopes: ['line'],
	needs: ['calls'],
	explainedBy: ['browser', 'autoplay'],
	judge({ calls: { recent } }) {
		const media = recent.find((call) => call.media)?.media;
		if (!media) return skipped('no-call-yet');
		const { renderers, heardEnergy = 0, packetsReceived = 0, held } = media;
		if (!renderers || held) return skipped('not-measured');
		// Chromium measures energy only of what is played, and after its volume: packets count as well.
		if (renderers.length === 0 && (heardEnergy > 0 || packetsReceived > 0))
			return fail('speaker.no-renderer', 'certain', { packets: packetsReceived });
		if (heardEnergy <= 0 && packetsReceived <= 0) return skipped('not-measured');
		if (renderers.some(({ playThrew }) => playThrew?.name === 'NotAllowedError'))
			return fail('speaker.autoplay-blocked', 'certain');
		const playing = renderers.filter(({ muted, volume, paused }) => !muted && volume > 0 && !paused);
		if (playing.length === 0) {
			const [first] = renderers;
			return fail('speaker.turned-down', 'certain', {
				what: first?.muted ? 'muted' : first?.paused ? 'paused' : 'volume'
			});
		}
		const isHeld = playing.every(({ context }) => context === 'suspended' || context === 'interrupted');
		if (isHeld) return fail('speaker.autoplay-blocked', 'likely', { context: 'suspended' });
		return heardEnergy > 0 ? pass : skipped('not-measured');
	}
};

import { pass, skipped, unsure, fail, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check, MicrophoneFigures } from '../types.ts';

/** What the opened microphone gives: exact zeros are a switch, a noise floor is a room. */
export const microphoneSound: Check<'page', 'microphone'> = {
	id: 'microphone-sound',
	scopes: ['page'],
	needs: ['microphone'],
	explainedBy: ['browser', 'microphone-policy', 'microphone-access'],
	judge({ microphone: { attempts, others } }) {
		const figures = attempts.find(({ outcome }) => outcome === 'opened')?.figures;
		if (!figures) return skipped('not-measured');
		// A suspended context shows zeros whatever comes.
		if (figures.context !== 'running' || figures.samples < THRESHOLDS.samplesLeast)
			return unsure('not-measured');
		const { nonZero, samples, clipped, peakDbfs, floorDbfs, track } = figures;
		if (track.readyState === 'ended' || !track.enabled) return unsure('not-measured');
		if (nonZero === 0) {
			const othersHear = others.some(hearsSomething);
			return fail('microphone.silent', 'likely', { muted: track.muted, othersHear }, [
				'microphone.unavailable',
				'other-device'
			]);
		}
		if (clipped / samples >= THRESHOLDS.clippedShare)
			return warn('microphone.clipping', 'likely', {
				percent: Math.round((clipped / samples) * 1000) / 10,
				peakDbfs: peakDbfs ?? 0
			});
		if (floorDbfs !== null && floorDbfs > THRESHOLDS.noisyFloorDbfs)
			return warn('microphone.noisy', 'likely', { floorDbfs });
		return pass;
	}
};

const hearsSomething = ({ context, nonZero }: MicrophoneFigures): boolean =>
	context === 'running' && nonZero > 0;

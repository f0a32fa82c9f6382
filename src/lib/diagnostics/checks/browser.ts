import { fail, pass } from '../reading/verdicts.ts';
import type { Check, Feature } from '../types.ts';

const NEEDED: readonly Feature[] = [
	'mediaDevices',
	'getUserMedia',
	'RTCPeerConnection',
	'AudioContext',
	'WebSocket'
];

/** Whether this browser, on this page, has what a call needs at all. */
export const browser: Check<'page', 'environment'> = {
	id: 'browser',
	scopes: ['page'],
	needs: ['environment'],
	judge({ environment }) {
		const { secureContext, features, page, browser } = environment;
		const missing = NEEDED.filter((feature) => !features[feature]);
		if (!secureContext) return fail('browser.insecure-page', 'certain', { page });
		if (missing.length === 0) return pass;
		const facts = { missing, browser: `${browser.name} ${browser.version}`, inApp: browser.inApp ?? '' };
		// A browser that has everything else has had it switched off.
		return missing.length === 1 && missing[0] === 'RTCPeerConnection'
			? fail('browser.webrtc-disabled', 'certain', facts)
			: fail('browser.unsupported', 'certain', facts);
	}
};

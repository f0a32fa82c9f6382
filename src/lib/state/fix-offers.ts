import type { CauseCode, Finding } from '#lib/diagnostics/types.ts';

/** What the app itself can do about a cause, at the press of a button. */
export type FixOffer =
	| 'ask-microphone'
	| 'unlock-sound'
	| 'fresh-token'
	| 'try-alternative'
	| 'use-here'
	| 'switch-line-on'
	| 'update-app'
	| 'open-settings'
	| 'record-microphone'
	| 'run-again';

type Rule = readonly [start: string, offers: readonly FixOffer[]];

/** A longer start counts before a shorter one. */
const RULES: readonly Rule[] = [
	['microphone.blocked', ['ask-microphone']],
	['microphone.prompt-unanswered', ['ask-microphone']],
	['microphone.system-blocked', ['ask-microphone']],
	['microphone.saved-device-gone', ['open-settings']],
	['microphone.in-use', ['ask-microphone']],
	['microphone.', ['record-microphone', 'open-settings']],
	['speaker.autoplay-blocked', ['unlock-sound']],
	['speaker.', ['open-settings']],
	['registration.not-started', ['switch-line-on']],
	['registration.token-not-renewed', ['fresh-token']],
	['registration.', ['fresh-token']],
	['twilio-token.expired', ['fresh-token']],
	['livekit-token.expired', ['fresh-token']],
	['token-endpoint.bearer-missing', ['open-settings']],
	['token-endpoint.cold-start', ['fresh-token']],
	['token-endpoint.no-answer', ['fresh-token']],
	['websocket.upgrade-lost-in-proxy', ['try-alternative']],
	['line.in-another-tab', ['use-here']],
	['app.', ['update-app']],
	['config.', ['open-settings']],
	['network.', ['run-again']],
	['browser.socket-throttle', ['update-app']]
];

/** Pure. Nothing where the app can do nothing. */
export function fixOffers({ cause, facts }: Pick<Finding, 'cause' | 'facts'>): readonly FixOffer[] {
	const offers = offersFor(cause);
	const hasAlternative = typeof facts.alternative === 'string';
	return hasAlternative && !offers.includes('try-alternative') ? [...offers, 'try-alternative'] : offers;
}

const offersFor = (cause: CauseCode): readonly FixOffer[] =>
	RULES.find(([start]) => cause === start || (start.endsWith('.') && cause.startsWith(start)))?.[1] ?? [];

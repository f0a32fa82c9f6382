import type { CheckupRun, Fact, Facts, Finding, Sure } from '#lib/diagnostics/types.ts';
import type { FixOffer } from '#lib/state/fix-offers.ts';
import { redact } from '#lib/core/redact.ts';
import { m } from '#lib/words/messages.js';

const WHO: Readonly<Record<'you' | 'admin' | 'developer', () => string>> = {
	you: m.who_you,
	admin: m.who_admin,
	developer: m.who_developer
};

const COPY: Readonly<Record<'you' | 'admin' | 'developer', () => string>> = {
	you: m.copy,
	admin: m.copy_for_admin,
	developer: m.copy_for_developer
};

const SURE: Readonly<Record<Sure, () => string>> = {
	certain: m.sure_certain,
	likely: m.sure_likely,
	possible: m.sure_possible
};

const OFFERS: Readonly<Record<FixOffer, () => string>> = {
	'ask-microphone': m.offer_ask_microphone,
	'unlock-sound': m.offer_unlock_sound,
	'fresh-token': m.offer_fresh_token,
	'try-alternative': m.offer_try_alternative,
	'use-here': m.use_here,
	'switch-line-on': m.line_switch_on,
	'update-app': m.offer_update_app,
	'open-settings': m.open_settings,
	'record-microphone': m.sound_record,
	'run-again': m.offer_run_again
};

export const whoWords = (who: keyof typeof WHO): string => WHO[who]();
export const copyWords = (who: keyof typeof COPY): string => COPY[who]();
export const sureWords = (sure: Sure): string => SURE[sure]();
export const offerWords = (offer: FixOffer): string => OFFERS[offer]();

/** What a finding has seen, as text for its words and for the eye: foreign text among it is redacted. */
export function shownFacts(facts: Facts): Facts {
	return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, shown(fact)]));
}

function shown(fact: Fact): Fact {
	if (typeof fact === 'string') return redact(fact);
	return typeof fact === 'object' ? fact.map((one) => redact(one)) : fact;
}

/** A fact as text. */
export const factText = (fact: Fact): string => (typeof fact === 'object' ? fact.join(', ') : String(fact));

/** The key of a finding in a list. */
export const findingKey = ({ cause, line, probe, check }: Finding): string =>
	[cause, line, probe, check].join(' ');

/** The whole address of the alternative that a finding knows by its host; '' where there is none. */
export function alternativeOf({ probe, facts }: Finding, run: CheckupRun | undefined): string {
	const signalling = run?.evidence.probes[probe ?? '']?.signalling;
	const targets = signalling?.ok ? signalling.value.targets : [];
	return (
		targets.find(({ role, socket }) => role === 'alternative' && opens(socket.url, facts))?.socket.url ?? ''
	);
}

const opens = (url: string, { alternative }: Facts): boolean =>
	typeof alternative === 'string' && (url === alternative || new URL(url).host === alternative);

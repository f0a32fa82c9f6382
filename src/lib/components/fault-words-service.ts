import type { Fault } from '#lib/core/errors.ts';
import { m } from '#lib/words/messages.js';
import type { WordsOf } from './fault-words.ts';

/** The words about the service behind a line, and the ground everything stands on. */
export const SERVICE_WORDS: WordsOf<
	Extract<
		Fault,
		| `twilio-account.${string}`
		| `twilio-app.${string}`
		| `twilio-edge.${string}`
		| `twilio-signalling.${string}`
		| `registration.${string}`
		| `network.${string}`
		| `browser.${string}`
		| `app.${string}`
	>
> = {
	'twilio-account.refused': [
		m.fault_twilio_account_refused,
		m.fault_twilio_account_refused_why,
		m.fault_twilio_account_refused_do
	],
	'twilio-app.not-found': [
		m.fault_twilio_app_not_found,
		m.fault_twilio_app_not_found_why,
		m.fault_twilio_app_not_found_do
	],
	'twilio-app.no-voice-url': [
		m.fault_twilio_app_no_voice_url,
		m.fault_twilio_app_no_voice_url_why,
		m.fault_twilio_app_no_voice_url_do
	],
	'twilio-edge.unknown': [
		m.fault_twilio_edge_unknown,
		m.fault_twilio_edge_unknown_why,
		m.fault_twilio_edge_unknown_do
	],
	'twilio-signalling.interrupted': [
		m.fault_twilio_signalling_interrupted,
		m.fault_twilio_signalling_interrupted_why,
		m.fault_twilio_signalling_interrupted_do
	],
	'twilio-signalling.rate-limited': [
		m.fault_twilio_signalling_rate_limited,
		m.fault_twilio_signalling_rate_limited_why,
		m.fault_twilio_signalling_rate_limited_do
	],
	'twilio-signalling.server-error': [
		m.fault_twilio_signalling_server_error,
		m.fault_twilio_signalling_server_error_why,
		m.fault_twilio_signalling_server_error_do
	],
	'twilio-signalling.silent': [
		m.fault_twilio_signalling_silent,
		m.fault_twilio_signalling_silent_why,
		m.fault_twilio_signalling_silent_do
	],
	'twilio-signalling.unreachable': [
		m.fault_twilio_signalling_unreachable,
		m.fault_twilio_signalling_unreachable_why,
		m.fault_twilio_signalling_unreachable_do
	],
	'twilio-signalling.unstable': [
		m.fault_twilio_signalling_unstable,
		m.fault_twilio_signalling_unstable_why,
		m.fault_twilio_signalling_unstable_do
	],
	'registration.not-confirmed': [
		m.fault_registration_not_confirmed,
		m.fault_registration_not_confirmed_why,
		m.fault_registration_not_confirmed_do
	],
	'registration.refused': [
		m.fault_registration_refused,
		m.fault_registration_refused_why,
		m.fault_registration_refused_do
	],
	'network.offline': [m.fault_network_offline, m.fault_network_offline_why, m.fault_network_offline_do],
	'browser.insecure-page': [
		m.fault_browser_insecure_page,
		m.fault_browser_insecure_page_why,
		m.fault_browser_insecure_page_do
	],
	'browser.unsupported': [
		m.fault_browser_unsupported,
		m.fault_browser_unsupported_why,
		m.fault_browser_unsupported_do
	],
	'app.incomplete': [m.fault_app_incomplete, m.fault_app_incomplete_why, m.fault_app_incomplete_do],
	'app.unexpected': [m.fault_app_unexpected, m.fault_app_unexpected_why, m.fault_app_unexpected_do]
};

import type { Fault } from '#lib/core/errors.ts';
import { m } from '#lib/words/messages.js';
import type { WordsOf } from './fault-words.ts';

/** The words about the token server and what it hands out. */
export const TOKEN_WORDS: WordsOf<Extract<Fault, `token-endpoint.${string}` | `twilio-token.${string}`>> = {
	'token-endpoint.bearer-missing': [
		m.fault_token_endpoint_bearer_missing,
		m.fault_token_endpoint_bearer_missing_why,
		m.fault_token_endpoint_bearer_missing_do
	],
	'token-endpoint.insecure': [
		m.fault_token_endpoint_insecure,
		m.fault_token_endpoint_insecure_why,
		m.fault_token_endpoint_insecure_do
	],
	'token-endpoint.method-not-allowed': [
		m.fault_token_endpoint_method_not_allowed,
		m.fault_token_endpoint_method_not_allowed_why,
		m.fault_token_endpoint_method_not_allowed_do
	],
	'token-endpoint.no-answer': [
		m.fault_token_endpoint_no_answer,
		m.fault_token_endpoint_no_answer_why,
		m.fault_token_endpoint_no_answer_do
	],
	'token-endpoint.not-found': [
		m.fault_token_endpoint_not_found,
		m.fault_token_endpoint_not_found_why,
		m.fault_token_endpoint_not_found_do
	],
	'token-endpoint.not-json': [
		m.fault_token_endpoint_not_json,
		m.fault_token_endpoint_not_json_why,
		m.fault_token_endpoint_not_json_do
	],
	'token-endpoint.rate-limited': [
		m.fault_token_endpoint_rate_limited,
		m.fault_token_endpoint_rate_limited_why,
		m.fault_token_endpoint_rate_limited_do
	],
	'token-endpoint.redirected': [
		m.fault_token_endpoint_redirected,
		m.fault_token_endpoint_redirected_why,
		m.fault_token_endpoint_redirected_do
	],
	'token-endpoint.refused': [
		m.fault_token_endpoint_refused,
		m.fault_token_endpoint_refused_why,
		m.fault_token_endpoint_refused_do
	],
	'token-endpoint.keys-missing': [
		m.fault_token_endpoint_keys_missing,
		m.fault_token_endpoint_keys_missing_why,
		m.fault_token_endpoint_keys_missing_do
	],
	'token-endpoint.server-error': [
		m.fault_token_endpoint_server_error,
		m.fault_token_endpoint_server_error_why,
		m.fault_token_endpoint_server_error_do
	],
	'token-endpoint.token-elsewhere': [
		m.fault_token_endpoint_token_elsewhere,
		m.fault_token_endpoint_token_elsewhere_why,
		m.fault_token_endpoint_token_elsewhere_do
	],
	'token-endpoint.token-missing': [
		m.fault_token_endpoint_token_missing,
		m.fault_token_endpoint_token_missing_why,
		m.fault_token_endpoint_token_missing_do
	],
	'token-endpoint.too-large': [
		m.fault_token_endpoint_too_large,
		m.fault_token_endpoint_too_large_why,
		m.fault_token_endpoint_too_large_do
	],
	'token-endpoint.unauthorized': [
		m.fault_token_endpoint_unauthorized,
		m.fault_token_endpoint_unauthorized_why,
		m.fault_token_endpoint_unauthorized_do
	],
	'token-endpoint.unreachable': [
		m.fault_token_endpoint_unreachable,
		m.fault_token_endpoint_unreachable_why,
		m.fault_token_endpoint_unreachable_do
	],
	'twilio-token.bad-identity': [
		m.fault_twilio_token_bad_identity,
		m.fault_twilio_token_bad_identity_why,
		m.fault_twilio_token_bad_identity_do
	],
	'twilio-token.expired': [
		m.fault_twilio_token_expired,
		m.fault_twilio_token_expired_why,
		m.fault_twilio_token_expired_do
	],
	'twilio-token.lifetime-too-long': [
		m.fault_twilio_token_lifetime_too_long,
		m.fault_twilio_token_lifetime_too_long_why,
		m.fault_twilio_token_lifetime_too_long_do
	],
	'twilio-token.malformed': [
		m.fault_twilio_token_malformed,
		m.fault_twilio_token_malformed_why,
		m.fault_twilio_token_malformed_do
	],
	'twilio-token.no-outgoing-app': [
		m.fault_twilio_token_no_outgoing_app,
		m.fault_twilio_token_no_outgoing_app_why,
		m.fault_twilio_token_no_outgoing_app_do
	],
	'twilio-token.no-voice-grant': [
		m.fault_twilio_token_no_voice_grant,
		m.fault_twilio_token_no_voice_grant_why,
		m.fault_twilio_token_no_voice_grant_do
	],
	'twilio-token.not-yet-valid': [
		m.fault_twilio_token_not_yet_valid,
		m.fault_twilio_token_not_yet_valid_why,
		m.fault_twilio_token_not_yet_valid_do
	],
	'twilio-token.refused': [
		m.fault_twilio_token_refused,
		m.fault_twilio_token_refused_why,
		m.fault_twilio_token_refused_do
	],
	'twilio-token.wrong-issuer': [
		m.fault_twilio_token_wrong_issuer,
		m.fault_twilio_token_wrong_issuer_why,
		m.fault_twilio_token_wrong_issuer_do
	],
	'twilio-token.wrong-secret': [
		m.fault_twilio_token_wrong_secret,
		m.fault_twilio_token_wrong_secret_why,
		m.fault_twilio_token_wrong_secret_do
	]
};

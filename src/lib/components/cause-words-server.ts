import { m } from '#lib/words/messages.js';
import type { RowsOf } from './cause-rows.ts';

/** The words about addresses, the token server and signalling. */
export const SERVER_CAUSES = {
	'server-url.different-host': [
		m.cause_server_url_different_host,
		m.cause_server_url_different_host_why,
		['admin', m.cause_server_url_different_host_do]
	],
	'server-url.host-not-found': [
		m.cause_server_url_host_not_found,
		m.cause_server_url_host_not_found_why,
		['admin', m.cause_server_url_host_not_found_do]
	],
	'server-url.tls-missing': [
		m.cause_server_url_tls_missing,
		m.cause_server_url_tls_missing_why,
		['admin', m.cause_server_url_tls_missing_do]
	],
	'server-url.tls-required': [
		m.cause_server_url_tls_required,
		m.cause_server_url_tls_required_why,
		['admin', m.cause_server_url_tls_required_do]
	],
	'server-url.unreadable': [
		m.cause_server_url_unreadable,
		m.cause_server_url_unreadable_why,
		['admin', m.cause_server_url_unreadable_do]
	],
	'token-endpoint.unreachable': [
		m.cause_token_endpoint_unreachable,
		m.cause_token_endpoint_unreachable_why,
		['admin', m.cause_token_endpoint_unreachable_do],
		['you', m.cause_token_endpoint_unreachable_do2]
	],
	'token-endpoint.no-answer': [
		m.cause_token_endpoint_no_answer,
		m.cause_token_endpoint_no_answer_why,
		['you', m.cause_token_endpoint_no_answer_do],
		['admin', m.cause_token_endpoint_no_answer_do2]
	],
	'token-endpoint.cold-start': [
		m.cause_token_endpoint_cold_start,
		m.cause_token_endpoint_cold_start_why,
		['admin', m.cause_token_endpoint_cold_start_do]
	],
	'token-endpoint.cors': [
		m.cause_token_endpoint_cors,
		m.cause_token_endpoint_cors_why,
		['admin', m.cause_token_endpoint_cors_do]
	],
	'twilio-token.app-not-found': [
		m.cause_twilio_token_app_not_found,
		m.cause_twilio_token_app_not_found_why,
		['admin', m.cause_twilio_token_app_not_found_do]
	],
	'twilio-token.no-incoming': [
		m.cause_twilio_token_no_incoming,
		m.cause_twilio_token_no_incoming_why,
		['admin', m.cause_twilio_token_no_incoming_do]
	],
	'twilio-token.unexpected-account': [
		m.cause_twilio_token_unexpected_account,
		m.cause_twilio_token_unexpected_account_why,
		['admin', m.cause_twilio_token_unexpected_account_do]
	],
	'twilio-token.unexpected-app': [
		m.cause_twilio_token_unexpected_app,
		m.cause_twilio_token_unexpected_app_why,
		['admin', m.cause_twilio_token_unexpected_app_do]
	],
	'signalling.no-answer': [
		m.cause_signalling_no_answer,
		m.cause_signalling_no_answer_why,
		['you', m.cause_signalling_no_answer_do],
		['admin', m.cause_signalling_no_answer_do2]
	],
	'signalling.websocket-blocked': [
		m.cause_signalling_websocket_blocked,
		m.cause_signalling_websocket_blocked_why,
		['admin', m.cause_signalling_websocket_blocked_do],
		['you', m.cause_signalling_websocket_blocked_do2]
	],
	'twilio-signalling.certificate-untrusted': [
		m.cause_twilio_signalling_certificate_untrusted,
		m.cause_twilio_signalling_certificate_untrusted_why,
		['you', m.cause_twilio_signalling_certificate_untrusted_do],
		['admin', m.cause_twilio_signalling_certificate_untrusted_do2]
	],
	'livekit-signalling.certificate-untrusted': [
		m.cause_livekit_signalling_certificate_untrusted,
		m.cause_livekit_signalling_certificate_untrusted_why,
		['you', m.cause_livekit_signalling_certificate_untrusted_do],
		['admin', m.cause_livekit_signalling_certificate_untrusted_do2]
	],
	'twilio-signalling.closed-by-server': [
		m.cause_twilio_signalling_closed_by_server,
		m.cause_twilio_signalling_closed_by_server_why,
		['admin', m.cause_twilio_signalling_closed_by_server_do]
	],
	'twilio-signalling.not-websocket-data': [
		m.cause_twilio_signalling_not_websocket_data,
		m.cause_twilio_signalling_not_websocket_data_why,
		['admin', m.cause_twilio_signalling_not_websocket_data_do]
	],
	'twilio-signalling.refused': [
		m.cause_twilio_signalling_refused,
		m.cause_twilio_signalling_refused_why,
		['admin', m.cause_twilio_signalling_refused_do]
	],
	'livekit-signalling.closed-by-server': [
		m.cause_livekit_signalling_closed_by_server,
		m.cause_livekit_signalling_closed_by_server_why,
		['admin', m.cause_livekit_signalling_closed_by_server_do]
	],
	'livekit-signalling.not-websocket-data': [
		m.cause_livekit_signalling_not_websocket_data,
		m.cause_livekit_signalling_not_websocket_data_why,
		['admin', m.cause_livekit_signalling_not_websocket_data_do]
	],
	'livekit-signalling.refused': [
		m.cause_livekit_signalling_refused,
		m.cause_livekit_signalling_refused_why,
		['admin', m.cause_livekit_signalling_refused_do]
	],
	'twilio-signalling.host-blocked': [
		m.cause_twilio_signalling_host_blocked,
		m.cause_twilio_signalling_host_blocked_why,
		['admin', m.cause_twilio_signalling_host_blocked_do],
		['you', m.cause_twilio_signalling_host_blocked_do2]
	],
	'twilio-signalling.upgrade-refused': [
		m.cause_twilio_signalling_upgrade_refused,
		m.cause_twilio_signalling_upgrade_refused_why,
		['admin', m.cause_twilio_signalling_upgrade_refused_do],
		['you', m.cause_twilio_signalling_upgrade_refused_do2]
	],
	'livekit-signalling.cut': [
		m.cause_livekit_signalling_cut,
		m.cause_livekit_signalling_cut_why,
		['admin', m.cause_livekit_signalling_cut_do]
	],
	'clock.device-wrong': [
		m.cause_clock_device_wrong,
		m.cause_clock_device_wrong_why,
		['you', m.cause_clock_device_wrong_do]
	],
	'clock.token-server-behind': [
		m.cause_clock_token_server_behind,
		m.cause_clock_token_server_behind_why,
		['admin', m.cause_clock_token_server_behind_do]
	],
	'network.captive-portal': [
		m.cause_network_captive_portal,
		m.cause_network_captive_portal_why,
		['you', m.cause_network_captive_portal_do]
	]
} satisfies RowsOf;

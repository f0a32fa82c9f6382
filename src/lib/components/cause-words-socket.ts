import { m } from '#lib/words/messages.js';
import type { RowsOf } from './cause-rows.ts';

/** The words about further WebSockets. */
export const SOCKET_CAUSES = {
	'websocket.certificate-untrusted': [
		m.cause_websocket_certificate_untrusted,
		m.cause_websocket_certificate_untrusted_why,
		['you', m.cause_websocket_certificate_untrusted_do],
		['admin', m.cause_websocket_certificate_untrusted_do2]
	],
	'websocket.closed-by-server': [
		m.cause_websocket_closed_by_server,
		m.cause_websocket_closed_by_server_why,
		['admin', m.cause_websocket_closed_by_server_do]
	],
	'websocket.not-websocket-data': [
		m.cause_websocket_not_websocket_data,
		m.cause_websocket_not_websocket_data_why,
		['admin', m.cause_websocket_not_websocket_data_do]
	],
	'websocket.refused': [
		m.cause_websocket_refused,
		m.cause_websocket_refused_why,
		['admin', m.cause_websocket_refused_do]
	],
	'websocket.handler-crash': [
		m.cause_websocket_handler_crash,
		m.cause_websocket_handler_crash_why,
		['developer', m.cause_websocket_handler_crash_do]
	],
	'websocket.idle-timeout': [
		m.cause_websocket_idle_timeout,
		m.cause_websocket_idle_timeout_why,
		['developer', m.cause_websocket_idle_timeout_do],
		['admin', m.cause_websocket_idle_timeout_do2]
	],
	'websocket.incompatible': [
		m.cause_websocket_incompatible,
		m.cause_websocket_incompatible_why,
		['developer', m.cause_websocket_incompatible_do]
	],
	'websocket.no-confirmation': [
		m.cause_websocket_no_confirmation,
		m.cause_websocket_no_confirmation_why,
		['admin', m.cause_websocket_no_confirmation_do]
	],
	'websocket.overloaded': [
		m.cause_websocket_overloaded,
		m.cause_websocket_overloaded_why,
		['you', m.cause_websocket_overloaded_do],
		['admin', m.cause_websocket_overloaded_do2]
	],
	'websocket.rate-limited': [
		m.cause_websocket_rate_limited,
		m.cause_websocket_rate_limited_why,
		['you', m.cause_websocket_rate_limited_do],
		['admin', m.cause_websocket_rate_limited_do2]
	],
	'websocket.request-rejected': [
		m.cause_websocket_request_rejected,
		m.cause_websocket_request_rejected_why,
		['developer', m.cause_websocket_request_rejected_do]
	],
	'websocket.server-error': [
		m.cause_websocket_server_error,
		m.cause_websocket_server_error_why,
		['admin', m.cause_websocket_server_error_do]
	],
	'websocket.token-expired': [
		m.cause_websocket_token_expired,
		m.cause_websocket_token_expired_why,
		['you', m.cause_websocket_token_expired_do],
		['admin', m.cause_websocket_token_expired_do2]
	],
	'websocket.token-rejected': [
		m.cause_websocket_token_rejected,
		m.cause_websocket_token_rejected_why,
		['admin', m.cause_websocket_token_rejected_do]
	],
	'websocket.unauthorized-handshake': [
		m.cause_websocket_unauthorized_handshake,
		m.cause_websocket_unauthorized_handshake_why,
		['admin', m.cause_websocket_unauthorized_handshake_do],
		['you', m.cause_websocket_unauthorized_handshake_do2]
	],
	'websocket.unknown-agent': [
		m.cause_websocket_unknown_agent,
		m.cause_websocket_unknown_agent_why,
		['you', m.cause_websocket_unknown_agent_do],
		['admin', m.cause_websocket_unknown_agent_do2]
	],
	'websocket.unreachable': [
		m.cause_websocket_unreachable,
		m.cause_websocket_unreachable_why,
		['admin', m.cause_websocket_unreachable_do]
	],
	'websocket.unreadable-address': [
		m.cause_websocket_unreadable_address,
		m.cause_websocket_unreadable_address_why,
		['developer', m.cause_websocket_unreadable_address_do]
	],
	'websocket.upgrade-lost-in-proxy': [
		m.cause_websocket_upgrade_lost_in_proxy,
		m.cause_websocket_upgrade_lost_in_proxy_why,
		['admin', m.cause_websocket_upgrade_lost_in_proxy_do]
	],
	'websocket.upgrade-refused': [
		m.cause_websocket_upgrade_refused,
		m.cause_websocket_upgrade_refused_why,
		['admin', m.cause_websocket_upgrade_refused_do]
	],
	'websocket.worker-exception': [
		m.cause_websocket_worker_exception,
		m.cause_websocket_worker_exception_why,
		['developer', m.cause_websocket_worker_exception_do]
	]
} satisfies RowsOf;

import { m } from '#lib/words/messages.js';
import type { RowsOf } from './cause-rows.ts';

/** The words about calls, their sound, and this device. */
export const DEVICE_CAUSES = {
	'registration.duplicate-identity': [
		m.cause_registration_duplicate_identity,
		m.cause_registration_duplicate_identity_why,
		['you', m.cause_registration_duplicate_identity_do],
		['admin', m.cause_registration_duplicate_identity_do2]
	],
	'registration.not-started': [
		m.cause_registration_not_started,
		m.cause_registration_not_started_why,
		['you', m.cause_registration_not_started_do]
	],
	'registration.token-not-renewed': [
		m.cause_registration_token_not_renewed,
		m.cause_registration_token_not_renewed_why,
		['you', m.cause_registration_token_not_renewed_do],
		['developer', m.cause_registration_token_not_renewed_do2]
	],
	'remote.muted': [m.cause_remote_muted, m.cause_remote_muted_why, ['you', m.cause_remote_muted_do]],
	'media.nothing-sent': [
		m.cause_media_nothing_sent,
		m.cause_media_nothing_sent_why,
		['you', m.cause_media_nothing_sent_do],
		['developer', m.cause_media_nothing_sent_do2]
	],
	'media.poor-quality': [
		m.cause_media_poor_quality,
		m.cause_media_poor_quality_why,
		['you', m.cause_media_poor_quality_do],
		['admin', m.cause_media_poor_quality_do2]
	],
	'media.private-server-address': [
		m.cause_media_private_server_address,
		m.cause_media_private_server_address_why,
		['admin', m.cause_media_private_server_address_do]
	],
	'media.udp-blocked': [
		m.cause_media_udp_blocked,
		m.cause_media_udp_blocked_why,
		['admin', m.cause_media_udp_blocked_do],
		['you', m.cause_media_udp_blocked_do2]
	],
	'turn.overloaded': [
		m.cause_turn_overloaded,
		m.cause_turn_overloaded_why,
		['admin', m.cause_turn_overloaded_do]
	],
	'turn.unreachable': [
		m.cause_turn_unreachable,
		m.cause_turn_unreachable_why,
		['admin', m.cause_turn_unreachable_do]
	],
	'turn.wrong-credentials': [
		m.cause_turn_wrong_credentials,
		m.cause_turn_wrong_credentials_why,
		['admin', m.cause_turn_wrong_credentials_do]
	],
	'microphone.clipping': [
		m.cause_microphone_clipping,
		m.cause_microphone_clipping_why,
		['you', m.cause_microphone_clipping_do]
	],
	'microphone.noisy': [
		m.cause_microphone_noisy,
		m.cause_microphone_noisy_why,
		['you', m.cause_microphone_noisy_do]
	],
	'microphone.prompt-unanswered': [
		m.cause_microphone_prompt_unanswered,
		m.cause_microphone_prompt_unanswered_why,
		['you', m.cause_microphone_prompt_unanswered_do]
	],
	'microphone.silent': [
		m.cause_microphone_silent,
		m.cause_microphone_silent_why,
		['you', m.cause_microphone_silent_do]
	],
	'microphone.system-blocked': [
		m.cause_microphone_system_blocked,
		m.cause_microphone_system_blocked_why,
		['you', m.cause_microphone_system_blocked_do]
	],
	'speaker.no-renderer': [
		m.cause_speaker_no_renderer,
		m.cause_speaker_no_renderer_why,
		['developer', m.cause_speaker_no_renderer_do],
		['you', m.cause_speaker_no_renderer_do2]
	],
	'speaker.not-heard': [
		m.cause_speaker_not_heard,
		m.cause_speaker_not_heard_why,
		['you', m.cause_speaker_not_heard_do]
	],
	'speaker.saved-device-gone': [
		m.cause_speaker_saved_device_gone,
		m.cause_speaker_saved_device_gone_why,
		['you', m.cause_speaker_saved_device_gone_do]
	],
	'speaker.turned-down': [
		m.cause_speaker_turned_down,
		m.cause_speaker_turned_down_why,
		['you', m.cause_speaker_turned_down_do]
	],
	'policy.csp-blocks-token-endpoint': [
		m.cause_policy_csp_blocks_token_endpoint,
		m.cause_policy_csp_blocks_token_endpoint_why,
		['developer', m.cause_policy_csp_blocks_token_endpoint_do]
	],
	'policy.csp-blocks-websocket': [
		m.cause_policy_csp_blocks_websocket,
		m.cause_policy_csp_blocks_websocket_why,
		['developer', m.cause_policy_csp_blocks_websocket_do]
	],
	'policy.frame-blocks-microphone': [
		m.cause_policy_frame_blocks_microphone,
		m.cause_policy_frame_blocks_microphone_why,
		['developer', m.cause_policy_frame_blocks_microphone_do]
	],
	'policy.header-blocks-microphone': [
		m.cause_policy_header_blocks_microphone,
		m.cause_policy_header_blocks_microphone_why,
		['developer', m.cause_policy_header_blocks_microphone_do]
	],
	'policy.ice-forbidden': [
		m.cause_policy_ice_forbidden,
		m.cause_policy_ice_forbidden_why,
		['you', m.cause_policy_ice_forbidden_do],
		['admin', m.cause_policy_ice_forbidden_do2]
	],
	'policy.local-network-access': [
		m.cause_policy_local_network_access,
		m.cause_policy_local_network_access_why,
		['you', m.cause_policy_local_network_access_do],
		['admin', m.cause_policy_local_network_access_do2]
	],
	'app.answered-by-worker': [
		m.cause_app_answered_by_worker,
		m.cause_app_answered_by_worker_why,
		['developer', m.cause_app_answered_by_worker_do],
		['you', m.cause_app_answered_by_worker_do2]
	],
	'app.outdated': [m.cause_app_outdated, m.cause_app_outdated_why, ['you', m.cause_app_outdated_do]],
	'browser.no-storage': [
		m.cause_browser_no_storage,
		m.cause_browser_no_storage_why,
		['you', m.cause_browser_no_storage_do]
	],
	'browser.socket-throttle': [
		m.cause_browser_socket_throttle,
		m.cause_browser_socket_throttle_why,
		['you', m.cause_browser_socket_throttle_do]
	],
	'browser.webrtc-disabled': [
		m.cause_browser_webrtc_disabled,
		m.cause_browser_webrtc_disabled_why,
		['you', m.cause_browser_webrtc_disabled_do]
	]
} satisfies RowsOf;

import type { Decider, Reason } from '#lib/diagnostics/types.ts';
import { m } from '#lib/words/messages.js';

const REASONS: Readonly<Record<Reason, () => string>> = {
	'not-gathered': m.reason_not_gathered,
	'gatherer-denied': m.reason_gatherer_denied,
	'gatherer-timeout': m.reason_gatherer_timeout,
	'gatherer-unsupported': m.reason_gatherer_unsupported,
	'gatherer-crashed': m.reason_gatherer_crashed,
	stopped: m.reason_stopped,
	'not-for-this-kind': m.reason_not_for_this_kind,
	'not-wanted': m.reason_not_wanted,
	'not-configured': m.reason_not_configured,
	'line-switched-off': m.reason_line_switched_off,
	'other-tab-has-the-phone': m.reason_other_tab_has_the_phone,
	'in-a-call': m.reason_in_a_call,
	'no-token': m.reason_no_token,
	'no-address': m.reason_no_address,
	'token-not-readable': m.reason_token_not_readable,
	'would-ask-for-permission': m.reason_would_ask_for_permission,
	'would-disturb': m.reason_would_disturb,
	'nothing-tried': m.reason_nothing_tried,
	'no-call-yet': m.reason_no_call_yet,
	'not-measured': m.reason_not_measured,
	'browser-does-not-say': m.reason_browser_does_not_say,
	'answered-by-service-worker': m.reason_answered_by_service_worker,
	'throttled-by-browser': m.reason_throttled_by_browser,
	'still-waiting': m.reason_still_waiting,
	'depends-on-failed': m.reason_depends_on_failed,
	'no-time-to-compare': m.reason_no_time_to_compare,
	'check-crashed': m.reason_check_crashed
};

const DECIDERS: Readonly<Record<Decider, () => string>> = {
	'other-network': m.decides_other_network,
	'other-browser': m.decides_other_browser,
	'server-log': m.decides_server_log,
	'alternative-address': m.decides_alternative_address,
	'readable-answer': m.decides_readable_answer,
	'answer-without-token': m.decides_answer_without_token,
	'certificate-in-new-tab': m.decides_certificate_in_new_tab,
	'name-lookup': m.decides_name_lookup,
	'firefox-close-code': m.decides_firefox_close_code,
	'console-compare': m.decides_console_compare,
	'test-call': m.decides_test_call,
	'agent-name': m.decides_agent_name,
	'permission-answer': m.decides_permission_answer,
	'other-device': m.decides_other_device,
	'second-run': m.decides_second_run
};

const CHECKS: Readonly<Record<string, () => string>> = {
	offline: m.check_offline,
	browser: m.check_browser,
	configuration: m.check_configuration,
	internet: m.check_internet,
	'websocket-block': m.check_websocket_block,
	clock: m.check_clock,
	'microphone-policy': m.check_microphone_policy,
	webrtc: m.check_webrtc,
	'server-address': m.check_server_address,
	'token-endpoint-policy': m.check_token_endpoint_policy,
	'websocket-policy': m.check_websocket_policy,
	'local-network': m.check_local_network,
	'token-endpoint': m.check_token_endpoint,
	'token-answer': m.check_token_answer,
	'token-endpoint-start': m.check_token_endpoint_start,
	'token-form': m.check_token_form,
	'token-times': m.check_token_times,
	'token-identity': m.check_token_identity,
	'token-grants': m.check_token_grants,
	unreachable: m.check_unreachable,
	'no-answer': m.check_no_answer,
	upgrade: m.check_upgrade,
	'cut-connection': m.check_cut_connection,
	'server-close': m.check_server_close,
	'server-words': m.check_server_words,
	silence: m.check_silence,
	'livekit-address': m.check_livekit_address,
	registration: m.check_registration,
	'token-renewal': m.check_token_renewal,
	'room-join': m.check_room_join,
	'line-state': m.check_line_state,
	'microphone-access': m.check_microphone_access,
	'microphone-sound': m.check_microphone_sound,
	autoplay: m.check_autoplay,
	'speaker-device': m.check_speaker_device,
	relay: m.check_relay,
	'media-path': m.check_media_path,
	'sound-sent': m.check_sound_sent,
	'sound-received': m.check_sound_received,
	playback: m.check_playback,
	'call-quality': m.check_call_quality,
	'agent-invitation': m.check_agent_invitation,
	agent: m.check_agent,
	'duplicate-identity': m.check_duplicate_identity,
	'far-side': m.check_far_side,
	'call-end': m.check_call_end,
	'service-worker': m.check_service_worker,
	'socket-throttle': m.check_socket_throttle,
	storage: m.check_storage,
	build: m.check_build
};

/** Why a check cannot tell, or was left out. */
export const reasonWords = (reason: Reason): string => REASONS[reason]();

/** What would decide between a cause and a runner-up; part of a sentence. */
export const deciderWords = (decider: Decider): string => DECIDERS[decider]();

/** What a check looks at. The id itself for one that has no words. */
export const checkWords = (check: string): string => CHECKS[check]?.() ?? check;

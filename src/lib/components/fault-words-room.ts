import type { Fault } from '#lib/core/errors.ts';
import { m } from '#lib/words/messages.js';
import type { WordsOf } from './fault-words.ts';

/** The words about rooms: their server, its tokens, and the voice agents in them. */
export const ROOM_WORDS: WordsOf<
	Extract<
		Fault,
		| `livekit-url.${string}`
		| `server-url.${string}`
		| `livekit-token.${string}`
		| `livekit-room.${string}`
		| `livekit-signalling.${string}`
		| `livekit-server.${string}`
		| `agent.${string}`
	>
> = {
	'livekit-url.missing': [
		m.fault_livekit_url_missing,
		m.fault_livekit_url_missing_why,
		m.fault_livekit_url_missing_do
	],
	'livekit-url.not-livekit': [
		m.fault_livekit_url_not_livekit,
		m.fault_livekit_url_not_livekit_why,
		m.fault_livekit_url_not_livekit_do
	],
	'server-url.scheme-missing': [
		m.fault_server_url_scheme_missing,
		m.fault_server_url_scheme_missing_why,
		m.fault_server_url_scheme_missing_do
	],
	'server-url.insecure-scheme': [
		m.fault_server_url_insecure_scheme,
		m.fault_server_url_insecure_scheme_why,
		m.fault_server_url_insecure_scheme_do
	],
	'server-url.wrong-path': [
		m.fault_server_url_wrong_path,
		m.fault_server_url_wrong_path_why,
		m.fault_server_url_wrong_path_do
	],
	'livekit-token.expired': [
		m.fault_livekit_token_expired,
		m.fault_livekit_token_expired_why,
		m.fault_livekit_token_expired_do
	],
	'livekit-token.not-yet-valid': [
		m.fault_livekit_token_not_yet_valid,
		m.fault_livekit_token_not_yet_valid_why,
		m.fault_livekit_token_not_yet_valid_do
	],
	'livekit-token.unknown-key': [
		m.fault_livekit_token_unknown_key,
		m.fault_livekit_token_unknown_key_why,
		m.fault_livekit_token_unknown_key_do
	],
	'livekit-token.wrong-secret': [
		m.fault_livekit_token_wrong_secret,
		m.fault_livekit_token_wrong_secret_why,
		m.fault_livekit_token_wrong_secret_do
	],
	'livekit-token.no-join-grant': [
		m.fault_livekit_token_no_join_grant,
		m.fault_livekit_token_no_join_grant_why,
		m.fault_livekit_token_no_join_grant_do
	],
	'livekit-token.no-publish-grant': [
		m.fault_livekit_token_no_publish_grant,
		m.fault_livekit_token_no_publish_grant_why,
		m.fault_livekit_token_no_publish_grant_do
	],
	'livekit-token.wrong-room': [
		m.fault_livekit_token_wrong_room,
		m.fault_livekit_token_wrong_room_why,
		m.fault_livekit_token_wrong_room_do
	],
	'livekit-token.malformed': [
		m.fault_livekit_token_malformed,
		m.fault_livekit_token_malformed_why,
		m.fault_livekit_token_malformed_do
	],
	'livekit-room.duplicate-identity': [
		m.fault_livekit_room_duplicate_identity,
		m.fault_livekit_room_duplicate_identity_why,
		m.fault_livekit_room_duplicate_identity_do
	],
	'livekit-room.removed': [
		m.fault_livekit_room_removed,
		m.fault_livekit_room_removed_why,
		m.fault_livekit_room_removed_do
	],
	'livekit-room.deleted': [
		m.fault_livekit_room_deleted,
		m.fault_livekit_room_deleted_why,
		m.fault_livekit_room_deleted_do
	],
	'livekit-room.full': [
		m.fault_livekit_room_full,
		m.fault_livekit_room_full_why,
		m.fault_livekit_room_full_do
	],
	'livekit-room.not-found': [
		m.fault_livekit_room_not_found,
		m.fault_livekit_room_not_found_why,
		m.fault_livekit_room_not_found_do
	],
	'livekit-signalling.unreachable': [
		m.fault_livekit_signalling_unreachable,
		m.fault_livekit_signalling_unreachable_why,
		m.fault_livekit_signalling_unreachable_do
	],
	'livekit-signalling.silent': [
		m.fault_livekit_signalling_silent,
		m.fault_livekit_signalling_silent_why,
		m.fault_livekit_signalling_silent_do
	],
	'livekit-signalling.upgrade-refused': [
		m.fault_livekit_signalling_upgrade_refused,
		m.fault_livekit_signalling_upgrade_refused_why,
		m.fault_livekit_signalling_upgrade_refused_do
	],
	'livekit-signalling.interrupted': [
		m.fault_livekit_signalling_interrupted,
		m.fault_livekit_signalling_interrupted_why,
		m.fault_livekit_signalling_interrupted_do
	],
	'livekit-server.overloaded': [
		m.fault_livekit_server_overloaded,
		m.fault_livekit_server_overloaded_why,
		m.fault_livekit_server_overloaded_do
	],
	'livekit-server.shut-down': [
		m.fault_livekit_server_shut_down,
		m.fault_livekit_server_shut_down_why,
		m.fault_livekit_server_shut_down_do
	],
	'agent.never-joined': [
		m.fault_agent_never_joined,
		m.fault_agent_never_joined_why,
		m.fault_agent_never_joined_do
	],
	'agent.not-invited': [
		m.fault_agent_not_invited,
		m.fault_agent_not_invited_why,
		m.fault_agent_not_invited_do
	],
	'agent.only-people': [
		m.fault_agent_only_people,
		m.fault_agent_only_people_why,
		m.fault_agent_only_people_do
	],
	'agent.without-audio': [
		m.fault_agent_without_audio,
		m.fault_agent_without_audio_why,
		m.fault_agent_without_audio_do
	],
	'agent.silent': [m.fault_agent_silent, m.fault_agent_silent_why, m.fault_agent_silent_do],
	'agent.left': [m.fault_agent_left, m.fault_agent_left_why, m.fault_agent_left_do],
	'agent.stuck': [m.fault_agent_stuck, m.fault_agent_stuck_why, m.fault_agent_stuck_do]
};

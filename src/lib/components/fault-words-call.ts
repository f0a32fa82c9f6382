import type { Fault } from '#lib/core/errors.ts';
import { m } from '#lib/words/messages.js';
import type { WordsOf } from './fault-words.ts';

/** The words about a call, its sound and the devices. */
export const CALL_WORDS: WordsOf<
	Extract<Fault, `call.${string}` | `media.${string}` | `microphone.${string}` | `speaker.${string}`>
> = {
	'call.bad-caller-id': [
		m.fault_call_bad_caller_id,
		m.fault_call_bad_caller_id_why,
		m.fault_call_bad_caller_id_do
	],
	'call.bad-number': [m.fault_call_bad_number, m.fault_call_bad_number_why, m.fault_call_bad_number_do],
	'call.busy': [m.fault_call_busy, m.fault_call_busy_why, m.fault_call_busy_do],
	'call.declined': [m.fault_call_declined, m.fault_call_declined_why, m.fault_call_declined_do],
	'call.forbidden': [m.fault_call_forbidden, m.fault_call_forbidden_why, m.fault_call_forbidden_do],
	'call.interrupted': [m.fault_call_interrupted, m.fault_call_interrupted_why, m.fault_call_interrupted_do],
	'call.lost': [m.fault_call_lost, m.fault_call_lost_why, m.fault_call_lost_do],
	'call.no-answer': [m.fault_call_no_answer, m.fault_call_no_answer_why, m.fault_call_no_answer_do],
	'call.no-response': [m.fault_call_no_response, m.fault_call_no_response_why, m.fault_call_no_response_do],
	'call.not-found': [m.fault_call_not_found, m.fault_call_not_found_why, m.fault_call_not_found_do],
	'call.refused': [m.fault_call_refused, m.fault_call_refused_why, m.fault_call_refused_do],
	'call.second-call-unsupported': [
		m.fault_call_second_call_unsupported,
		m.fault_call_second_call_unsupported_why,
		m.fault_call_second_call_unsupported_do
	],
	'call.unavailable': [m.fault_call_unavailable, m.fault_call_unavailable_why, m.fault_call_unavailable_do],
	'media.lost': [m.fault_media_lost, m.fault_media_lost_why, m.fault_media_lost_do],
	'media.not-connected': [
		m.fault_media_not_connected,
		m.fault_media_not_connected_why,
		m.fault_media_not_connected_do
	],
	'media.nothing-received': [
		m.fault_media_nothing_received,
		m.fault_media_nothing_received_why,
		m.fault_media_nothing_received_do
	],
	'microphone.blocked': [
		m.fault_microphone_blocked,
		m.fault_microphone_blocked_why,
		m.fault_microphone_blocked_do
	],
	'microphone.in-use': [
		m.fault_microphone_in_use,
		m.fault_microphone_in_use_why,
		m.fault_microphone_in_use_do
	],
	'microphone.missing': [
		m.fault_microphone_missing,
		m.fault_microphone_missing_why,
		m.fault_microphone_missing_do
	],
	'microphone.saved-device-gone': [
		m.fault_microphone_saved_device_gone,
		m.fault_microphone_saved_device_gone_why,
		m.fault_microphone_saved_device_gone_do
	],
	'microphone.unavailable': [
		m.fault_microphone_unavailable,
		m.fault_microphone_unavailable_why,
		m.fault_microphone_unavailable_do
	],
	'speaker.autoplay-blocked': [
		m.fault_speaker_autoplay_blocked,
		m.fault_speaker_autoplay_blocked_why,
		m.fault_speaker_autoplay_blocked_do
	]
};

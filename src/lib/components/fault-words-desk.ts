import type { Fault } from '#lib/core/errors.ts';
import { m } from '#lib/words/messages.js';
import type { WordsOf } from './fault-words.ts';

/** The words about what is typed, the rules of dialling, the lines and config.json. */
export const DESK_WORDS: WordsOf<
	Extract<
		Fault,
		`address.${string}` | `dialling.${string}` | `command.${string}` | `line.${string}` | `config.${string}`
	>
> = {
	'address.empty': [m.fault_address_empty, m.fault_address_empty_why, m.fault_address_empty_do],
	'address.invalid': [m.fault_address_invalid, m.fault_address_invalid_why, m.fault_address_invalid_do],
	'address.unsupported': [
		m.fault_address_unsupported,
		m.fault_address_unsupported_why,
		m.fault_address_unsupported_do
	],
	'dialling.emergency': [
		m.fault_dialling_emergency,
		m.fault_dialling_emergency_why,
		m.fault_dialling_emergency_do
	],
	'dialling.not-allowed': [
		m.fault_dialling_not_allowed,
		m.fault_dialling_not_allowed_why,
		m.fault_dialling_not_allowed_do
	],
	'dialling.too-many-calls': [
		m.fault_dialling_too_many_calls,
		m.fault_dialling_too_many_calls_why,
		m.fault_dialling_too_many_calls_do
	],
	'command.not-now': [m.fault_command_not_now, m.fault_command_not_now_why, m.fault_command_not_now_do],
	'command.unsupported': [
		m.fault_command_unsupported,
		m.fault_command_unsupported_why,
		m.fault_command_unsupported_do
	],
	'line.closed': [m.fault_line_closed, m.fault_line_closed_why, m.fault_line_closed_do],
	'line.not-ready': [m.fault_line_not_ready, m.fault_line_not_ready_why, m.fault_line_not_ready_do],
	'line.in-another-tab': [
		m.fault_line_in_another_tab,
		m.fault_line_in_another_tab_why,
		m.fault_line_in_another_tab_do
	],
	'config.unreachable': [
		m.fault_config_unreachable,
		m.fault_config_unreachable_why,
		m.fault_config_unreachable_do
	],
	'config.not-json': [m.fault_config_not_json, m.fault_config_not_json_why, m.fault_config_not_json_do],
	'config.invalid': [m.fault_config_invalid, m.fault_config_invalid_why, m.fault_config_invalid_do]
};

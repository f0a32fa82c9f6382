import type { SectionChange } from '#lib/config/config-changes.ts';
import type { Unreadable } from '#lib/config/offered-text.ts';
import type { DraftField, Preset } from '#lib/state/setup-draft.ts';
import type { Step } from '#lib/state/setup.svelte.ts';
import { m } from '#lib/words/messages.js';

/** Why a text of somebody else is no set-up. */
export function unreadableWords(unreadable: Unreadable): string {
	switch (unreadable.why) {
		case 'empty':
			return m.setup_empty();
		case 'too-long':
			return m.setup_too_long({ limit: unreadable.limitKiB });
		case 'too-deep':
			return m.setup_too_deep({ limit: unreadable.limit });
		case 'not-json':
			return m.setup_not_json({ line: unreadable.line, column: unreadable.column });
		case 'no-object':
			return m.setup_no_object();
		case 'strange-key':
			return m.setup_strange_key();
		case 'not-base64url':
			return m.setup_not_base64url();
		case 'not-utf8':
			return m.setup_not_utf8();
	}
}

type Words = readonly [name: () => string, hint: () => string];

const PRESETS: Readonly<Record<Preset, Words>> = {
	twilio: [m.preset_twilio, m.preset_twilio_hint],
	'livekit-cloud': [m.preset_cloud, m.preset_cloud_hint],
	livekit: [m.preset_livekit, m.preset_livekit_hint],
	json: [m.preset_json, m.preset_json_hint]
};

const FIELDS: Readonly<Record<DraftField, Words>> = {
	label: [m.field_label, m.field_label_hint],
	tokenUrl: [m.field_token, m.field_token_hint],
	identity: [m.field_identity, m.field_identity_hint],
	serverUrl: [m.field_server, m.field_server_hint],
	appSid: [m.field_app, m.field_app_hint],
	agent: [m.field_agent, m.field_agent_hint]
};

const STEPS: Readonly<Record<Step, () => string>> = {
	line: m.step_line,
	details: m.step_details,
	try: m.step_try,
	save: m.step_save,
	sound: m.step_sound,
	done: m.step_done
};

const SECTIONS: Readonly<Record<SectionChange['section'], () => string>> = {
	name: m.section_name,
	theme: m.scheme,
	language: m.language,
	dialling: m.section_dialling,
	history: m.nav_history
};

const named = ([name, hint]: Words) => ({ name: name(), hint: hint() });
export const presetWords = (preset: Preset) => named(PRESETS[preset]);
export const fieldWords = (field: DraftField) => named(FIELDS[field]);
export const stepWords = (step: Step): string => STEPS[step]();
export const sectionWords = (section: SectionChange['section']): string => SECTIONS[section]();

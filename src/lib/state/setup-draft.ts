import { isWritten, type WrittenConfig } from '#lib/config/own-config.ts';
import type { Problem } from '#lib/config/problem.ts';

export const PRESETS = ['twilio', 'livekit-cloud', 'livekit', 'json'] as const;
export type Preset = (typeof PRESETS)[number];

/** What somebody has filled in so far. Nothing of it is in force. */
export interface Draft {
	readonly preset: Preset;
	readonly label: string;
	readonly tokenUrl: string;
	readonly identity: string;
	readonly serverUrl: string;
	readonly appSid: string;
	/** The name of the voice agent that is invited; LiveKit. */
	readonly agent: string;
	/** The token server asks who is there: a key, kept in memory only. */
	readonly wantsKey: boolean;
	/** A whole config, for `json`. */
	readonly json: string;
}

export type DraftField = Exclude<keyof Draft, 'preset' | 'wantsKey' | 'json'>;

export const EMPTY_DRAFT: Draft = {
	preset: 'twilio',
	label: '',
	tokenUrl: '',
	identity: '',
	serverUrl: '',
	appSid: '',
	agent: '',
	wantsKey: false,
	json: ''
};

const isLiveKit = (preset: Preset): boolean => preset === 'livekit-cloud' || preset === 'livekit';

/** What is asked for, in this order. */
export function fieldsOf(preset: Preset): readonly DraftField[] {
	if (preset === 'json') return [];
	return isLiveKit(preset)
		? ['label', 'tokenUrl', 'serverUrl', 'identity', 'agent']
		: ['label', 'tokenUrl', 'identity', 'appSid'];
}

/** The entry that the fields describe. What is not filled in is not in it, but for the token server, which has to be. */
export function draftLine(draft: Draft): WrittenConfig {
	const { preset, wantsKey } = draft;
	const label = draft.label.trim();
	const kind = isLiveKit(preset) ? 'livekit' : 'twilio';
	const token = { url: draft.tokenUrl.trim(), ...(wantsKey ? { auth: { kind: 'bearer' } } : {}) };
	const common = {
		id: idOf(label, kind),
		kind,
		...filled({ label }),
		token,
		...filled({ identity: draft.identity })
	};
	if (kind === 'twilio') return { ...common, ...wrapped('expect', filled({ twimlAppSid: draft.appSid })) };
	return {
		...common,
		...filled({ serverUrl: draft.serverUrl }),
		...(draft.agent.trim() === '' ? {} : { agent: { name: draft.agent.trim(), expected: true } })
	};
}

/**
 * The config with that line: first, in the place of one with its id, beside the lines that are there already. A line that
 * cannot be taken over unchanged is not in `inForce` in the first place.
 */
export function draftConfig(draft: Draft, inForce: WrittenConfig): WrittenConfig {
	const line = draftLine(draft);
	const lines = Array.isArray(inForce['lines']) ? (inForce['lines'] as readonly unknown[]) : [];
	const others = lines.filter((one) => !isWritten(one) || one['id'] !== line['id']);
	const practice = others.some((one) => isWritten(one) && one['kind'] === 'practice')
		? []
		: [{ id: line['id'] === 'practice' ? 'practice-line' : 'practice', kind: 'practice' }];
	return { ...inForce, lines: [line, ...others, ...practice] };
}

const PLACES: readonly (readonly [start: string, field: DraftField])[] = [
	['lines[0].token', 'tokenUrl'],
	['lines[0].label', 'label'],
	['lines[0].identity', 'identity'],
	['lines[0].serverUrl', 'serverUrl'],
	['lines[0].expect', 'appSid'],
	['lines[0].agent', 'agent']
];

/** The field in which a problem of {@link draftConfig} is put right. */
export const fieldOf = ({ path }: Problem): DraftField | undefined =>
	PLACES.find(([start]) => path === start || path.startsWith(`${start}.`))?.[1];

/** A name for addresses and reports, from what people read. */
function idOf(label: string, kind: string): string {
	const words = label
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 32);
	return words.replace(/^-+|-+$/g, '') || kind;
}

const filled = (fields: Readonly<Record<string, string>>): WrittenConfig =>
	Object.fromEntries(
		Object.entries(fields).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]]))
	);

const wrapped = (key: string, fields: WrittenConfig): WrittenConfig =>
	Object.keys(fields).length === 0 ? {} : { [key]: fields };

import type { Json, TokenEvidence } from '#lib/diagnostics/types.ts';
import { m } from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';

export interface ClaimRow {
	/** As a dotted path: 'grants.voice.outgoing.application_sid'. */
	readonly name: string;
	readonly value: string;
	/** What it means, where that is known. */
	readonly means: string;
}

interface Expected {
	readonly twimlAppSid?: string;
	readonly accountSid?: string;
}

/** Ages and times of a token: seconds since 1970. */
const TIMES = ['iat', 'nbf', 'exp'];
/** ECMA-262, 21.4.1.1: what is further from 1970 has no date. */
const LAST_SECOND = 8.64e12;
const DEEPEST = 6;

/** A token's claims, flat and in their order; never the signature. `now` in wall ms. */
export function claimRows(
	{ claims }: TokenEvidence,
	now: number,
	expected: Expected = {}
): readonly ClaimRow[] {
	const rows = [...flat('header', claims?.header ?? {}), ...flat('', claims?.payload ?? {})];
	return rows.map(([name, value]) => ({
		name,
		value: shown(name, value),
		means: meaning(name, value, now, expected)
	}));
}

function flat(at: string, value: Json, depth = 0): readonly (readonly [string, Json])[] {
	if (value === null || typeof value !== 'object' || depth > DEEPEST) return [[at, value]];
	const entries = Object.entries(value as Readonly<Record<string, Json>>);
	if (entries.length === 0) return [[at, Array.isArray(value) ? '[]' : '{}']];
	return entries.flatMap(([name, one]) => flat(at === '' ? name : `${at}.${name}`, one, depth + 1));
}

const isTime = (name: string, value: Json): value is number =>
	TIMES.includes(name) && typeof value === 'number' && Math.abs(value) <= LAST_SECOND;

function shown(name: string, value: Json): string {
	if (!isTime(name, value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
	return new Intl.DateTimeFormat(getLocale(), { dateStyle: 'short', timeStyle: 'medium' }).format(
		value * 1000
	);
}

function meaning(name: string, value: Json, now: number, expected: Expected): string {
	if (isTime(name, value)) return away(value * 1000 - now);
	if (name === 'grants.voice.outgoing.application_sid')
		return compared(value, expected.twimlAppSid, m.claim_app());
	if (name === 'sub' && typeof value === 'string' && value.startsWith('AC'))
		return compared(value, expected.accountSid, m.claim_account());
	if (name === 'grants.voice.incoming.allow')
		return value === true ? m.claim_incoming() : m.claim_no_incoming();
	if (name === 'grants.identity' || name === 'sub') return m.claim_identity();
	if (name === 'video.room') return m.claim_room();
	if (name === 'video.roomJoin') return m.claim_join();
	if (name === 'video.canPublish') return m.claim_publish();
	if (/^roomConfig\.agents\.\d+\.agentName$/.test(name)) return m.claim_agent();
	return '';
}

const compared = (value: Json, expected: string | undefined, means: string): string =>
	expected === undefined ? means : value === expected ? m.claim_expected() : m.claim_unexpected();

function away(ms: number): string {
	const format = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' });
	const seconds = Math.round(ms / 1000);
	if (Math.abs(seconds) < 90) return format.format(seconds, 'second');
	const minutes = Math.round(seconds / 60);
	return Math.abs(minutes) < 120
		? format.format(minutes, 'minute')
		: format.format(Math.round(minutes / 60), 'hour');
}

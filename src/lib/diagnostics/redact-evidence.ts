import { redact } from '#lib/core/redact.ts';
import type { Claims, Facts, Json } from './types.ts';

/** Values of these names are left out whatever they are: names of people and devices. */
const PERSONAL = /^(?:identity|label|deviceLabel|participant)$/i;
/** Of a token only what is about it, never about its owner. */
const PLAIN_CLAIMS = ['exp', 'nbf', 'iat'];
const DEEPEST = 24;
const WIDEST = 400;

/** A copy without what must not leave the device: every text and every name in it, at any depth. */
export function redactJson(value: unknown, depth = DEEPEST): Json {
	if (typeof value === 'string') return redact(value);
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'boolean' || value === null) return value;
	if (typeof value !== 'object' || depth === 0) return null;
	if (Array.isArray(value)) return value.slice(0, WIDEST).map((one) => redactJson(one, depth - 1));
	if (isClaims(value)) return claimsSummary(value);
	const entries = Object.entries(value)
		.filter(([, one]) => one !== undefined)
		.slice(0, WIDEST)
		.map(([name, one]: [string, unknown]) => [
			redact(name),
			PERSONAL.test(name) && typeof one === 'string' ? '[name]' : redactJson(one, depth - 1)
		]);
	return Object.fromEntries(entries) as Json;
}

/** Facts keep their shape. */
export const redactFacts = (facts: Facts): Facts => redactJson(facts) as Facts;

const isClaims = (value: object): value is Claims =>
	'length' in value && typeof value.length === 'number' && ('payload' in value || 'error' in value);

/** Times, kind of key, and the names of what is granted: enough for support, useless to anybody else. */
function claimsSummary({ error, length, header, payload }: Claims): Json {
	return {
		length,
		...(error ? { error } : {}),
		...(header ? { header: redactJson({ alg: header['alg'], typ: header['typ'], cty: header['cty'] }) } : {}),
		...(payload ? { payload: namesOf(payload, 4) } : {})
	};
}

function namesOf(fields: Readonly<Record<string, Json>>, depth: number): Json {
	const entries = Object.entries(fields)
		.slice(0, WIDEST)
		.map(([name, value]) => [redact(name), claimOf(name, value, depth)] as const);
	return Object.fromEntries(entries);
}

function claimOf(name: string, value: Json, depth: number): Json {
	if (typeof value === 'boolean' || value === null) return value;
	if (typeof value === 'number') return PLAIN_CLAIMS.includes(name) ? value : '[number]';
	if (typeof value === 'string') return /^(?:AC|SK|AP|API)/.test(value) ? `${value.slice(0, 2)}…` : '[text]';
	if (Array.isArray(value)) return `[list of ${value.length}]`;
	return depth === 0 ? '[deep]' : namesOf(value as Readonly<Record<string, Json>>, depth - 1);
}

import { redact } from '#lib/core/redact.ts';
import { namesIn } from './personal-names.ts';
import type { Claims, Evidence, Facts, Json } from './types.ts';

/** Values of these names are left out whatever they are: names of people and devices. */
const PERSONAL = /^(?:identity|label|deviceLabel|participant)$/i;
/** What others have written, where a name may be all that there is. */
const FOREIGN = /^(?:firstFrames|said|text|excerpt|reason|message|detail|what)$/;
/** Of a token only what is about it, never about its owner. */
const PLAIN_CLAIMS = ['exp', 'nbf', 'iat'];
/** How tokens name their kind: 'HS256', 'JWT', 'twilio-fpa;v=1'. */
const KIND = /^[\w.+/;=-]{1,32}$/;
const DEEPEST = 24;
const WIDEST = 400;

/** Takes out of a report what must not leave the device: secrets everywhere, and the names by which this phone is known. */
export class Redaction {
	readonly #name: RegExp | undefined;

	/** @param evidence of the run: servers repeat an identity in words of their own, where only who knows it can tell */
	constructor(evidence: Evidence) {
		const names = namesIn(evidence).map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
		// Not as part of a word, nor of a host.
		const bounded = `(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?![\\p{L}\\p{N}]|\\.\\p{L})`;
		this.#name = names.length > 0 ? new RegExp(bounded, 'giu') : undefined;
	}

	/** A copy without them: every text and every name in it, at any depth. */
	json(value: unknown): Json {
		return this.#copy(value, '', DEEPEST);
	}

	/** Facts keep their shape. */
	facts(facts: Facts): Facts {
		return this.json(facts) as Facts;
	}

	#text(text: string, field: string): string {
		const clean = redact(text);
		if (!this.#name) return clean;
		const nameless = clean.replace(this.#name, '[name]');
		// A word of our own can be the same as somebody's name.
		return nameless === '[name]' && !FOREIGN.test(field) ? clean : nameless;
	}

	#copy(value: unknown, field: string, depth: number): Json {
		if (typeof value === 'string') return this.#text(value, field);
		if (typeof value === 'number') return Number.isFinite(value) ? value : null;
		if (typeof value === 'boolean' || value === null) return value;
		if (typeof value !== 'object' || depth === 0) return null;
		if (Array.isArray(value)) return value.slice(0, WIDEST).map((one) => this.#copy(one, field, depth - 1));
		if (isClaims(value)) return claimsSummary(value);
		const entries = Object.entries(value)
			.filter(([, one]) => one !== undefined)
			.slice(0, WIDEST)
			.map(([name, one]: [string, unknown]) => [
				redact(name),
				PERSONAL.test(name) && typeof one === 'string' ? '[name]' : this.#copy(one, name, depth - 1)
			]);
		return Object.fromEntries(entries) as Json;
	}
}

const isClaims = (value: object): value is Claims =>
	'length' in value && typeof value.length === 'number' && ('payload' in value || 'error' in value);

/** Times, kind of key, and the names of what is granted: enough for support, useless to anybody else. */
function claimsSummary({ error, length, header, payload }: Claims): Json {
	const kindOf = (name: string) => {
		const kind = header?.[name];
		if (typeof kind !== 'string') return null;
		return KIND.test(kind) ? redact(kind) : '[text]';
	};
	return {
		length,
		...(error ? { error } : {}),
		...(header ? { header: { alg: kindOf('alg'), typ: kindOf('typ'), cty: kindOf('cty') } } : {}),
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

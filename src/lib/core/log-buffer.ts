import { LineError } from './errors.ts';
import type { Clock, Log, LogLevel } from './ports.ts';
import { redact } from './redact.ts';
import { Secret } from './secret.ts';

/** What a fact becomes in the log: plain data without secrets. */
export type LoggedFact =
	string | number | boolean | null | readonly LoggedFact[] | { readonly [name: string]: LoggedFact };

export interface LogEntry {
	/** Wall time, ms since 1970. */
	readonly at: number;
	readonly level: LogLevel;
	readonly what: string;
	readonly facts: Readonly<Record<string, LoggedFact>>;
}

const LONGEST_TEXT = 1_000;
const DEEPEST = 4;
const WIDEST = 40;
/** Facts whose name says that their text must not be looked at. */
const HIDDEN_NAME = /(?:password|secret|token|jwt|bearer|authorization|cookie|credential|api[_-]?key)$/i;

/** The last things that happened, redacted on the way in: what a report may quote. */
export class LogBuffer {
	readonly #clock: Pick<Clock, 'now'>;
	readonly #size: number;
	#entries: LogEntry[] = [];

	/** @param size how many entries are kept */
	constructor(clock: Pick<Clock, 'now'>, size = 500) {
		this.#clock = clock;
		this.#size = size;
	}

	/** Never throws, whatever the facts are. */
	readonly log: Log = (level, what, facts = {}) => {
		const clean = cleanFact(facts, DEEPEST);
		this.#entries.push({
			at: this.#clock.now(),
			level,
			what: cleanText(what),
			facts: isRecord(clean) ? clean : {}
		});
		// In slices, so that a busy log does not move the whole buffer each time.
		if (this.#entries.length >= 1.2 * this.#size) this.#entries = this.#entries.slice(-this.#size);
	};

	/** Oldest first. */
	entries(): readonly LogEntry[] {
		return this.#entries.slice(-this.#size);
	}
}

const isRecord = (fact: LoggedFact): fact is Readonly<Record<string, LoggedFact>> =>
	typeof fact === 'object' && fact !== null && !Array.isArray(fact);

function cleanText(text: string): string {
	const clean = redact(text);
	return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}…` : clean;
}

function cleanFact(fact: unknown, depth: number): LoggedFact {
	try {
		if (typeof fact === 'string') return cleanText(fact);
		if (typeof fact === 'number') return Number.isFinite(fact) ? fact : String(fact);
		if (typeof fact === 'boolean' || fact === null) return fact;
		if (typeof fact === 'bigint') return cleanText(String(fact));
		if (typeof fact !== 'object') return typeof fact;
		if (fact instanceof Secret) return '[secret]';
		if (fact instanceof LineError) return cleanObject(fact.toJSON(), depth);
		if (fact instanceof Error) return cleanText(`${fact.name}: ${fact.message}`);
		if (depth === 0) return '[deep]';
		if (Array.isArray(fact)) return fact.slice(0, WIDEST).map((item) => cleanFact(item, depth - 1));
		return cleanObject(fact, depth);
	} catch {
		return '[unreadable]';
	}
}

function cleanObject(fact: object, depth: number): Readonly<Record<string, LoggedFact>> {
	const clean: [string, LoggedFact][] = [];
	for (const [name, value] of Object.entries(fact).slice(0, WIDEST)) {
		if (value === undefined) continue;
		const hidden = typeof value === 'string' && HIDDEN_NAME.test(name);
		clean.push([cleanText(name), hidden ? '[secret]' : cleanFact(value, depth - 1)]);
	}
	// Whatever the names are, `__proto__` too, each is a property of its own. Without a prototype it would take twice the memory.
	return Object.fromEntries(clean);
}

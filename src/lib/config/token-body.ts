import type { FaultFacts } from '#lib/core/errors.ts';
import { redact } from '#lib/core/redact.ts';
import { err, ok, type Result } from '#lib/core/result.ts';
import type { TokenSettings } from './token-settings.ts';

const SAID = ['error', 'error.message', 'message', 'error_description', 'detail', 'msg', 'errors.0.message'];
const MOST_SAID = 200;

/** JSON from outside; the reason of a failure is thrown away, since it may quote what it could not read. */
export function parseJson(text: string): Result<unknown, 'not-json'> {
	try {
		return ok(JSON.parse(text) as unknown);
	} catch {
		return err('not-json');
	}
}

/** What stands at a dotted path: 'data.token', 'tokens.0'. Own properties only. */
export function valueAt(value: unknown, path: string): unknown {
	let at = value;
	for (const key of path.split('.')) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
		at = (at as Readonly<Record<string, unknown>>)[key];
	}
	return at;
}

/** What a body that is no JSON seems to be. */
export function bodyKind(text: string): 'html' | 'text' | 'utf-16' {
	if (text.includes('\u0000') || text.startsWith('\ufffd\ufffd')) return 'utf-16';
	return /^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text) ? 'html' : 'text';
}

/** The endpoint's own words, cut and redacted, as a fact; nothing when it said nothing readable. */
export function said(text: string, response: TokenSettings['response']): FaultFacts {
	const parsed = parseJson(text);
	const paths = response.error === undefined ? SAID : [response.error, ...SAID];
	const values = parsed.ok ? paths.map((path) => valueAt(parsed.value, path)) : [];
	const plain = parsed.ok ? parsed.value : bodyKind(text) === 'text' ? text : undefined;
	const words = [...values, plain].find((value) => typeof value === 'string' && value.trim() !== '');
	if (typeof words !== 'string') return {};
	// Redacted before it is cut: half a secret would not be recognised.
	const clean = redact(words.slice(0, 4096)).replace(/\s+/g, ' ').trim();
	return { said: clean.length > MOST_SAID ? `${clean.slice(0, MOST_SAID - 1)}…` : clean };
}

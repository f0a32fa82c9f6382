import { safeParse, type BaseIssue, type GenericIssue, type GenericSchema } from 'valibot';
import { err, ok, type Result } from '#lib/core/result.ts';
import type { Problem } from './problem.ts';

/** What was read of an entry. `warnings` are there in both cases; an entry with errors has no value. */
export type Checked<T> = Result<T, readonly Problem[]> & { readonly warnings: readonly Problem[] };

/** Reads `raw` by `schema`. Unknown keys are warnings; wrong and missing values are errors. Never throws. */
export function check<T>(schema: GenericSchema<unknown, T>, raw: unknown, path: string): Checked<T> {
	const warnings: Problem[] = [];
	const errors: Problem[] = [];
	walk(schema, raw, path, warnings, errors);
	const parsed = safeParse(schema, raw);
	if (!parsed.success && errors.length === 0)
		errors.push(...parsed.issues.map((issue) => problemOf(issue, path)));
	const read: Result<T, readonly Problem[]> =
		parsed.success && errors.length === 0 ? ok(parsed.output) : err(errors);
	return { ...read, warnings };
}

/** Appends a key or an index: 'lines' and 0 give 'lines[0]'. A key that is no plain word is quoted, and cut. */
export function pathTo(path: string, key: string | number): string {
	if (typeof key === 'number') return `${path}[${key}]`;
	if (/^[\w$-]{1,60}$/.test(key)) return path === '' ? key : `${path}.${key}`;
	return `${path}[${JSON.stringify(key.slice(0, 60))}]`;
}

/** What kind of thing stands there, never the thing itself: it may be a secret. */
export function kindOf(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	return Array.isArray(value) ? 'list' : typeof value;
}

interface Shape {
	readonly type: string;
	readonly entries?: Readonly<Record<string, Shape>>;
	readonly item?: Shape;
	readonly wrapped?: Shape;
}

/** What the schema library lets pass: unknown keys (it drops them) and lists in the place of objects. */
function walk(shape: Shape, raw: unknown, path: string, warnings: Problem[], errors: Problem[]): void {
	if (shape.wrapped) return walk(shape.wrapped, raw, path, warnings, errors);
	const { entries, item } = shape;
	if (item && Array.isArray(raw)) raw.forEach((one, i) => walk(item, one, pathTo(path, i), warnings, errors));
	if (!entries || typeof raw !== 'object' || raw === null) return;
	if (Array.isArray(raw)) {
		errors.push(problem(path, 'wrong-type', { found: 'list', allowed: '{…}' }));
		return;
	}
	for (const [key, value] of Object.entries(raw)) {
		const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
		if (entry) walk(entry, value, pathTo(path, key), warnings, errors);
		else warnings.push(unknownKey(pathTo(path, key), Object.keys(entries)));
	}
}

export function unknownKey(path: string, known: readonly string[]): Problem {
	return { path, severity: 'warning', code: 'unknown-key', facts: { allowed: known.join(', ') } };
}

export function problem(path: string, code: Problem['code'], facts: Problem['facts']): Problem {
	return { path, severity: 'error', code, facts };
}

function problemOf(issue: GenericIssue, base: string): Problem {
	const path = (issue.path ?? []).reduce((at, item) => pathTo(at, item.key as string | number), base);
	const found = kindOf(issue.input);
	return problem(path, codeOf(issue, found), { found, allowed: allowedBy(issue) });
}

function codeOf(issue: GenericIssue, found: string): Problem['code'] {
	if (found === 'nothing') return 'missing';
	if (issue.kind !== 'schema') return 'wrong-value';
	return issue.type === 'picklist' && found === 'string' ? 'wrong-value' : 'wrong-type';
}

const NOTATION: Readonly<Record<string, string>> = {
	string: '"…"',
	boolean: 'true | false',
	number: '123',
	Array: '[…]',
	Object: '{…}'
};

/** A notation that needs no language. Schemas with a form of their own say it in their message. */
function allowedBy(issue: BaseIssue<unknown>): string {
	if (!issue.message.startsWith('Invalid ')) return issue.message;
	const expected = issue.expected ?? '';
	return NOTATION[expected] ?? expected.replace(/^\((.*)\)$/s, '$1');
}

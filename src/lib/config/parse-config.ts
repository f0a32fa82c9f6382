import { exactOptional, object, string, type GenericSchema } from 'valibot';
import { check, kindOf, pathTo, problem, unknownKey } from './check.ts';
import {
	DEFAULT_CONFIG,
	PRACTICE_LINE,
	type Config,
	type Probe,
	type RawLine,
	type RawProbe
} from './config.ts';
import { id, label } from './forms.ts';
import type { Problem } from './problem.ts';
import { probeEntry, SECTIONS } from './sections.ts';
import { findServerSecrets } from './server-secrets.ts';

/** What every line has in common; the rest belongs to its kind. */
const lineEntry = object({ id, kind: string(), label: exactOptional(label) });

const KEYS: readonly string[] = ['$schema', 'lines', 'probes', ...Object.keys(SECTIONS)];
const MOST_PROBLEMS = 200;

/** Whether the file says nothing: no key but `$schema`. */
export function isEmpty(raw: unknown): boolean {
	return kindOf(raw) === 'object' && Object.keys(raw as object).every((key) => key === '$schema');
}

/**
 * Reads config.json. What is wrong is set aside, a line, a probe or a section at a time, with a problem that says where
 * and what; the rest works. Where no line is written at all the practice line stands in. Never throws, changes nothing
 * in `raw`.
 */
export function parseConfig(raw: unknown): {
	readonly config: Config;
	readonly problems: readonly Problem[];
} {
	const problems: Problem[] = [];
	const readable = kindOf(raw) === 'object';
	if (!readable) problems.push(problem('', 'wrong-type', { found: kindOf(raw), allowed: '{…}' }));
	const file = readable ? (raw as Readonly<Record<string, unknown>>) : {};

	const sections: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(file)) {
		if (key === 'lines' || key === 'probes' || key === '$schema') continue;
		const section = readSection(key, value, problems);
		if (section !== undefined) sections[key] = section;
	}
	const lines = readEntries('lines', file['lines'], lineEntry, problems).map(
		({ value, path, raw }): RawLine => {
			return { ...value, path, raw };
		}
	);
	const probes = readEntries('probes', file['probes'], probeEntry, problems, 'with warnings');
	const probesSetAside = entriesSetAside('probes', file['probes'], probes);
	const config = {
		...DEFAULT_CONFIG,
		...sections,
		lines:
			kindOf(file['lines']) === 'list' && (file['lines'] as unknown[]).length > 0 ? lines : [PRACTICE_LINE],
		probes: probes.map(({ value }): Probe => value),
		...(probesSetAside.length > 0 ? { probesSetAside } : {})
	};
	return { config, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** The value of a section in order; undefined where the default stands. */
function readSection(key: string, value: unknown, problems: Problem[]): unknown {
	if (refused({ [key]: value }, '', problems)) return undefined;
	if (!Object.hasOwn(SECTIONS, key)) {
		problems.push(unknownKey(pathTo('', key), KEYS));
		return undefined;
	}
	const schema: GenericSchema = SECTIONS[key as keyof typeof SECTIONS];
	const section = check(schema, value, key);
	problems.push(...section.warnings);
	if (section.ok) return section.value;
	problems.push(...section.error);
	return undefined;
}

interface Entry<T> {
	readonly path: string;
	readonly raw: unknown;
	readonly value: T;
}

/** The entries in order, of which no id comes twice. */
function readEntries<T extends { readonly id: string }>(
	key: string,
	list: unknown,
	schema: GenericSchema<unknown, T>,
	problems: Problem[],
	warn?: 'with warnings'
): readonly Entry<T>[] {
	if (list === undefined) return [];
	if (!Array.isArray(list)) {
		problems.push(problem(key, 'wrong-type', { found: kindOf(list), allowed: '[…]' }));
		return [];
	}
	const entries: Entry<T>[] = [];
	list.forEach((raw: unknown, at) => {
		const path = pathTo(key, at);
		if (refused(raw, path, problems)) return;
		const read = check(schema, raw, path);
		if (warn) problems.push(...read.warnings);
		if (!read.ok) problems.push(...read.error);
		else {
			const twin = entries.find((entry) => entry.value.id === read.value.id);
			if (!twin) entries.push({ path, raw, value: read.value });
			else
				problems.push(
					problem(pathTo(path, 'id'), 'duplicate-id', { found: read.value.id, allowed: `≠ ${twin.path}` })
				);
		}
	});
	return entries;
}

/** Entries with an id of their own that are not among those in order; nothing of one that holds a server's secret. */
function entriesSetAside(
	key: string,
	list: unknown,
	inOrder: readonly { readonly path: string; readonly value: { readonly id: string } }[]
): readonly RawProbe[] {
	if (!Array.isArray(list)) return [];
	return list.flatMap((raw: unknown, at): readonly RawProbe[] => {
		const path = pathTo(key, at);
		const name = (raw as { readonly id?: unknown } | null)?.id;
		const isKnown = inOrder.some((entry) => entry.path === path || entry.value.id === name);
		if (isKnown || typeof name !== 'string' || name === '' || refused(raw, path, [])) return [];
		return [{ id: name.slice(0, 32), path, raw }];
	});
}

/** Whether a server's secret stands in there. */
function refused(value: unknown, path: string, problems: Problem[]): boolean {
	const secrets = findServerSecrets(value, path);
	problems.push(...secrets.map((at) => problem(at, 'server-secret', {})));
	return secrets.length > 0;
}

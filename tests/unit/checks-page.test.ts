import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { causeWords } from '#lib/components/cause-words.ts';
import { checkWords } from '#lib/components/check-words.ts';
import { causeOf, FURTHER_CAUSES } from '#lib/diagnostics/causes.ts';
import { CHECKS } from '#lib/diagnostics/checks/index.ts';
import { ROWS } from '#lib/diagnostics/fault-rows/index.ts';
import { judge } from '#lib/diagnostics/judge.ts';
import { evidence } from '#lib/diagnostics/testing.ts';
import { FAULTS } from '#lib/core/errors.ts';
import { overwriteGetLocale } from '#lib/words/runtime.js';
import { NOT_INJECTED } from '../faults/not-injected.ts';
import { freshTables } from '../support/markdown-tables.ts';

const PAGE = new URL('../../docs/checks.md', import.meta.url);
const WHO = { you: 'You', admin: 'Administrator', developer: 'Developer' };

/** What the rows of the fault table have drawn from each check. */
function drawn(): ReadonlyMap<string, ReadonlySet<string>> {
	const causes = new Map<string, Set<string>>();
	for (const [, , changes] of ROWS)
		for (const { check, cause } of judge(evidence(changes)).findings)
			causes.set(check, (causes.get(check) ?? new Set()).add(cause));
	return causes;
}

function checks(): readonly (readonly string[])[] {
	const causes = drawn();
	return [
		['check', 'in words', 'of', 'evidence', 'causes'],
		...CHECKS.map(({ id, scopes, needs }) => [
			`\`${id}\``,
			checkWords(id),
			scopes.join(', '),
			needs.join(', '),
			[...(causes.get(id) ?? [])]
				.sort()
				.map((cause) => `\`${cause}\``)
				.join(', ')
		])
	];
}

function causes(): readonly (readonly string[])[] {
	const codes = [...new Set([...FURTHER_CAUSES, ...FAULTS.map(causeOf)])].sort();
	return [
		['cause', 'in words', 'why', 'what to do'],
		...codes.map((cause) => {
			const { title, why, fix } = causeWords(cause);
			return [`\`${cause}\``, title, why, fix.map(({ who, do: todo }) => `${WHO[who]}: ${todo}`).join(' ')];
		})
	];
}

const notInjected = (): readonly (readonly string[])[] => [
	['row', 'cause', 'why not'],
	...NOT_INJECTED.map(([id, cause, why]) => [id, `\`${cause}\``, why])
];

test('docs/checks.md lists every check and every cause in its own words (UPDATE=1 writes it anew)', () => {
	overwriteGetLocale(() => 'en');
	const page = readFileSync(PAGE, 'utf8');
	const fresh = freshTables(page, { checks, causes, notInjected });
	if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh);
	expect(readFileSync(PAGE, 'utf8')).toBe(fresh);
	for (const { id } of CHECKS) expect(fresh).toContain(`| \`${id}\``);
});

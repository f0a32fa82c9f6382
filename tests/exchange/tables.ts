import { IDENTITIES } from './identities.ts';
import { INCOMING, NUMBERING_PLAN, SHORT_NUMBERS } from './numbering-plan.ts';
import { ENDPOINTS } from './token-endpoints.ts';
import { TOKENS } from './tokens.ts';

type Row = readonly string[];

const shortOf = (name: string): string =>
	Object.entries(SHORT_NUMBERS).find(([, planned]) => planned === name)?.[0] ?? '';

const TABLES: Readonly<Record<string, () => readonly Row[]>> = {
	numbers: () => [
		['Number', 'Short', '`client:`', 'What happens'],
		...NUMBERING_PLAN.map(({ number, name, what }) => [
			`\`${number}\``,
			[number.slice(-3), shortOf(name)].filter(Boolean).join(', '),
			`\`${name}\``,
			what
		])
	],
	incoming: () => [
		['Behaviour', 'What the caller does'],
		...INCOMING.map(({ name, what }) => [`\`${name}\``, what])
	],
	identities: () => [
		['Identity', 'How the exchange treats it'],
		...Object.entries(IDENTITIES).map(([name, { what }]) => [`\`${name}\``, what])
	],
	tokens: () => [
		['Endpoint', 'Answer'],
		...Object.entries(TOKENS).map(([name, what]) => [`\`/token/${name}\``, what]),
		...Object.entries(ENDPOINTS).map(([name, { what }]) => [`\`/token/${name}\``, what])
	]
};

/** The page with each table between `<!-- table: name -->` and `<!-- end -->` written anew from the code. */
export function withFreshTables(page: string): string {
	return page.replace(
		/<!-- table: (\w+) -->[\s\S]*?<!-- end -->/g,
		(_, name: string) => `<!-- table: ${name} -->\n\n${markdown(TABLES[name]?.() ?? [])}\n\n<!-- end -->`
	);
}

/** Padded as prettier pads it. */
function markdown(rows: readonly Row[]): string {
	const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = (escaped[0] ?? []).map((_, column) =>
		Math.max(3, ...escaped.map((row) => row[column]?.length ?? 0))
	);
	const line = (row: Row): string =>
		`| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
	const rule = line(widths.map((width) => '-'.repeat(width)));
	return escaped.flatMap((row, i) => (i === 0 ? [line(row), rule] : [line(row)])).join('\n');
}

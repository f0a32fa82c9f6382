import { IDENTITIES } from './identities.ts';
import { INCOMING, NUMBERING_PLAN, SHORT_NUMBERS } from './numbering-plan.ts';
import { ENDPOINTS } from './token-endpoints.ts';
import { TOKENS } from './tokens.ts';
import { freshTables, type Tables } from '../support/markdown-tables.ts';

const shortOf = (name: string): string =>
	Object.entries(SHORT_NUMBERS).find(([, planned]) => planned === name)?.[0] ?? '';

const TABLES: Tables = {
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

/** The page with its tables written anew from the code. */
export const withFreshTables = (page: string): string => freshTables(page, TABLES);

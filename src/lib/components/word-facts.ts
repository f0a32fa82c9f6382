import type { Facts } from '#lib/diagnostics/types.ts';

/** Facts of a finding that its words may mention, each as text. */
const NAMES = [
	'address',
	'alternative',
	'code',
	'configured',
	'difference',
	'directive',
	'expected',
	'failures',
	'found',
	'given',
	'host',
	'hosts',
	'minutes',
	'origin',
	'percent',
	'reason',
	'said',
	'seconds',
	'url'
] as const;

export type WordFacts = Readonly<Record<(typeof NAMES)[number], string>>;

/** A fact that is not there is an ellipsis: the sentence stays one. */
export function wordFacts(facts: Facts): WordFacts {
	const entries = NAMES.map((name) => [name, textOf(facts[name])] as const);
	return Object.fromEntries(entries) as WordFacts;
}

function textOf(fact: Facts[string] | undefined): string {
	if (fact === undefined) return '…';
	return typeof fact === 'object' ? fact.join(', ') : String(fact);
}

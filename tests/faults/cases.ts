import { together, type Inject } from './injection.ts';
import { PAIRS } from './pairs.ts';
import { ROWS } from './rows/index.ts';
import type { Case } from './score.ts';
import { TRAPS } from './traps.ts';

const injectionOf = (id: string): Inject => {
	const row = ROWS.find((one) => one.id === id);
	if (!row) throw new Error(`no row ${id}`);
	return row.inject;
};

const both =
	(one: string, other: string): Inject =>
	async (far) =>
		together(await injectionOf(one)(far), await injectionOf(other)(far));

/** What the scoreboard counts. */
export const CASES: readonly Case[] = [
	...ROWS.map(({ id, core, cause, inject }): Case => ({
		id,
		group: core ? 'core' : 'extended',
		inject,
		causes: [cause]
	})),
	...TRAPS.map(([id, inject]): Case => ({ id, group: 'traps', inject, causes: [] })),
	...PAIRS.map(([one, other, causes]): Case => ({
		id: `${one} + ${other}`,
		group: 'pairs',
		inject: both(one, other),
		causes
	}))
];

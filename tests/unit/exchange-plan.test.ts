import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mannersOf } from '../exchange/identities.ts';
import {
	INCOMING,
	NUMBERING_PLAN,
	SHORT_NUMBERS,
	incomingBehaviour,
	planFor
} from '../exchange/numbering-plan.ts';
import { withFreshTables } from '../exchange/tables.ts';

describe('the numbering plan', () => {
	test.each(NUMBERING_PLAN.map(({ number, name }) => [number, name]))(
		'%s is %s, however it is dialled',
		(number, name) => {
			for (const dialled of [number, number.slice(-3), name, `client:${name}`])
				expect(planFor(dialled).name).toBe(name);
		}
	);

	test.each(Object.entries(SHORT_NUMBERS))('%s is %s as on the practice line', (short, name) => {
		expect(planFor(short).name).toBe(name);
		expect(NUMBERING_PLAN.map((entry) => entry.name)).toContain(name);
	});

	test.each(['', '+12025559999', '+4420', 'client:nobody', '00'])('"%s" is not found', (to) => {
		expect(planFor(to).script).toEqual([{ do: 'hang-up', error: { code: 31404, message: 'Not Found' } }]);
	});

	test('any code can be dialled', () => {
		expect(planFor('client:error_31009').script).toMatchObject([{ do: 'hang-up', error: { code: 31009 } }]);
	});

	test('has no number and no name twice', () => {
		for (const values of [
			NUMBERING_PLAN.map((e) => e.number),
			NUMBERING_PLAN.map((e) => e.name),
			INCOMING.map((e) => e.name)
		]) {
			expect(new Set(values).size).toBe(values.length);
		}
	});

	test('calls back only as callers that exist', () => {
		for (const step of NUMBERING_PLAN.flatMap((entry) => entry.script)) {
			if (step.do === 'call-back') expect(incomingBehaviour(step.behaviour)).toBeDefined();
		}
	});
});

test.each([
	['storm', { cut: true }],
	['storm_7f3a', { cut: true }],
	['error_31202_b', { listenError: 31202 }],
	['stormy', {}],
	['constructor', {}],
	[undefined, {}]
])('identity %s is treated as %o', (identity, manners) => expect(mannersOf(identity)).toEqual(manners));

test('the tables of docs/exchange.md are those of the code (node tests/exchange/main.ts --write-docs)', () => {
	const page = readFileSync('docs/exchange.md', 'utf8');
	expect(page).toContain(NUMBERING_PLAN[0]?.number);
	expect(withFreshTables(page)).toBe(page);
});

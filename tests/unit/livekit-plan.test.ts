import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOM_PLAN, planFor } from '../livekit/room-plan.ts';
import { withFreshTables } from '../livekit/tables.ts';

describe('the plan of rooms', () => {
	test.each(ROOM_PLAN.map(({ name }) => name))('%s, whatever follows', (name) => {
		for (const room of [name, `${name}-7f3a`, `${name}3-7f3a`]) expect(planFor(room).name).toBe(name);
	});

	test.each(['call-7f3a', '', 'echoes', 'answer', 'phoney-1'])(
		'"%s" is a room where an agent answers',
		(room) => {
			expect(planFor(room).name).toBe('answers');
		}
	);

	test('the longest name counts', () => {
		expect(planFor('phone-7f3a').name).toBe('phone');
		expect(planFor('phone-busy-7f3a').name).toBe('phone-busy');
	});

	test('a number stands for the seconds of the first wait', () => {
		expect(planFor('late25-x').parties[0]).toMatchObject({ after: 25_000 });
		expect(planFor('leaves7').parties[0]?.script).toEqual([{ do: 'wait', ms: 7000 }, { do: 'leave' }]);
		expect(planFor('echo9-x').parties).toEqual(planFor('echo').parties);
	});

	test('has no name twice', () => {
		expect(new Set(ROOM_PLAN.map(({ name }) => name)).size).toBe(ROOM_PLAN.length);
	});
});

test('the tables of docs/livekit-rooms.md are those of the code (node tests/livekit/main.ts --write-docs)', () => {
	const page = readFileSync('docs/livekit-rooms.md', 'utf8');
	expect(page).toContain(`\`${ROOM_PLAN[0]?.name ?? ''}-…\``);
	expect(withFreshTables(page)).toBe(page);
});

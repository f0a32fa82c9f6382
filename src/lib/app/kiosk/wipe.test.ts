import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryRow } from '#lib/core/history.ts';
import { Scope } from '#lib/core/scope.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { Cell } from '#lib/core/watched.ts';
import { wipeAfterCalls } from './wipe.ts';

const row = (id: string, outcome?: HistoryRow['outcome']): HistoryRow => ({
	...{ id, lineId: 'desk', direction: 'out', address: '+15550100', startedAt: 1 },
	...(outcome ? { outcome } : {})
});

let bench: PhoneBench;
let scope: Scope;
let rows: Cell<readonly HistoryRow[]>;
let use: Cell<'nobody' | 'somebody' | 'ends'>;
let isWanted: boolean;
let clears: number;
let isStuck: boolean;
let forgotten: number;

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	rows = new Cell<readonly HistoryRow[]>([]);
	use = new Cell<'nobody' | 'somebody' | 'ends'>('nobody');
	isWanted = true;
	clears = 0;
	isStuck = false;
	forgotten = 0;
});

const start = () =>
	wipeAfterCalls({
		...{ phone: bench.phone, clock: bench.clock, scope, use },
		history: {
			rows,
			clear: () => {
				clears++;
				rows.update((all) => (isStuck ? [...all] : all.filter(({ outcome }) => outcome === undefined)));
				return Promise.resolve();
			}
		},
		forgetCalls: () => forgotten++,
		isWanted: () => isWanted
	});

describe('wiping after each call', () => {
	it('leaves no row of it, whether the row or the call ends first', async () => {
		start();
		const call = await bench.talking();
		rows.set([row('a')]);
		rows.set([row('a', 'hung-up')]);
		expect([clears, forgotten]).toEqual([0, 0]);
		await bench.phone.hangUp(call);
		expect([rows.value, forgotten]).toEqual([[], 1]);

		await bench.clock.pass(60_000);
		await bench.phone.hangUp(await bench.talking());
		rows.set([row('b')]);
		expect(rows.value).toHaveLength(1);
		rows.set([row('b', 'hung-up')]);
		await bench.clock.pass(0);
		expect(rows.value).toEqual([]);
	});

	it('lets the history finish the row first, which tells of it before it writes', () => {
		start();
		rows.set([row('a', 'hung-up')]);
		expect(clears).toBe(0);
	});

	it('leaves nothing of a call that the end of the page has cut off', async () => {
		rows.set([row('a', 'interrupted')]);
		start();
		await bench.clock.pass(0);
		expect(rows.value).toEqual([]);
	});

	it('does not touch the row of a call that another tab has', async () => {
		start();
		rows.set([row('a')]);
		await bench.clock.pass(60_000);
		expect(clears).toBe(0);
	});

	it('asks storage that refuses again, with a pause', async () => {
		isStuck = true;
		rows.set([row('a', 'missed')]);
		start();
		await bench.clock.pass(20_000);
		expect(clears).toBe(5);
		isStuck = false;
		await bench.clock.pass(60_000);
		expect([clears, rows.value]).toEqual([6, []]);
	});

	it('wipes what comes in the pause as soon as it is over', async () => {
		start();
		rows.set([row('a', 'missed')]);
		await bench.clock.pass(0);
		rows.set([row('b', 'missed')]);
		expect(rows.value).toHaveLength(1);
		await bench.clock.pass(5_000);
		expect(rows.value).toEqual([]);
	});

	it('leaves nothing on the screen once nobody is there', async () => {
		start();
		use.set('somebody');
		await bench.phone.hangUp(await bench.talking());
		expect(bench.phone.lastEnded.value).toBeDefined();
		use.set('nobody');
		expect(bench.phone.lastEnded.value).toBeUndefined();
	});

	it('is not done unasked', async () => {
		isWanted = false;
		rows.set([row('a', 'missed')]);
		start();
		await bench.phone.hangUp(await bench.talking());
		await bench.clock.pass(60_000);
		expect([clears, forgotten]).toEqual([0, 0]);
	});
});

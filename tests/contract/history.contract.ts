import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '#lib/core/watched.ts';
import { clock, closePages, DAY_MS, done, newName, page, plant, raw, row, stored } from './history-bench.ts';

afterEach(async () => {
	vi.restoreAllMocks();
	await closePages();
});

describe('a call', () => {
	it('has its row stored once begin has resolved, and its ending once finish has', async () => {
		const name = newName();
		const store = page(name);
		await store.begin(row('a'));
		expect(await stored(name)).toEqual([row('a', store.rows.value[0]?.startedAt)]);
		await store.finish('a', done);
		expect(await stored(name)).toEqual([{ ...row('a', store.rows.value[0]?.startedAt), ...done }]);
		expect(store.kept.value).toBe(true);
	});

	it('is finished once: the first ending counts', async () => {
		const name = newName();
		const store = page(name);
		await store.begin(row('a'));
		await Promise.all([store.finish('a', done), store.finish('a', { outcome: 'busy', talkedMs: 0 })]);
		await store.finish('a', { outcome: 'missed', talkedMs: 0 });
		expect(store.rows.value[0]?.outcome).toBe('hung-up');
		expect((await stored(name))[0]?.outcome).toBe('hung-up');
	});

	it('shows newest first', async () => {
		const store = page(newName());
		await Promise.all([
			store.begin(row('old', 1000)),
			store.begin(row('new', 3000)),
			store.begin(row('mid', 2000))
		]);
		expect(store.rows.value.map(({ id }) => id)).toEqual(['new', 'mid', 'old']);
	});

	it('keeps its row at close when the ending comes in the same turn', async () => {
		const name = newName();
		const store = page(name);
		await store.begin(row('a'));
		void store.finish('a', done);
		await store.close();
		expect((await stored(name))[0]?.outcome).toBe('hung-up');
	});
});

describe('repair', () => {
	it('marks what a dead page has left, and not its own living calls', async () => {
		const name = newName();
		const dead = page(name);
		await dead.begin(row('a'));
		await dead.begin(row('b'));
		await dead.finish('b', done);
		const next = page(name);
		await next.begin(row('c'));
		await next.repair();
		const outcomes = Object.fromEntries(next.rows.value.map(({ id, outcome }) => [id, outcome]));
		expect(outcomes).toEqual({ a: 'interrupted', b: 'hung-up', c: undefined });
	});

	it('gives way to the page that was alive after all', async () => {
		const name = newName();
		const slow = page(name);
		await slow.begin(row('a'));
		await page(name).repair();
		await slow.finish('a', { outcome: 'line-closed', talkedMs: 700 });
		expect(await stored(name)).toMatchObject([{ outcome: 'line-closed', talkedMs: 700 }]);
	});
});

describe('the rule of days', () => {
	it('deletes what is older, and nothing else', async () => {
		const name = newName();
		const now = clock.now();
		await plant(name, [row('old', now - 91 * DAY_MS), row('young', now - 89 * DAY_MS)]);
		const store = page(name);
		await store.keepFor(90);
		expect(store.rows.value.map(({ id }) => id)).toEqual(['young']);
		expect(await raw(name)).toHaveLength(1);
	});

	it('keeps nothing at 0, neither stored nor shown', async () => {
		const name = newName();
		await plant(name, [row('old')]);
		const store = page(name);
		await store.keepFor(0);
		await store.begin(row('a'));
		await store.finish('a', done);
		expect(store.rows.value).toEqual([]);
		expect(await raw(name)).toEqual([]);
	});
});

describe('deleting', () => {
	it('is not undone by the end of the call', async () => {
		const name = newName();
		const store = page(name);
		const other = page(name);
		await store.begin(row('a'));
		await other.load();
		await other.remove('a');
		await store.finish('a', done);
		expect(await stored(name)).toEqual([]);
		expect(store.rows.value).toEqual([]);
	});

	it('clears everything but the rows of living calls', async () => {
		const name = newName();
		await plant(name, [
			{ ...row('gone'), outcome: 'busy' },
			{ id: 'broken', startedAt: 'never' }
		]);
		const store = page(name);
		await store.load();
		await store.begin(row('alive'));
		await store.clear();
		expect(store.rows.value.map(({ id }) => id)).toEqual(['alive']);
		await store.finish('alive', done);
		expect((await raw(name)).length).toBe(1);
	});
});

describe('another tab', () => {
	it('follows', async () => {
		const name = newName();
		const here = page(name);
		const there = page(name);
		await there.load();
		await here.begin(row('a'));
		await until(there.rows, (rows) => rows.length === 1);
		await here.finish('a', done);
		await until(there.rows, (rows) => rows[0]?.outcome === 'hung-up');
		await here.clear();
		await until(there.rows, (rows) => rows.length === 0);
	});

	it('reads once for a whole flood of foreign messages', async () => {
		const name = newName();
		let reads = 0;
		const after = (ms: number, task: () => void) => {
			if (ms === 250) reads++;
			return clock.after(ms, task);
		};
		const store = page(name, { ...clock, after });
		await store.begin(row('a'));
		const last = new BroadcastChannel(name);
		const arrived = new Promise(
			(resolve) => (last.onmessage = ({ data }) => data === 'last' && resolve(data))
		);
		const stranger = new BroadcastChannel(name);
		for (let i = 0; i < 500; i++) stranger.postMessage({ __proto__: null, rows: [{ id: i }] });
		stranger.postMessage('last');
		await arrived;
		expect(reads).toBe(1);
		expect(store.rows.value.map(({ id }) => id)).toEqual(['a']);
		stranger.close();
		last.close();
	});
});

type Step =
	{ readonly type: 'begin' | 'crash' | 'repair' } | { readonly type: 'finish'; readonly which: number };

it('leaves one row for each attempt, finished or interrupted, in any order of begin, finish and crash', async () => {
	const step: fc.Arbitrary<Step> = fc.oneof(
		fc.constantFrom<Step>({ type: 'begin' }, { type: 'begin' }, { type: 'crash' }, { type: 'repair' }),
		fc.nat({ max: 9 }).map((which): Step => ({ type: 'finish', which }))
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.boolean(), async (steps, waits) => {
			const name = newName();
			let store = page(name);
			const begun: string[] = [];
			const finished = new Set<string>();
			let here: string[] = [];
			let work: Promise<unknown>[] = [];
			const settle = async (promise: Promise<unknown>) => {
				work.push(promise);
				if (waits) await promise;
			};
			for (const one of steps) {
				if (one.type === 'begin') {
					const id = `${begun.length}`;
					begun.push(id);
					here.push(id);
					await settle(store.begin(row(id)));
				} else if (one.type === 'finish') {
					const id = here[one.which % Math.max(1, here.length)];
					if (id === undefined) continue;
					finished.add(id);
					await settle(store.finish(id, done));
				} else if (one.type === 'repair') await settle(store.repair());
				else {
					// What begin and finish have promised is done by then; the page itself is gone without a word.
					await Promise.all(work);
					work = [];
					here = [];
					store = page(name);
				}
			}
			await Promise.all(work);
			const next = page(name);
			await next.repair();
			const outcomes = next.rows.value
				.map(({ id, outcome }) => [id, outcome] as const)
				.sort(([a], [b]) => +a - +b);
			expect(outcomes).toEqual(begun.map((id) => [id, finished.has(id) ? 'hung-up' : 'interrupted']));
			await closePages();
		}),
		{ numRuns: 60 }
	);
}, 60_000);

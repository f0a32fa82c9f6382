import { describe, expect, it } from 'vitest';
import { FakeClock } from '#lib/core/testing.ts';
import type { KeptRun } from '#lib/state/run-changes.ts';
import { KeptRuns } from './kept-runs.ts';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;

const run = (startedAt: number): KeptRun => ({
	startedAt,
	durationMs: 1,
	verdict: 'healthy',
	stopped: false,
	findings: [],
	marks: {}
});

function bench(keepDays = 90, stored?: string) {
	const store = new Map<string, string>(stored === undefined ? [] : [['key', stored]]);
	const storage = () => ({
		getItem: (key: string) => store.get(key) ?? null,
		setItem: (key: string, text: string) => void store.set(key, text),
		removeItem: (key: string) => void store.delete(key)
	});
	const clock = new FakeClock();
	clock.now = () => NOW;
	const open = () => new KeptRuns({ key: 'key', storage, clock, keepDays: () => keepDays });
	return { open, store };
}

describe('kept runs', () => {
	it('are there again, the newest first', () => {
		const { open } = bench();
		const runs = open();
		runs.add(run(NOW - 2));
		runs.add(run(NOW - 1));
		expect(open().runs.value.map(({ startedAt }) => startedAt)).toEqual([NOW - 1, NOW - 2]);
	});

	it('are at most twenty', () => {
		const { open } = bench();
		const runs = open();
		for (let at = 40; at > 0; at--) runs.add(run(NOW - at));
		expect(open().runs.value).toHaveLength(20);
		expect(open().runs.value[0]?.startedAt).toBe(NOW - 1);
	});

	it('last as long as the history of calls, and not beyond the page where nothing is kept', () => {
		const old = JSON.stringify([run(NOW - 5 * DAY), run(NOW - 40 * DAY)]);
		expect(bench(30, old).open().runs.value).toHaveLength(1);
		const { open, store } = bench(0);
		const runs = open();
		runs.add(run(NOW - 1));
		expect(runs.runs.value).toHaveLength(1);
		expect(store.size).toBe(0);
	});

	it.each(['', 'nonsense', '{}', '[1, null, {}]', '[{"startedAt":"x"}]'])(
		'survive what stands there: %s',
		(text) => {
			expect(bench(90, text).open().runs.value).toEqual([]);
		}
	);

	it('are forgotten when somebody says so', () => {
		const { open, store } = bench();
		const runs = open();
		runs.add(run(NOW - 1));
		runs.clear();
		expect(runs.runs.value).toEqual([]);
		expect(store.size).toBe(0);
	});

	it('do without a storage that refuses', () => {
		const refuse = () => {
			throw new DOMException('no', 'SecurityError');
		};
		const runs = new KeptRuns({ key: 'key', storage: refuse, clock: new FakeClock(), keepDays: () => 90 });
		runs.add(run(1));
		expect(runs.runs.value).toHaveLength(1);
	});
});

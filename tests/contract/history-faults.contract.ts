import { afterEach, describe, expect, it, vi } from 'vitest';
import { closePages, done, newName, page, plant, raw, row, stored } from './history-bench.ts';

afterEach(async () => {
	vi.restoreAllMocks();
	await closePages();
});

describe('broken storage', () => {
	const refusals: readonly (readonly [string, () => void])[] = [
		[
			'refused by throwing',
			() =>
				vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
					throw new DOMException('refused', 'SecurityError');
				})
		],
		[
			'full',
			() =>
				vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
					throw new DOMException('full', 'QuotaExceededError');
				})
		],
		[
			'aborted in the middle',
			() => {
				const { put } = IDBObjectStore.prototype;
				vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
					this: IDBObjectStore,
					value: unknown
				) {
					const request = put.call(this, value);
					this.transaction.abort();
					return request;
				});
			}
		],
		[
			'closed under our feet',
			() => {
				vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
					throw new DOMException('closing', 'InvalidStateError');
				});
			}
		]
	];

	it.each(refusals)(
		'%s: rows last as long as the page, and are stored once it works again',
		async (_, breakIt) => {
			const name = newName();
			const store = page(name);
			breakIt();
			await store.load();
			await store.begin(row('a'));
			expect(store.kept.value).toBe(false);
			await store.finish('a', done);
			await store.finish('a', { outcome: 'busy', talkedMs: 0 });
			await store.repair();
			expect(store.rows.value).toMatchObject([{ id: 'a', outcome: 'hung-up' }]);
			vi.restoreAllMocks();
			await store.begin(row('b'));
			expect(store.kept.value).toBe(true);
			expect(await stored(name)).toHaveLength(2);
		}
	);

	it('of a newer version is left alone', async () => {
		const name = newName();
		await plant(name, [row('theirs')], 7);
		const store = page(name);
		await store.load();
		await store.begin(row('a'));
		expect(store.kept.value).toBe(false);
		expect(store.rows.value.map(({ id }) => id)).toEqual(['a']);
		expect(await raw(name)).toHaveLength(1);
	});

	it('steps aside for a newer version in another tab', async () => {
		const name = newName();
		const store = page(name);
		await store.begin(row('a'));
		await plant(name, [], 2);
		await store.begin(row('b'));
		expect(store.kept.value).toBe(false);
		expect(store.rows.value).toHaveLength(2);
	});

	it('has its broken rows set aside: not shown, not thrown away', async () => {
		const name = newName();
		const broken = [
			{ id: 'x1' },
			{ ...row('x2'), direction: 'sideways' },
			{ ...row('x3'), startedAt: Number.NaN },
			{ ...row('x4'), address: { __proto__: null } },
			{ ...row('x5'), talkedMs: 'long' }
		];
		await plant(name, [...broken, row('good')]);
		const store = page(name);
		await store.load();
		expect(store.rows.value.map(({ id }) => id)).toEqual(['good']);
		await store.repair();
		await store.keepFor(90);
		expect(await raw(name)).toHaveLength(6);
	});
});

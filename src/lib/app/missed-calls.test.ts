import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryRow } from '#lib/core/history.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { MissedCalls } from './missed-calls.ts';

let clock: FakeClock;
let rows: Cell<readonly HistoryRow[]>;
let kept: Map<string, string>;
let badges: number[];
let window: EventTarget;
let openedAt: number;

const row = (more: Partial<HistoryRow>): HistoryRow => ({
	id: crypto.randomUUID(),
	lineId: 'desk',
	direction: 'in',
	address: '+15550100',
	startedAt: clock.now(),
	outcome: 'missed',
	...more
});
const open = (storage: () => Pick<Storage, 'getItem' | 'setItem'> = storageOf) =>
	new MissedCalls({
		...{ rows, clock, openedAt, window, storage, key: 'seen', scope: new Scope() },
		badge: (count) => {
			badges.push(count);
			return Promise.resolve();
		}
	});
const storageOf = () => ({
	getItem: (key: string) => kept.get(key) ?? null,
	setItem: (key: string, value: string) => void kept.set(key, value)
});
const later = () => (clock.wall += 1_000);

beforeEach(() => {
	clock = new FakeClock();
	openedAt = clock.now();
	rows = new Cell<readonly HistoryRow[]>([]);
	kept = new Map();
	badges = [];
	window = new EventTarget();
});

describe('MissedCalls', () => {
	it('counts what nobody here has answered, until the history is looked at', () => {
		const missed = open();
		later();
		rows.set([
			row({}),
			row({ outcome: 'failed' }),
			row({ outcome: 'declined' }),
			row({ outcome: 'answered-elsewhere' }),
			row({ direction: 'out', outcome: 'failed' }),
			row({ outcome: 'hung-up', talkedMs: 5_000 })
		]);
		expect(missed.count.value).toBe(2);
		later();
		missed.seen();
		expect(missed.count.value).toBe(0);
		expect(badges).toEqual([2, 0]);
		later();
		rows.update((all) => [row({}), ...all]);
		expect(missed.count.value).toBe(1);
	});

	it('says nothing of what was there before it counted, and remembers the last look', () => {
		rows.set([row({ startedAt: clock.now() - 1_000 })]);
		expect(open().count.value).toBe(0);
		later();
		rows.update((all) => [row({}), ...all]);
		expect(open().count.value).toBe(1);
	});

	it('counts what rang before it had arrived', () => {
		later();
		rows.set([row({})]);
		later();
		expect(open().count.value).toBe(1);
	});

	it('follows a look at the history in another tab', () => {
		const missed = open();
		later();
		rows.set([row({})]);
		later();
		kept.set('seen', String(clock.now()));
		window.dispatchEvent(Object.assign(new Event('storage'), { key: 'seen' }));
		expect(missed.count.value).toBe(0);
	});

	it.each(['', 'soon', 'NaN', String(Number.MAX_VALUE)])('does not believe a time such as "%s"', (time) => {
		kept.set('seen', time);
		const missed = open();
		later();
		rows.set([row({})]);
		expect(missed.count.value).toBe(1);
	});

	it('counts for this page where storage is refused', () => {
		const missed = open(() => {
			throw new DOMException('no', 'SecurityError');
		});
		later();
		rows.set([row({})]);
		expect(missed.count.value).toBe(1);
		missed.seen();
		expect(missed.count.value).toBe(0);
	});
});

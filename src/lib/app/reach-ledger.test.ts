import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '#lib/core/ports.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Call, Line } from '#lib/core/line.ts';
import { spansBetween, type ReachSpan } from '#lib/core/reach.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeLine } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { ReachLedger } from './reach-ledger.ts';

const lost = { type: 'lost', because: new LineError('twilio-signalling.interrupted') } as const;
const ready = { type: 'ready', receiving: true } as const;

let clock: WallClock;
let line: FakeLine;
let lines: Cell<readonly Line[]>;
let calls: Cell<readonly Call[]>;
let online: Cell<boolean>;
let stored: Map<string, ReachSpan>;
let scope: Scope;
let ledger: ReachLedger;
let start: number;

/** A clock whose wall time moves with its timers, and can sleep. */
class WallClock implements Clock {
	wall = 1_700_000_000_000;
	#running = 0;
	readonly #tasks = new Set<{ readonly at: number; readonly task: () => void }>();

	now = () => this.wall;
	monotonic = () => this.#running;
	after = (ms: number, task: () => void) => {
		const entry = { at: this.#running + ms, task };
		this.#tasks.add(entry);
		return () => void this.#tasks.delete(entry);
	};

	get waiting(): number {
		return this.#tasks.size;
	}

	pass(ms: number): void {
		const end = this.#running + ms;
		for (;;) {
			const due = [...this.#tasks].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
			this.wall += (due?.at ?? end) - this.#running;
			this.#running = due?.at ?? end;
			if (!due) return;
			this.#tasks.delete(due);
			due.task();
		}
	}
}

/** As it would be shown, in seconds since the beginning. */
const told = (id = 'desk') => {
	ledger.save();
	return spansBetween([...stored.values()], id, start, clock.now()).map(({ reach, from, to }) => [
		reach,
		(from - start) / 1_000,
		(to - start) / 1_000
	]);
};

beforeEach(() => {
	clock = new WallClock();
	start = clock.now();
	line = new FakeLine('desk', clock);
	lines = new Cell<readonly Line[]>([line]);
	calls = new Cell<readonly Call[]>([]);
	online = new Cell(true);
	stored = new Map();
	scope = new Scope();
	ledger = new ReachLedger({
		...{ lines, calls, clock, online, scope },
		isHidden: () => false,
		keep: (spans) => spans.forEach((span) => stored.set(`${span.line}|${span.from}`, span))
	});
	clock.pass(30_000);
});

describe('ReachLedger', () => {
	it('writes what happens to a line, as it happens', () => {
		line.happens(lost);
		clock.pass(7_000);
		line.happens(ready);
		clock.pass(60_000);
		expect(told()).toEqual([
			['reachable', 0, 30],
			['down', 30, 37],
			['reachable', 37, 97]
		]);
		expect(ledger.absence.value).toBeUndefined();
	});

	it('has been offline from the moment the browser said so until the line has registered anew', () => {
		online.set(false);
		clock.pass(90_000);
		online.set(true);
		clock.pass(300);
		line.happens(lost);
		clock.pass(700);
		line.happens(ready);
		clock.pass(1_000);
		expect(told()).toEqual([
			['reachable', 0, 30],
			['offline', 30, 120],
			['down', 120, 121],
			['reachable', 121, 122]
		]);
		expect(ledger.absence.value).toMatchObject({
			from: start + 30_000,
			to: start + 121_000,
			reach: 'offline'
		});
	});

	it('was asleep while the machine slept', () => {
		clock.wall += 1_800_000;
		clock.pass(400);
		line.happens(lost);
		clock.pass(600);
		line.happens(ready);
		clock.pass(5_000);
		expect(told()).toEqual([
			['reachable', 0, 30],
			['asleep', 30, 1830.4],
			['down', 1830.4, 1831],
			['reachable', 1831, 1836]
		]);
		expect(ledger.absence.value).toMatchObject({ reach: 'asleep' });
	});

	it('was asleep while the page was frozen, although its lines were let go for that', () => {
		ledger.freeze();
		lines.set([]);
		clock.wall += 45_000;
		ledger.thaw();
		const again = new FakeLine('desk', clock);
		again.happens(lost);
		lines.set([again]);
		clock.pass(1_000);
		again.happens(ready);
		clock.pass(1_000);
		expect(told()).toEqual([
			['reachable', 0, 30],
			['asleep', 30, 75],
			['down', 75, 76],
			['reachable', 76, 77]
		]);
		expect(ledger.absence.value).toMatchObject({ from: start + 30_000, to: start + 76_000, reach: 'asleep' });
	});

	it('takes a call that comes in for a proof', () => {
		expect(ledger.open[0]?.provenAt).toBe(start);
		calls.set([line.rings()]);
		expect(ledger.open[0]?.provenAt).toBe(start + 30_000);
		clock.pass(10_000);
		expect(ledger.open[0]?.provenAt).toBe(start + 30_000);
	});

	it('says nothing of lines that cannot be called', () => {
		lines.set([line, new FakeLine('room', clock, { receives: false })]);
		clock.pass(60_000);
		expect(told('room')).toEqual([]);
	});

	it('stores every minute, so that a killed page is not remembered for longer than it lived', () => {
		clock.pass(300_000);
		const last = Math.max(...[...stored.values()].map(({ to }) => to));
		expect(clock.now() - last).toBeLessThanOrEqual(60_000);
	});

	it('leaves nothing behind', () => {
		scope.end();
		expect(clock.waiting).toBe(0);
		expect(Math.max(...[...stored.values()].map(({ to }) => to))).toBe(clock.now());
	});
});

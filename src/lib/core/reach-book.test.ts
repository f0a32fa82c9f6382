import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ReachBook } from './reach-book.ts';
import type { Reachability, ReachSpan } from './reach.ts';

const LINE = 'desk';
const START = 1_000_000;

let book: ReachBook;
let stored: Map<number, ReachSpan>;
let now: number;
let hidden: boolean;

const keep = (spans: readonly ReachSpan[]) => {
	for (const span of spans) stored.set(span.from, span);
};
const lines = (said?: Reachability) => new Map(said ? [[LINE, said]] : []);
/** The page notes every 10 s, as it does. */
const lives = (seconds: number, said?: Reachability) => {
	for (let at = 0; at < seconds; at += 10) {
		now += Math.min(10, seconds - at) * 1_000;
		keep(book.note(now, lines(said), hidden));
	}
};
const registers = () => {
	keep(book.note(now, lines('reachable'), hidden));
	book.prove(LINE, now);
	keep(book.note(now, lines('reachable'), hidden));
};
const told = () => {
	keep(book.open);
	return [...stored.values()]
		.sort((a, b) => a.from - b.from)
		.filter(({ from, to }) => to > from)
		.map(({ reach, from, to }) => [reach, (from - START) / 1_000, (to - START) / 1_000]);
};

beforeEach(() => {
	now = START;
	hidden = false;
	stored = new Map();
	book = new ReachBook(now);
});

describe('ReachBook', () => {
	it('is reachable from the registration on, and says what has proven it', () => {
		keep(book.note(now, lines('down'), false));
		lives(3, 'down');
		registers();
		lives(60, 'reachable');
		expect(told()).toEqual([
			['down', 0, 3],
			['reachable', 3, 63]
		]);
		expect(book.open[0]?.provenAt).toBe(START + 3_000);
		book.prove(LINE, now);
		lives(10, 'reachable');
		expect(book.open[0]?.provenAt).toBe(START + 63_000);
	});

	it('does not believe the line after a sleep until it has registered anew', () => {
		registers();
		lives(60, 'reachable');
		now += 3_600_000;
		// The line has not noticed yet.
		keep(book.note(now, lines('reachable'), false));
		lives(1, 'reachable');
		lives(2, 'down');
		registers();
		lives(10, 'reachable');
		expect(told()).toEqual([
			['reachable', 0, 60],
			['asleep', 60, 3660],
			['down', 3660, 3663],
			['reachable', 3663, 3673]
		]);
		expect(book.open[0]?.provenAt).toBe(START + 3_663_000);
		expect(book.backFrom(LINE)).toMatchObject({
			from: START + 60_000,
			to: START + 3_663_000,
			reach: 'asleep'
		});
		expect(book.backFrom(LINE)).toBeUndefined();
	});

	it('believes a line again that a call keeps from registering, without a proof', () => {
		registers();
		lives(20, 'reachable');
		now += 60_000;
		lives(60, 'reachable');
		expect(told()).toEqual([
			['reachable', 0, 20],
			['asleep', 20, 90],
			['down', 90, 120],
			['reachable', 120, 140]
		]);
		expect(book.open[0]?.provenAt).toBeUndefined();
	});

	it('tells of the network at once, and does not take its return for a registration', () => {
		registers();
		lives(30, 'reachable');
		lives(90, 'offline');
		lives(1, 'reachable');
		lives(1, 'down');
		registers();
		expect(told()).toEqual([
			['reachable', 0, 40],
			['offline', 40, 121],
			['down', 121, 122]
		]);
		expect(book.backFrom(LINE)).toMatchObject({ reach: 'offline', to: START + 122_000 });
	});

	it('knows from when it slept where the page was told', () => {
		registers();
		lives(30, 'reachable');
		now += 4_000;
		keep(book.stop(now));
		now += 8_000;
		// The lines were let go when the page stopped.
		keep(book.note(now, lines(), false));
		expect(told()).toEqual([
			['reachable', 0, 34],
			['asleep', 34, 42]
		]);
	});

	it('takes the slow timers of a hidden page for what they are', () => {
		hidden = true;
		registers();
		for (let minute = 0; minute < 10; minute++) {
			now += 60_000;
			keep(book.note(now, lines('reachable'), true));
		}
		expect(told()).toEqual([['reachable', 0, 600]]);
	});

	it('ends with its line', () => {
		registers();
		lives(30, 'reachable');
		lives(10);
		expect(book.open).toEqual([]);
		expect(told()).toEqual([['reachable', 0, 40]]);
		expect(book.backFrom(LINE)).toBeUndefined();
	});

	it('never claims to be reachable while it was asleep, in whatever order things happen', () => {
		const said = fc.constantFrom<Reachability | undefined>(
			'reachable',
			'offline',
			'no-token',
			'down',
			undefined
		);
		const step = fc.oneof(
			fc.record({ kind: fc.constant('lives' as const), seconds: fc.integer({ min: 1, max: 40 }), said }),
			fc.record({ kind: fc.constant('sleeps' as const), seconds: fc.integer({ min: 21, max: 9_000 }) }),
			fc.record({ kind: fc.constant('freezes' as const), seconds: fc.integer({ min: 1, max: 9_000 }) }),
			fc.record({ kind: fc.constant('registers' as const) })
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				now = START;
				stored = new Map();
				book = new ReachBook(now);
				const sleeps: [from: number, to: number][] = [];
				for (const one of steps) {
					if (one.kind === 'lives') lives(one.seconds, one.said);
					else if (one.kind === 'registers') registers();
					else {
						const from = now;
						if (one.kind === 'freezes') keep(book.stop(now));
						now += one.seconds * 1_000;
						sleeps.push([from, now]);
						keep(book.note(now, lines('reachable'), false));
					}
				}
				keep(book.open);
				for (const { reach, from, to } of stored.values()) {
					expect(from).toBeLessThanOrEqual(to);
					if (reach !== 'reachable') continue;
					for (const [start, end] of sleeps)
						expect(Math.min(to, end) - Math.max(from, start)).toBeLessThanOrEqual(0);
				}
			}),
			{ numRuns: 2_000 }
		);
	});
});

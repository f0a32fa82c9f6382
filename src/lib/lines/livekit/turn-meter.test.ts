import { describe, expect, test } from 'vitest';
import type { Turn } from '#lib/core/conversation.ts';
import { TurnMeter } from './turn-meter.ts';

const FRAME = 20;
type Span = readonly [from: number, to: number, level?: number];

/** Plays two voices to a meter, frame by frame; spans in ms. */
function play(mine: readonly Span[], theirs: readonly Span[], noise = -75, until = 6000): readonly Turn[] {
	const meter = new TurnMeter();
	const turns: Turn[] = [];
	const level = (spans: readonly Span[], at: number, quiet: number) => {
		const span = spans.find(([from, to]) => at >= from && at < to);
		return span ? (span[2] ?? -25) : quiet;
	};
	for (let at = 0; at < until; at += FRAME) {
		const turn = meter.hear(at, level(mine, at, noise), level(theirs, at, -Infinity));
		if (turn) turns.push(turn);
	}
	return turns;
}

const near = (value: number | undefined, expected: number) =>
	expect(Math.abs((value ?? NaN) - expected)).toBeLessThanOrEqual(2 * FRAME);

describe('a turn', () => {
	test('is the time from the end of my speech to the start of theirs', () => {
		const turns = play([[1000, 2000]], [[2650, 3500]]);
		expect(turns).toHaveLength(1);
		near(turns[0]?.latencyMs, 650);
		near(turns[0]?.spokeUntil, 2000);
		near(turns[0]?.heardAt, 2650);
		expect(turns[0]).not.toHaveProperty('bargeInMs');
	});

	test('is as short as it is: an answer within my pause counts from my last word', () => {
		near(play([[1000, 2000]], [[2100, 3000]])[0]?.latencyMs, 100);
	});

	test('goes on over the pauses of a speech', () => {
		const turns = play(
			[
				[1000, 1500],
				[1700, 2000]
			],
			[[2500, 3000]]
		);
		expect(turns).toHaveLength(1);
		near(turns[0]?.latencyMs, 500);
	});

	test('counts an answer once, whatever pauses it has', () => {
		const theirs: Span[] = [
			[2500, 3000],
			[3200, 3400],
			[4500, 5000]
		];
		expect(play([[1000, 2000]], theirs)).toHaveLength(1);
	});

	test('is one for every speech of mine that is answered', () => {
		const turns = play(
			[
				[500, 1000],
				[3000, 3500]
			],
			[
				[1400, 2000],
				[4500, 5000]
			]
		);
		expect(turns.map(({ latencyMs }) => Math.round(latencyMs / 100))).toEqual([4, 10]);
	});

	test('of an agent that interrupts is negative', () => {
		near(play([[1000, 2000]], [[1700, 3000]])[0]?.latencyMs, -300);
	});

	test('a click and a greeting are none', () => {
		expect(play([[1000, 1040]], [[1500, 2000]])).toEqual([]);
		expect(play([], [[500, 2000]])).toEqual([]);
	});

	test('no answer is no turn', () => {
		expect(play([[1000, 2000]], [])).toEqual([]);
	});

	test('a noisy room is no speech', () => {
		expect(play([], [[2500, 3000]], -42)).toEqual([]);
		near(play([[1500, 2000]], [[2600, 3000]], -55)[0]?.latencyMs, 600);
	});

	test('tells how soon they fell silent when I spoke into theirs', () => {
		const turns = play(
			[[1500, 2500]],
			[
				[500, 1900],
				[3500, 4000]
			]
		);
		expect(turns).toHaveLength(1);
		near(turns[0]?.bargeInMs, 400);
		near(turns[0]?.latencyMs, 1000);
	});

	test('an agent that speaks on was not interrupted', () => {
		const turns = play(
			[[1500, 2000]],
			[
				[500, 4000],
				[5000, 5500]
			]
		);
		expect(turns[0]).not.toHaveProperty('bargeInMs');
	});
});

test('knows when I stopped speaking, and not before', () => {
	const meter = new TurnMeter();
	for (let at = 0; at < 500; at += FRAME) meter.hear(at, -25, -Infinity);
	expect(meter.spokeUntil).toBe(-Infinity);
	for (let at = 500; at < 1000; at += FRAME) meter.hear(at, -80, -Infinity);
	near(meter.spokeUntil, 480);
});

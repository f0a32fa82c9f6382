import { describe, expect, test } from 'vitest';
import type { Clock } from '#lib/core/ports.ts';
import { renewalTime, TokenTimer } from './token-timer.ts';

const HOUR = 3_600_000;

describe('when a token is renewed', () => {
	const life = { obtainedAt: 1_000, expiresAt: 1_000 + HOUR };
	test.for([
		['at 80 % of its life at the earliest', false, 0, 0.8 * HOUR],
		['at 90 % at the latest', false, 1, 0.9 * HOUR],
		['in a call a minute before its end', true, 0.5, HOUR - 60_000]
	] as const)('%s', ([, inCall, random, after]) => {
		expect(renewalTime(life, inCall, random)).toBeCloseTo(1_000 + after);
	});

	test('a short one in time even in a call', () => {
		expect(renewalTime({ obtainedAt: 0, expiresAt: 20_000 }, true, 0)).toBe(16_000);
	});
});

/** Wall time that is told what it is; one task at most. */
class Hands implements Clock {
	wall = 0;
	task: { readonly at: number; readonly run: () => void } | undefined;
	now = () => this.wall;
	monotonic = () => this.wall;
	after = (ms: number, run: () => void) => {
		const task = { at: this.wall + ms, run };
		this.task = task;
		return () => {
			if (this.task === task) this.task = undefined;
		};
	};
	advance(to: number): void {
		this.wall = to;
		const { task } = this;
		if (!task || task.at > to) return;
		this.task = undefined;
		task.run();
	}
}

describe('the timer', () => {
	const running = () => {
		const hands = new Hands();
		let due = 0;
		const timer = new TokenTimer(
			hands,
			() => 0,
			() => due++
		);
		return { hands, timer, due: () => due };
	};

	test('rings once, at the time of the newest token', () => {
		const { hands, timer, due } = running();
		timer.start(HOUR);
		hands.advance(0.5 * HOUR);
		timer.start(1.5 * HOUR);
		hands.advance(1.29 * HOUR);
		expect(due()).toBe(0);
		hands.advance(1.3 * HOUR);
		expect(due()).toBe(1);
		expect(hands.task).toBeUndefined();
	});

	test('a call puts it off, the end of the call brings it back', () => {
		const { hands, timer, due } = running();
		timer.start(HOUR);
		timer.setInCall(true);
		hands.advance(0.95 * HOUR);
		expect(due()).toBe(0);
		timer.setInCall(false);
		hands.advance(0.95 * HOUR + 1);
		expect(due()).toBe(1);
	});

	test('in a call it rings when a minute is left', () => {
		const { hands, timer, due } = running();
		timer.start(HOUR);
		timer.setInCall(true);
		hands.advance(HOUR - 60_000);
		expect(due()).toBe(1);
	});

	test('a token without an end is never due, and nothing runs after stop', () => {
		const { hands, timer } = running();
		timer.start(undefined);
		expect(hands.task).toBeUndefined();
		timer.start(HOUR);
		timer.stop();
		timer.setInCall(true);
		expect(hands.task).toBeUndefined();
	});

	test('after it has rung, calls come and go without ringing it again', () => {
		const { hands, timer, due } = running();
		timer.start(HOUR);
		hands.advance(0.8 * HOUR);
		timer.setInCall(true);
		timer.setInCall(false);
		expect(hands.task).toBeUndefined();
		expect(due()).toBe(1);
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { KeptValue } from '#lib/browser/kept-value.ts';
import { LineError } from '#lib/core/errors.ts';
import { Scope } from '#lib/core/scope.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import type { CheckupRun } from '#lib/diagnostics/types.ts';
import type { Checkup } from '#lib/state/checkup-port.ts';
import { SelfTest } from './self-test.ts';

let bench: PhoneBench;
let scope: Scope;
let stored: unknown;
let runs: number;
let run: (signal: AbortSignal) => Promise<Pick<CheckupRun, 'verdict' | 'stopped'>>;

const kept: KeptValue = {
	read: () => stored,
	write: (value) => {
		stored = value;
		return true;
	}
};

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	stored = undefined;
	runs = 0;
	run = () => Promise.resolve({ verdict: 'healthy', stopped: false });
});

const selfTest = (checkup?: () => Promise<Pick<Checkup, 'run'>>) =>
	new SelfTest({
		checkup:
			checkup ??
			(() =>
				Promise.resolve({
					run: (_wish, signal) => {
						runs++;
						return run(signal) as Promise<CheckupRun>;
					}
				})),
		phone: bench.phone,
		kept,
		clock: bench.clock,
		log: () => {},
		scope
	});

describe('the self-test', () => {
	it('tells what the checkup says, also after a reload', async () => {
		const test = selfTest();
		expect(test.last.value).toBeUndefined();
		await test.run();
		const expected = { at: bench.clock.now(), verdict: 'healthy' };
		expect(test.last.value).toEqual(expected);
		expect(selfTest().last.value).toEqual(expected);
	});

	it('waits for the end of the calls, and then runs once', async () => {
		const call = await bench.talking();
		const test = selfTest();
		const both = Promise.all([test.run(), test.run()]);
		await bench.clock.pass(3_600_000);
		expect([runs, test.isRunning]).toEqual([0, true]);
		await bench.phone.hangUp(call);
		await both;
		expect([runs, test.isRunning]).toEqual([1, false]);
		expect(test.last.value?.at).toBe(bench.clock.now());
		await test.run();
		expect(runs).toBe(2);
	});

	it('says nothing after a run that takes for ever', async () => {
		run = (signal) =>
			new Promise((resolve) =>
				signal.addEventListener('abort', () => resolve({ verdict: 'blocked', stopped: true }))
			);
		const test = selfTest();
		const running = test.run();
		await bench.clock.pass(180_000);
		await running;
		expect(test.last.value?.verdict).toBe('unknown');
	});

	it('keeps the last word when the code does not arrive', async () => {
		stored = { at: 1, verdict: 'degraded' };
		const test = selfTest(() => Promise.reject(new LineError('app.incomplete')));
		await test.run();
		expect(test.last.value).toEqual({ at: 1, verdict: 'degraded' });
	});

	it.each([
		[{ at: 'x', verdict: 'healthy' }],
		[{ at: 1e99, verdict: 'healthy' }],
		[{ at: 1, verdict: '<b>' }],
		[{ at: 1 }],
		['healthy'],
		[null]
	])('does not believe what is stored as %j', (value) => {
		stored = value;
		expect(selfTest().last.value).toBeUndefined();
	});

	it('ends with the page, also in the middle of waiting', async () => {
		await bench.talking();
		const test = selfTest();
		const running = test.run();
		scope.end();
		await running;
		expect([runs, test.last.value]).toEqual([0, undefined]);
	});
});

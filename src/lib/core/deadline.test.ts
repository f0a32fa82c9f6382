import { describe, expect, it } from 'vitest';
import { deadline } from './deadline.ts';
import { LineError } from './errors.ts';
import { FakeClock } from './testing.ts';

const late = () => new LineError('call.no-response');

describe('deadline', () => {
	it('settles as the promise does, and leaves no timer', async () => {
		const clock = new FakeClock();
		const stop = new AbortController();
		await expect(deadline(Promise.resolve(1), 10, late, clock, stop.signal)).resolves.toBe(1);
		await expect(deadline(Promise.reject(new Error('x')), 10, late, clock)).rejects.toThrow('x');
		expect(clock.waiting).toBe(0);
	});

	it('rejects when it is late, whatever comes then', async () => {
		const clock = new FakeClock();
		let fail: (error: Error) => void = () => {};
		const limited = deadline(new Promise<never>((_, reject) => (fail = reject)), 10, late, clock);
		const told = expect(limited).rejects.toMatchObject({ fault: 'call.no-response' });
		await clock.pass(10);
		await told;
		fail(new Error('too late to matter'));
		await clock.pass(1);
	});

	it.each([
		['a LineError', new LineError('line.closed'), 'line.closed'],
		['anything else', 'because', 'command.not-now']
	])('rejects when the signal aborts with %s', async (_what, reason, fault) => {
		const clock = new FakeClock();
		const stop = new AbortController();
		const limited = deadline(new Promise(() => {}), 10, late, clock, stop.signal);
		stop.abort(reason);
		await expect(limited).rejects.toMatchObject({ fault });
		await expect(deadline(new Promise(() => {}), 10, late, clock, stop.signal)).rejects.toMatchObject({
			fault
		});
		expect(clock.waiting).toBe(0);
	});
});

import { describe, expect, it } from 'vitest';
import type { Call } from '#lib/core/line.ts';
import { FakeCall, FakeClock } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { ownRing } from './own-ring.ts';

const OWN = 'client:alice';

function bench() {
	const clock = new FakeClock();
	const calls = new Cell<readonly Call[]>([]);
	const stop = new AbortController();
	let count = 0;
	const appears = (direction: 'in' | 'out', address: string, line = 'desk') => {
		const call = new FakeCall(`c${count++}`, line, direction, address, clock);
		call.state.watch(
			({ phase }) => phase === 'ended' && calls.update((all) => all.filter((one) => one !== call))
		);
		calls.update((all) => [...all, call]);
		return call;
	};
	const outgoing = appears('out', OWN);
	const found = ownRing(outgoing, OWN, { calls, clock, signal: stop.signal });
	return { clock, calls, stop, appears, outgoing, found };
}

describe('whether the phone can be reached', () => {
	it('is proven by the call that shows our own name, and timed from the dialling', async () => {
		const { clock, appears, found } = bench();
		await clock.pass(700);
		const call = appears('in', OWN);
		expect(await found).toEqual({ call, afterMs: 700 });
	});

	it('is not proven by whoever else calls in the meantime', async () => {
		const { clock, appears, outgoing, found } = bench();
		await clock.pass(500);
		const stranger = appears('in', 'client:bob');
		await clock.pass(20_000);
		expect(await found).toBe('stranger');
		expect(outgoing.phase).toBe('ended');
		expect(stranger.phase).toBe('ringing');
	});

	it('is proven by our own call, also where somebody else was first', async () => {
		const { clock, appears, found } = bench();
		await clock.pass(500);
		appears('in', '+15550100');
		await clock.pass(1_000);
		const call = appears('in', OWN);
		expect(await found).toEqual({ call, afterMs: 1_500 });
	});

	it('is proven by a call with a number in place of the name that ends with the outgoing one', async () => {
		const { clock, appears, outgoing, found } = bench();
		await clock.pass(600);
		const call = appears('in', '+15550100');
		outgoing.state.watch(({ phase }) => phase === 'ended' && call.ends('missed'));
		await clock.pass(5_000);
		expect(await found).toEqual({ call, afterMs: 600 });
	});

	it('is not proven by a stranger who had given up before we did', async () => {
		const { clock, appears, found } = bench();
		const stranger = appears('in', '+15550100');
		await clock.pass(1_000);
		stranger.ends('missed');
		await clock.pass(20_000);
		expect(await found).toBe('stranger');
	});

	it('is not proven by a call on another line, nor by none at all', async () => {
		const { clock, appears, found } = bench();
		appears('in', OWN, 'other');
		await clock.pass(20_000);
		expect(await found).toBeUndefined();
	});

	it('is known a moment after the outgoing call has failed', async () => {
		const { clock, outgoing, found } = bench();
		await clock.pass(400);
		outgoing.ends('failed');
		await clock.pass(3_000);
		expect(await found).toBeUndefined();
		expect(clock.waiting).toBe(0);
	});

	it('leaves nothing behind when it is stopped', async () => {
		const { clock, stop, found } = bench();
		await clock.pass(400);
		stop.abort();
		expect(await found).toBeUndefined();
		expect(clock.waiting).toBe(0);
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import { LineError } from './errors.ts';
import { FakeLine, settled } from './testing.ts';
import { ALICE, BOB, fake, faultOf, never, PhoneBench } from './testing-phone.ts';

let bench: PhoneBench;

beforeEach(() => {
	bench = new PhoneBench();
});

describe('the history', () => {
	it('is written before the invite leaves', async () => {
		let store = () => {};
		bench.history.gate = () => new Promise((resolve) => (store = resolve));
		await bench.phone.dial('desk', ALICE, { name: 'Alice' });
		let mayLeave = false;
		void bench.line.dialled[0]?.options?.after?.then(() => (mayLeave = true));
		await settled();
		expect(mayLeave).toBe(false);
		expect(bench.history.begun).toEqual([
			{
				id: 'row-1',
				lineId: 'desk',
				direction: 'out',
				address: 'client:alice',
				name: 'Alice',
				startedAt: bench.clock.wall
			}
		]);
		store();
		await settled();
		expect(mayLeave).toBe(true);
	});

	it.each([
		['hangs', never],
		['fails', () => Promise.reject(new Error('quota'))]
	])('does not keep anyone from calling when it %s', async (_how, gate) => {
		bench.history.gate = gate;
		const dialled = bench.phone.dial('desk', ALICE);
		await bench.clock.pass(300);
		fake(await dialled)
			.talks()
			.ends('hung-up');
		await settled();
		expect(bench.history.finished).toHaveLength(1);
	});

	it('keeps how a call ended, once', async () => {
		const call = await bench.talking();
		call.reference.set('CA1');
		await bench.clock.pass(5_000);
		call.ends('failed', new LineError('call.lost', { vendorCode: 31005 }));
		call.ends('hung-up');
		await bench.line.close();
		await bench.phone.close();
		expect(bench.history.finished).toEqual([
			{
				id: 'row-1',
				outcome: 'failed',
				talkedMs: 5_000,
				fault: 'call.lost',
				vendorCode: 31005,
				reference: 'CA1'
			}
		]);
	});

	it('has a row for an incoming call, missed or not', async () => {
		bench.line.rings('client:carol').ends('missed');
		await settled();
		expect(bench.history.begun).toMatchObject([{ direction: 'in', address: 'client:carol' }]);
		expect(bench.history.finished).toMatchObject([{ outcome: 'missed', talkedMs: 0 }]);
	});

	it('says interrupted for what is still open when the phone closes', async () => {
		await bench.talking();
		await bench.phone.close();
		await settled();
		expect(bench.history.finished).toMatchObject([{ outcome: 'interrupted' }]);
	});

	it('is finished for a call whose line was taken away', async () => {
		const other = new FakeLine('other', bench.clock);
		const remove = bench.phone.add(other);
		const call = other.rings();
		remove();
		expect(bench.phone.calls.value).toEqual([]);
		expect(bench.phone.lines.value).toEqual([bench.line]);
		call.ends('line-closed');
		await settled();
		expect(bench.history.finished).toMatchObject([{ outcome: 'line-closed' }]);
	});
});

describe('commands', () => {
	it('refuses the second of two answers', async () => {
		const call = bench.line.rings();
		const both = [faultOf(bench.phone.answer(call)), faultOf(bench.phone.answer(call))];
		expect(await Promise.all(both)).toEqual(['none', 'command.not-now']);
		expect(call.phase).toBe('connecting');
	});

	it('refuses to answer one’s own call, to resume a call that is not held, to hold one that does not talk', async () => {
		const call = await bench.phone.dial('desk', ALICE);
		expect(await faultOf(bench.phone.answer(call))).toBe('command.not-now');
		expect(await faultOf(bench.phone.resume(call))).toBe('command.not-now');
		expect(await faultOf(bench.phone.hold(call))).toBe('command.not-now');
	});

	it('hangs up at once while another command hangs', async () => {
		const call = bench.line.rings();
		const other = bench.line.rings();
		call.gate = never;
		void faultOf(bench.phone.answer(call));
		await settled();
		await bench.phone.hangUp(other);
		expect(other.phase).toBe('ended');
		await bench.phone.hangUp(other);
	});

	it('gives up a hold that hangs, and keeps the call', async () => {
		const first = await bench.talking();
		first.gate = never;
		const dialled = faultOf(bench.phone.dial('desk', BOB));
		await bench.clock.pass(5_000);
		expect(await dialled).toBe('call.no-response');
		expect(first.phase).toBe('talking');
		expect(bench.line.dialled).toHaveLength(1);
	});

	it('hangs up a call whose answer hangs, and brings the other one back', async () => {
		const first = await bench.talking();
		const second = bench.line.rings();
		let open = () => {};
		second.gate = () => new Promise((resolve) => (open = resolve));
		const answered = faultOf(bench.phone.answer(second));
		await bench.clock.pass(30_000);
		expect(await answered).toBe('call.no-response');
		open();
		await settled();
		expect(second.phase).toBe('ended');
		expect(first.held).toBe(false);
	});

	it('are refused after close, with nothing left behind', async () => {
		const call = await bench.talking();
		const queued = faultOf(bench.phone.hold(call));
		await bench.phone.close();
		await queued;
		expect(await faultOf(bench.phone.dial('desk', ALICE))).toBe('line.closed');
		expect(await faultOf(bench.phone.hold(call))).toBe('line.closed');
		expect(bench.clock.waiting).toBe(0);
	});
});

describe('what is shown', () => {
	it('keeps the call that ended until it is dismissed or another one begins', async () => {
		const first = await bench.phone.dial('desk', ALICE);
		fake(first).ends('busy');
		expect(bench.phone.lastEnded.value).toBe(first);
		expect(bench.phone.calls.value).toEqual([]);
		bench.phone.dismissEnded();
		expect(bench.phone.lastEnded.value).toBeUndefined();
		fake(await bench.phone.dial('desk', ALICE)).ends('busy');
		await bench.phone.dial('desk', ALICE);
		expect(bench.phone.lastEnded.value).toBeUndefined();
	});

	it.each(['declined', 'ignored'] as const)('says nothing about a call that was %s here', (reason) => {
		bench.line.rings().ends(reason);
		expect(bench.phone.lastEnded.value).toBeUndefined();
	});

	it('lets four calls ring and leaves the rest to others', async () => {
		const calls = Array.from({ length: 100 }, () => bench.line.rings());
		await settled();
		expect(bench.phone.calls.value).toEqual(calls.slice(0, 4));
		expect(bench.history.finished).toHaveLength(96);
		// Nobody here has seen them.
		expect(new Set(bench.history.finished.map(({ outcome }) => outcome))).toEqual(new Set(['missed']));
	});

	it('takes in a line with calls', () => {
		const other = new FakeLine('other', bench.clock);
		const call = other.rings();
		bench.phone.add(other);
		expect(bench.phone.calls.value).toEqual([call]);
	});
});

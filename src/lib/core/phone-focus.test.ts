import { beforeEach, describe, expect, it } from 'vitest';
import { LineError } from './errors.ts';
import { type FakeCall, FakeLine, settled } from './testing.ts';
import { ALICE, BOB, fake, faultOf, PhoneBench } from './testing-phone.ts';

let bench: PhoneBench;

beforeEach(() => {
	bench = new PhoneBench();
});

describe('the audio focus', () => {
	it('is taken by an answer, after the other call was held', async () => {
		const first = await bench.talking();
		const second = bench.line.rings();
		expect(bench.phone.focus.value).toBe(first);
		await bench.phone.answer(second);
		expect(first.held).toBe(true);
		expect(bench.phone.focus.value).toBe(second);
		expect(bench.phone.calls.value).toEqual([first, second]);
	});

	it('goes back when the second call ends', async () => {
		const first = await bench.talking();
		const second = await bench.talking(BOB);
		expect(first.held).toBe(true);
		second.ends('remote-hung-up');
		await settled();
		expect(first.held).toBe(false);
		expect(bench.phone.focus.value).toBe(first);
	});

	it('goes back when the second call never comes about', async () => {
		const first = await bench.talking();
		bench.line.gate = () => Promise.reject(new LineError('line.closed'));
		expect(await faultOf(bench.phone.dial('desk', BOB))).toBe('line.closed');
		await settled();
		expect(first.held).toBe(false);
	});

	it('goes back when the caller gives up during the answer', async () => {
		const first = await bench.talking();
		const second = bench.line.rings();
		first.gate = () => {
			second.ends('missed');
			return Promise.resolve();
		};
		expect(await faultOf(bench.phone.answer(second))).toBe('command.not-now');
		await settled();
		expect(first.held).toBe(false);
	});

	it('does not go back to a call that was held by hand', async () => {
		const first = await bench.talking();
		await bench.phone.hold(first);
		expect(bench.phone.focus.value).toBeUndefined();
		const second = await bench.talking(BOB);
		second.ends('hung-up');
		await settled();
		expect(first.held).toBe(true);
		expect(bench.phone.focus.value).toBeUndefined();
	});

	it('does not go back to a call put aside that is then held by hand', async () => {
		const first = await bench.talking();
		const second = await bench.talking(BOB);
		await bench.phone.hold(first);
		second.ends('hung-up');
		await settled();
		expect(first.held).toBe(true);
	});

	it('is swapped by resume, and goes back after a swap', async () => {
		const first = await bench.talking();
		const second = await bench.talking(BOB);
		await bench.phone.resume(first);
		expect([first.held, second.held]).toEqual([false, true]);
		expect(bench.phone.focus.value).toBe(first);
		first.ends('hung-up');
		await settled();
		expect(second.held).toBe(false);
	});

	it('is waited for in a row: C ends, B comes back; B ends, A comes back', async () => {
		const a = await bench.talking();
		const b = await bench.talking(BOB);
		const c = await bench.talking(BOB);
		c.ends('hung-up');
		await settled();
		expect([a.held, b.held]).toEqual([true, false]);
		b.ends('hung-up');
		await settled();
		expect(a.held).toBe(false);
	});

	it('is inherited: B ends while it waits for C, so A waits for C', async () => {
		const a = await bench.talking();
		const b = await bench.talking(BOB);
		const c = await bench.talking(BOB);
		b.ends('remote-hung-up');
		await settled();
		expect(a.held).toBe(true);
		c.ends('hung-up');
		await settled();
		expect(a.held).toBe(false);
	});

	it('is waited for while the next call is still being placed', async () => {
		const a = await bench.talking();
		const b = await bench.talking(BOB);
		let open = () => {};
		bench.line.gate = () => new Promise((resolve) => (open = resolve));
		const dialled = bench.phone.dial('desk', BOB);
		await settled();
		b.ends('remote-hung-up');
		await settled();
		open();
		const c = fake(await dialled);
		await settled();
		expect(a.held).toBe(true);
		c.ends('busy');
		await settled();
		expect(a.held).toBe(false);
	});

	it('is waited for when the call before it ends while it is put aside', async () => {
		const a = await bench.talking();
		const b = await bench.talking(BOB);
		b.gate = () => {
			b.ends('remote-hung-up');
			return Promise.resolve();
		};
		const c = fake(await bench.phone.dial('desk', BOB));
		await settled();
		expect([a.held, bench.phone.focus.value]).toEqual([true, c]);
		c.ends('busy');
		await settled();
		expect(a.held).toBe(false);
	});

	it('is not given away when the call that had it ends and another one talks', async () => {
		const a = await bench.talking();
		const b = await bench.talking(BOB);
		b.gate = () => {
			// As a line might that takes a call off hold by itself.
			a.happens({ type: 'held', held: false });
			b.ends('remote-hung-up');
			return Promise.resolve();
		};
		const c = await bench.talking(BOB);
		expect(a.held).toBe(true);
		expect(bench.phone.focus.value).toBe(c);
	});

	it('is not shared with a call that comes off hold too late', async () => {
		const a = await bench.talking();
		const b = await bench.talking(BOB);
		let open = () => {};
		a.gate = () => new Promise((resolve) => (open = resolve));
		const resumed = faultOf(bench.phone.resume(a));
		await bench.clock.pass(5_000);
		expect(await resumed).toBe('call.no-response');
		await settled();
		expect(b.held).toBe(false);
		a.gate = () => Promise.resolve();
		open();
		await settled();
		expect([a.held, b.held]).toEqual([true, false]);
		b.ends('hung-up');
		await settled();
		expect(a.held).toBe(false);
	});

	it('goes back when the second call has ended before anyone saw it', async () => {
		const first = await bench.talking();
		bench.line.atBirth = (call) => call.ends('busy');
		const second = await bench.phone.dial('desk', BOB);
		await settled();
		expect(first.held).toBe(false);
		expect(bench.phone.focus.value).toBe(first);
		expect(bench.phone.lastEnded.value).toBe(second);
		expect(bench.history.finished).toMatchObject([{ outcome: 'busy' }]);
	});

	it('follows a call that was answered behind the phone', async () => {
		const call = bench.line.rings();
		await call.answer();
		expect(bench.phone.focus.value).toBe(call);
	});
});

describe('a line without hold', () => {
	let plain: FakeLine;
	let first: FakeCall;

	beforeEach(async () => {
		plain = new FakeLine('plain', bench.clock, { hold: false });
		bench.phone.add(plain);
		first = fake(await bench.phone.dial('plain', ALICE)).talks();
	});

	it('refuses a second call instead of dropping the first', async () => {
		const second = bench.line.rings();
		expect(await faultOf(bench.phone.answer(second))).toBe('call.second-call-unsupported');
		expect(await faultOf(bench.phone.dial('desk', BOB))).toBe('call.second-call-unsupported');
		expect(first.phase).toBe('talking');
		expect(second.phase).toBe('ringing');
	});

	it('has no hold by hand', async () => {
		expect(await faultOf(bench.phone.hold(first))).toBe('command.unsupported');
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Address } from './address.ts';
import { LineError, type Fault } from './errors.ts';
import { settled } from './testing.ts';
import { ALICE, BOB, fake, faultOf, never, PhoneBench } from './testing-phone.ts';

let bench: PhoneBench;

beforeEach(() => {
	bench = new PhoneBench();
});

describe('dialling', () => {
	it('shows the call at once, with the focus', async () => {
		const call = await bench.phone.dial('desk', ALICE);
		expect(bench.phone.calls.value).toEqual([call]);
		expect(bench.phone.focus.value).toBe(call);
		expect(bench.line.dialled).toHaveLength(1);
	});

	it('hands caller id and parameters to the line', async () => {
		await bench.phone.dial('desk', BOB, { callerId: '+15550111', params: { a: 'b' } });
		expect(bench.line.dialled[0]?.options).toMatchObject({ callerId: '+15550111', params: { a: 'b' } });
	});

	it('hears from the line when the invite has left', async () => {
		let left = 0;
		await bench.phone.dial('desk', ALICE, { invited: () => left++ });
		expect(left).toBe(0);
		bench.line.dialled[0]?.options?.invited?.();
		expect(left).toBe(1);
	});

	it.each<[string, Address, Fault]>([
		['desk', { kind: 'code', value: '911' }, 'dialling.emergency'],
		['desk', { kind: 'number', value: '+19005550100' }, 'dialling.not-allowed'],
		['desk', { kind: 'room', value: 'a' }, 'address.unsupported'],
		['other', BOB, 'line.closed'],
		// The rule speaks before the line.
		['other', { kind: 'code', value: '112' }, 'dialling.emergency']
	])('refuses on %s: %o with %s, leaving no row', async (id, to, fault) => {
		expect(await faultOf(bench.phone.dial(id, to))).toBe(fault);
		expect(bench.history.begun).toEqual([]);
		expect(bench.line.dialled).toEqual([]);
	});

	it('dials what needs a confirmation once it is confirmed', async () => {
		const premium: Address = { kind: 'number', value: '+19005550100' };
		await expect(bench.phone.dial('desk', premium)).rejects.toMatchObject({
			facts: { unconfirmed: 'premium' }
		});
		await bench.phone.dial('desk', premium, { confirmed: true });
		expect(bench.line.dialled).toHaveLength(1);
	});

	it('never dials what is not allowed, confirmed or not', async () => {
		bench.rules = { allow: ['client:*'] };
		expect(await faultOf(bench.phone.dial('desk', BOB, { confirmed: true }))).toBe('dialling.not-allowed');
	});

	it('refuses a second call while the first is still being placed', async () => {
		await bench.phone.dial('desk', ALICE);
		expect(await faultOf(bench.phone.dial('desk', BOB))).toBe('command.not-now');
		expect(bench.line.dialled).toHaveLength(1);
	});

	it('places ten calls for a thousand clicks, and ten more a minute later', async () => {
		const burst = async () => {
			for (let click = 0; click < 1_000; click++) {
				await bench.phone.dial('desk', ALICE).then(
					(call) => fake(call).ends('busy'),
					() => {}
				);
			}
		};
		await burst();
		expect(bench.line.dialled).toHaveLength(10);
		expect(await faultOf(bench.phone.dial('desk', ALICE))).toBe('dialling.too-many-calls');
		await bench.clock.pass(60_000);
		await burst();
		expect(bench.line.dialled).toHaveLength(20);
	});

	it('sends the digits behind a number once the parties talk', async () => {
		const call = fake(await bench.phone.dial('desk', BOB, { digits: 'wwww12' }));
		call.happens({ type: 'rang' });
		expect(call.digits.value).toBe('');
		call.talks();
		expect(call.digits.value).toBe('wwww12');
		call.happens({ type: 'held', held: true });
		call.happens({ type: 'held', held: false });
		expect(call.digits.value).toBe('wwww12');
	});
});

describe('a dial that comes to nothing', () => {
	it('is dropped after 10 s, aborts the line and hangs up a call that comes later', async () => {
		let open = () => {};
		bench.line.gate = () => new Promise((resolve) => (open = resolve));
		const dialled = faultOf(bench.phone.dial('desk', ALICE));
		await bench.clock.pass(9_999);
		expect(bench.line.dialled[0]?.options?.signal?.aborted).toBe(false);
		await bench.clock.pass(1);
		expect(await dialled).toBe('line.not-ready');
		expect(bench.line.dialled[0]?.options?.signal?.aborted).toBe(true);
		open();
		await settled();
		expect(bench.phone.calls.value).toEqual([]);
		expect(bench.history.finished).toMatchObject([
			{ outcome: 'failed', fault: 'line.not-ready', talkedMs: 0 }
		]);
		expect(bench.clock.waiting).toBe(0);
	});

	it('is dropped while it waits behind another command', async () => {
		const call = bench.line.rings();
		call.gate = never;
		const answered = faultOf(bench.phone.answer(call));
		const dialled = faultOf(bench.phone.dial('desk', ALICE));
		await bench.clock.pass(10_000);
		expect(await dialled).toBe('line.not-ready');
		await bench.clock.pass(20_000);
		expect(await answered).toBe('call.no-response');
		expect(bench.line.dialled).toEqual([]);
	});

	it('is cancelled by the caller', async () => {
		bench.line.gate = never;
		const stop = new AbortController();
		const dialled = faultOf(bench.phone.dial('desk', ALICE, { signal: stop.signal }));
		await settled();
		stop.abort();
		expect(await dialled).toBe('command.not-now');
		await settled();
		expect(bench.history.finished).toMatchObject([{ outcome: 'cancelled' }]);
	});

	it('is either placed or cancelled, in whichever moment it is taken back', async () => {
		const ends = new Set<string>();
		for (let turns = 0; turns < 60; turns++) {
			bench = new PhoneBench();
			const stop = new AbortController();
			const dialled = faultOf(bench.phone.dial('desk', ALICE, { signal: stop.signal }));
			for (let turn = 0; turn < turns; turn++) await Promise.resolve();
			stop.abort();
			const fault = await dialled;
			await settled();
			const alive = bench.phone.calls.value.length;
			ends.add(`${fault} ${alive}`);
		}
		expect([...ends].sort()).toEqual(['command.not-now 0', 'none 1']);
	});

	it('does not even start for a signal that has aborted', async () => {
		expect(await faultOf(bench.phone.dial('desk', ALICE, { signal: AbortSignal.abort() }))).toBe(
			'command.not-now'
		);
		expect(bench.history.begun).toEqual([]);
	});

	it('finishes its row with what the line said', async () => {
		bench.line.gate = () => Promise.reject(new LineError('call.forbidden', { vendorCode: 31404 }));
		expect(await faultOf(bench.phone.dial('desk', ALICE))).toBe('call.forbidden');
		await settled();
		expect(bench.history.finished).toEqual([
			{ id: 'row-1', outcome: 'failed', talkedMs: 0, fault: 'call.forbidden', vendorCode: 31404 }
		]);
	});

	it('turns a foreign error into app.unexpected', async () => {
		bench.line.gate = () => Promise.reject(new TypeError('x'));
		expect(await faultOf(bench.phone.dial('desk', ALICE))).toBe('app.unexpected');
	});
});

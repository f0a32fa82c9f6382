import { describe, expect, it } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import type { MediaSample } from '#lib/core/line.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeCall, FakeClock } from '#lib/core/testing.ts';
import type { Call } from '#lib/core/line.ts';
import { Cell } from '#lib/core/watched.ts';
import { CallJournal } from './call-journal.ts';

class MeasuredCall extends FakeCall {
	override readonly sample = new Cell<MediaSample | undefined>(undefined);
}

function bench(isRemote = true) {
	const clock = new FakeClock();
	const calls = new Cell<readonly Call[]>([]);
	const scope = new Scope();
	const journal = new CallJournal({
		calls,
		clock,
		scope,
		isRemote: () => isRemote,
		agentOf: () => undefined
	});
	const dial = (address: string, id = 'c1') => {
		const call = new MeasuredCall(id, 'desk', 'out', address, clock);
		calls.update((all) => [...all, call]);
		return call;
	};
	return { clock, journal, dial };
}

const sample = (at: number, packets: number): MediaSample => ({
	at,
	sentLevel: -20,
	heardLevel: -Infinity,
	packetsSent: packets,
	packetsReceived: packets
});

describe('the journal of calls', () => {
	it('times each phase when it first comes, and says how it ended', async () => {
		const { clock, journal, dial } = bench();
		const call = dial('+15550100');
		await clock.pass(300);
		call.happens({ type: 'rang' });
		await clock.pass(700);
		call.happens({ type: 'answered', at: clock.monotonic() });
		await clock.pass(100);
		call.happens({ type: 'media-connected', at: clock.monotonic() });
		await clock.pass(5000);
		call.ends('remote-hung-up');
		expect(journal.of('desk')).toMatchObject([
			{
				direction: 'out',
				purpose: 'call',
				phase: 'ended',
				ringingAfterMs: 300,
				answeredAfterMs: 1000,
				mediaAfterMs: 1100,
				endedAfterMs: 6100,
				talkedMs: 5000,
				reason: 'remote-hung-up'
			}
		]);
	});

	it.each([
		['+15550100', { kind: 'number', complete: true }],
		['15550100', { kind: 'number', complete: false }],
		['+1202', { kind: 'number', complete: false }],
		['+120255501001234567', { kind: 'number', complete: false }],
		['client:alice', { kind: 'client', complete: true }],
		['room:x', { kind: 'room', complete: true }],
		['112', { kind: 'code', complete: true }]
	])('knows the form of %s and not the number', (address, to) => {
		const { journal, dial } = bench();
		dial(address);
		expect(journal.of('desk')[0]?.to).toEqual(to);
		expect(JSON.stringify(journal.of('desk'))).not.toContain(address.slice(-5));
	});

	it('keeps the fault and the number that the vendor gave it', () => {
		const { journal, dial } = bench();
		dial('+15550100').ends('failed', new LineError('call.not-found', { vendorCode: 31404 }));
		expect(journal.of('desk')).toMatchObject([{ fault: 'call.not-found', vendorCode: 31404 }]);
	});

	it('measures what grew in the last seconds; silence has no level', () => {
		const { journal, dial } = bench();
		const call = dial('+15550100').talks();
		for (let second = 0; second < 8; second++) call.sample.set(sample(second * 1000, second * 50));
		expect(journal.of('desk')[0]?.media).toMatchObject({
			windowMs: 4000,
			packetsSent: 200,
			packetsReceived: 200,
			sentLevelDbfs: -20,
			heardLevelDbfs: null
		});
	});

	it('measures nothing on hold, where nothing has to flow', async () => {
		const { journal, dial } = bench();
		const call = dial('+15550100').talks();
		for (let second = 0; second < 4; second++) call.sample.set(sample(second * 1000, second * 50));
		await call.setHeld(true);
		for (let second = 4; second < 8; second++) call.sample.set(sample(second * 1000, 150));
		call.ends('hung-up');
		expect(journal.of('desk')[0]?.media).toMatchObject({ windowMs: 3000, packetsReceived: 150, held: true });
	});

	it('measures nothing of a line in this page', () => {
		const { journal, dial } = bench(false);
		const call = dial('1').talks();
		call.sample.set(sample(0, 0));
		expect(journal.of('desk')[0]?.media).toBeUndefined();
	});

	it('has the newest first, and what a button has made is marked', () => {
		const { journal, dial } = bench();
		dial('client:a', 'c1');
		journal.mark(dial('client:b', 'c2'), 'test');
		expect(journal.of('desk').map(({ purpose }) => purpose)).toEqual(['test', 'call']);
		expect(journal.of('other')).toEqual([]);
	});
});

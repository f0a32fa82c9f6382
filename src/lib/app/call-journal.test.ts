import { describe, expect, it } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import type { MediaSample } from '#lib/core/line.ts';
import type { Conversation, Participant } from '#lib/core/conversation.ts';
import { Scope } from '#lib/core/scope.ts';
import type { SoundPath } from '#lib/core/sound-path.ts';
import { FakeCall, FakeClock } from '#lib/core/testing.ts';
import type { Call } from '#lib/core/line.ts';
import { Cell } from '#lib/core/watched.ts';
import { CallJournal } from './call-journal.ts';

class MeasuredCall extends FakeCall {
	override readonly sample = new Cell<MediaSample | undefined>(undefined);
	readonly path = new Cell<SoundPath | undefined>(undefined);
	conversation?: Conversation;
}

const PRIVATE = { type: 'host', protocol: 'udp', address: 'private' } as const;
const agent = (more: Partial<Participant> = {}): Participant => ({
	...{ identity: 'a', name: '', kind: 'agent', audible: true, muted: false, level: -20 },
	...more
});

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
	const dial = (address: string, id = 'c1', atEnd = () => {}) => {
		const call = new MeasuredCall(id, 'desk', 'out', address, clock);
		call.state.watch(({ phase }) => phase === 'ended' && atEnd());
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

	it('has no path and no outputs where the line cannot tell them', () => {
		const { journal, dial } = bench();
		dial('+15550100').talks().sample.set(sample(0, 0));
		const media = journal.of('desk')[0]?.media;
		expect(media).toMatchObject({ iceState: 'connected', local: [], remote: [] });
		expect(media).not.toHaveProperty('renderers');
		expect(media).not.toHaveProperty('remoteMuted');
	});

	it('tells what plays the sound, and how much of it there was', () => {
		const { journal, dial } = bench();
		const call = dial('+15550100').talks();
		const outputs = [{ muted: false, volume: 1, paused: true, refused: 'NotAllowedError' }];
		call.path.set({ ice: 'connected', local: [], remote: [], outputs });
		for (const at of [0, 1, 2]) call.sample.set({ ...sample(at * 1000, at * 50), heardLevel: 0 });
		expect(journal.of('desk')[0]?.media).toMatchObject({
			renderers: [
				{ kind: 'element', muted: false, volume: 1, paused: true, playThrew: { name: 'NotAllowedError' } }
			],
			heardEnergy: 3
		});
	});

	it('counts a stream that came within the window from nothing, and another connection anew', () => {
		const { journal, dial } = bench();
		const call = dial('+15550100').talks();
		const { packetsReceived: _none, ...silent } = sample(0, 0);
		call.sample.set(silent);
		call.sample.set(sample(1000, 50));
		expect(journal.of('desk')[0]?.media).toMatchObject({ packetsReceived: 50 });
		call.sample.set(sample(2000, 10));
		call.sample.set(sample(3000, 60));
		expect(journal.of('desk')[0]?.media).toMatchObject({ packetsReceived: 100 });
	});

	it('takes the middle of the last seconds for the quality: one bad one is not the call', () => {
		const { journal, dial } = bench();
		const call = dial('+15550100').talks();
		for (const [at, mos] of [4.2, 4.3, 4.1, 1.2, 4.2].entries())
			call.sample.set({ ...sample(at * 1000, at * 50), mos, roundTripMs: mos < 2 ? 900 : 30 });
		expect(journal.of('desk')[0]?.media).toMatchObject({ mos: 4.2, roundTripMs: 30 });
		expect(journal.of('desk')[0]?.media).not.toHaveProperty('loss');
	});

	it('keeps the path of a call that never had one, and nothing of one that was only cancelled', () => {
		const { journal, dial } = bench();
		const path = { ice: 'checking', local: [], remote: [PRIVATE] };
		const lost = dial('+15550100');
		lost.path.set(path);
		lost.ends('failed', new LineError('media.not-connected'));
		expect(journal.of('desk')[0]?.media).toMatchObject({
			iceState: 'failed',
			remote: [PRIVATE],
			windowMs: 0
		});
		const cancelled = dial('+15550101', 'c2');
		cancelled.path.set(path);
		cancelled.ends('cancelled');
		expect(journal.of('desk')[0]?.media).toBeUndefined();
	});

	it('says that the far side was muted only when it was so all the time', () => {
		const { journal, dial } = bench();
		const call = dial('room:x');
		const participants = new Cell<readonly Participant[]>([agent({ muted: true })]);
		call.conversation = { participants } as unknown as Conversation;
		call.talks();
		const second = (at: number, who: Participant) => {
			participants.set([who]);
			call.sample.set(sample(at * 1000, 0));
		};
		second(0, agent());
		second(1, agent({ muted: true }));
		expect(journal.of('desk')[0]?.media).toMatchObject({ remoteMuted: false, remoteSubscribed: true });
		for (const at of [2, 3, 4, 5]) second(at, agent({ muted: true, subscribed: false }));
		expect(journal.of('desk')[0]?.media).toMatchObject({ remoteMuted: true, remoteSubscribed: true });
		second(6, agent({ muted: true, subscribed: false }));
		expect(journal.of('desk')[0]?.media).toMatchObject({ remoteMuted: true, remoteSubscribed: false });
	});

	it('measures nothing of a line in this page', () => {
		const { journal, dial } = bench(false);
		const call = dial('1').talks();
		call.sample.set(sample(0, 0));
		expect(journal.of('desk')[0]?.media).toBeUndefined();
	});

	it('forgets calls that are over, at the very moment of their end, and none that lives', () => {
		const { journal, dial } = bench();
		const over = dial('+15550100', 'c1', () => journal.forget());
		dial('+15550101', 'c2');
		over.ends('cancelled');
		expect(journal.of('desk').map(({ phase }) => phase)).toEqual(['placing']);
	});

	it('has the newest first, and what a button has made is marked', () => {
		const { journal, dial } = bench();
		dial('client:a', 'c1');
		journal.mark(dial('client:b', 'c2'), 'test');
		expect(journal.of('desk').map(({ purpose }) => purpose)).toEqual(['test', 'call']);
		expect(journal.of('other')).toEqual([]);
	});
});

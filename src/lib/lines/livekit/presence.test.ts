import { describe, expect, test } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import { FakeClock } from '#lib/core/testing.ts';
import { Presence, type Someone } from './presence.ts';

const agent: Someone = { kind: 'agent', audible: true, away: false, says: 'listening' };
const person: Someone = { kind: 'person', audible: true, away: false };
const phone: Someone = { kind: 'phone', audible: true, away: false };
const ringing: Someone = { ...phone, audible: false, away: true };
const recorder: Someone = { kind: 'machine', audible: false, away: false };

function bench(expected = true) {
	const clock = new FakeClock();
	const told: string[] = [];
	const own = { here: true };
	const presence = new Presence({
		clock,
		expected,
		withinMs: 20_000,
		missing: () => new LineError('agent.never-joined'),
		here: () => own.here,
		rang: () => told.push('rang'),
		answered: () => told.push('answered'),
		over: (reason, error) => told.push(`${reason} ${error?.fault ?? ''}`.trim())
	});
	return { clock, told, presence, own };
}

const phase = ({ agent: { value } }: Presence) =>
	value.phase === 'failed' ? value.because.fault : value.phase;

test('nothing counts before we are in the room', () => {
	const { presence, told } = bench();
	presence.see([agent]);
	expect(told).toEqual([]);
	expect(phase(presence)).toBe('awaited');
});

test.each([
	['an agent that is expected', true, [], 'rang'],
	['a recorder only', true, [recorder], 'rang'],
	['a telephone that rings', false, [ringing], 'rang'],
	['nobody in particular', false, [], 'answered'],
	['the agent', true, [agent], 'answered'],
	['a person, where an agent was expected', true, [person], 'answered'],
	['a telephone that has answered', false, [phone], 'answered']
])('%s', (_, expected, others, event) => {
	const { presence, told } = bench(expected);
	presence.entered();
	presence.see(others);
	expect(told).toEqual([event]);
});

test('an agent that does not come in time ends the call', async () => {
	const { presence, told, clock } = bench();
	presence.entered();
	presence.see([]);
	await clock.pass(19_999);
	expect(told).toEqual(['rang']);
	await clock.pass(1);
	expect(told.at(-1)).toBe('no-answer agent.never-joined');
});

test('one that comes in time does not, and nothing waits for it any more', async () => {
	const { presence, told, clock } = bench();
	presence.entered();
	presence.see([]);
	await clock.pass(10_000);
	presence.see([agent]);
	await clock.pass(60_000);
	expect(told.at(-1)).toBe('answered');
});

test('with a person here the call goes on without it, and it may still come', async () => {
	const { presence, told, clock } = bench();
	presence.entered();
	presence.see([person]);
	await clock.pass(20_000);
	expect(told).toEqual(['answered']);
	expect(phase(presence)).toBe('agent.only-people');
	presence.see([person, agent]);
	expect(phase(presence)).toBe('listening');
});

test.each([
	['hangs up', 'left', [], 'remote-hung-up', 'listening'],
	['crashes', 'lost', [], 'failed agent.left', 'listening'],
	['crashes, a mute person stays', 'lost', [{ ...person, audible: false }], 'failed agent.left', 'listening'],
	['hangs up, a person stays', 'left', [person], 'answered', 'none'],
	['crashes, a person stays', 'lost', [person], 'answered', 'agent.left'],
	['crashes, another agent stays', 'lost', [agent], 'answered', 'listening']
] as const)('an agent that %s', (_, how, others, last, state) => {
	const { presence, told } = bench();
	presence.entered();
	presence.see([agent, ...others]);
	presence.left(agent, how, others);
	presence.see(others);
	expect(told.at(-1)).toBe(last);
	expect(phase(presence)).toBe(state);
});

test('a person who goes leaves a conference behind', () => {
	const { presence, told } = bench(false);
	presence.entered();
	presence.see([person]);
	presence.left(person, 'left', []);
	presence.see([]);
	expect(told.at(-1)).toBe('answered');
});

test.each([
	['answered, hangs up', [phone], 'left', 'remote-hung-up'],
	['rings, is refused', [ringing], 'refused', 'refused'],
	['rings, is not there', [ringing], 'unavailable', 'no-answer'],
	['rings, gives up', [ringing], 'left', 'no-answer'],
	['is lost', [phone], 'lost', 'failed call.lost'],
	['goes, a person stays', [phone, person], 'left', 'answered']
] as const)('a telephone that %s', (_, others, how, last) => {
	const { presence, told } = bench(false);
	presence.entered();
	presence.see(others);
	presence.left(others[0], how, others.slice(1));
	expect(told.at(-1)).toBe(last);
});

test.each([
	['an agent', [agent]],
	['an agent, a person is still there', [agent, person]],
	['a telephone', [phone]],
	['a person', [person]]
] as const)('%s that goes with the room tells of its end before the room does', (_, others) => {
	const { presence, told } = bench();
	presence.entered();
	presence.see(others);
	presence.left(others[0], 'room-closed', others.slice(1));
	expect(told.at(-1)).toBe('remote-hung-up livekit-room.deleted');
});

test('an agent that nobody had called and that did not survive our own absence is waited for too', async () => {
	const { presence, told, clock } = bench(false);
	presence.entered();
	presence.see([agent]);
	presence.see([], true);
	expect(phase(presence)).toBe('awaited');
	await clock.pass(20_000);
	expect(told).toEqual(['answered', 'rang', 'failed agent.left']);
});

test('an agent that did not survive our own absence has its time to come back', async () => {
	const { presence, told, clock } = bench();
	presence.entered();
	presence.see([agent]);
	presence.see([], true);
	expect(phase(presence)).toBe('awaited');
	await clock.pass(20_000);
	expect(told.at(-1)).toBe('failed agent.left');
});

test('is heard speaking, whatever it says, and asked is answered or not', async () => {
	const { presence, clock } = bench();
	presence.entered();
	presence.see([agent]);
	presence.hear(-60);
	expect(phase(presence)).toBe('listening');
	presence.hear(-30);
	expect(phase(presence)).toBe('speaking');
	await clock.pass(2_000);
	presence.tick();
	expect(phase(presence)).toBe('listening');
});

test('that should be heard and is not, however often it is asked, has failed', async () => {
	const { presence, clock } = bench();
	presence.entered();
	presence.asked();
	presence.see([agent]);
	for (let second = 0; second <= 10; second++) {
		presence.asked();
		presence.tick();
		expect(phase(presence)).toBe(second < 10 ? 'listening' : 'agent.silent');
		await clock.pass(1000);
	}
	presence.hear(-20);
	expect(phase(presence)).toBe('speaking');
});

test('after its end it says nothing', async () => {
	const { presence, told, clock } = bench();
	presence.entered();
	presence.see([]);
	presence.end();
	await clock.pass(30_000);
	presence.see([agent]);
	expect(told).toEqual(['rang']);
});

describe('a server that stops takes the agent out', () => {
	const begin = () => {
		const all = bench();
		all.presence.entered();
		all.presence.see([agent]);
		all.presence.left(agent, 'server-gone', []);
		all.presence.see([]);
		expect(all.told).not.toContain('failed agent.left');
		return all;
	};

	test('and us right after: the call is not over by that', async () => {
		const { own, clock, told, presence } = begin();
		own.here = false;
		await clock.pass(10_000);
		own.here = true;
		presence.see([agent], true);
		await clock.pass(10_000);
		expect(told.filter((word) => word.startsWith('failed'))).toEqual([]);
	});

	test('and us, who are back before it is asked', async () => {
		const { clock, told, presence } = begin();
		await clock.pass(1_000);
		presence.see([], true);
		await clock.pass(5_000);
		expect(told.filter((word) => word.startsWith('failed'))).toEqual([]);
	});

	test('but not us: it had the agent only', async () => {
		const { clock, told } = begin();
		await clock.pass(3_000);
		expect(told.at(-1)).toBe('failed agent.left');
	});
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startLiveKit, type LiveKit, type PartyObservation, type Visitor } from './livekit.ts';
import type { Voice } from './room-plan.ts';

let livekit: LiveKit;
beforeAll(async () => {
	livekit = await startLiveKit({ departureTimeout: 1, say: console.log });
	await livekit.ready;
});
afterAll(() => livekit.close());
let guests: Visitor[] = [];
afterEach(async () => {
	await Promise.all(guests.map((guest) => guest.leave()));
	guests = [];
});

const TIMEOUT = 15_000;
/** Opus leaves a trace of digital silence. */
const SILENCE = 0.001;
const eventually = { timeout: TIMEOUT, interval: 50 };

/** A guest in a room of its own, and how to see the other side there. */
async function enter(first: string, { voice, config }: { voice?: Voice; config?: object } = {}) {
	const room = `${first}-${randomUUID().slice(0, 8)}`;
	const identity = `guest-${room}`;
	const guest = await livekit.visit({ room, identity, ...(config ? { config } : {}) }, voice);
	guests.push(guest);
	const parties = async (): Promise<readonly PartyObservation[]> =>
		(await livekit.observe({ room })).flatMap((seen) => seen.parties);
	return {
		room,
		identity,
		guest,
		parties,
		/** The first of them. */
		party: async () => (await parties())[0],
		states: async () =>
			(await parties()).map(({ state, leftBecause }) => [state, leftBecause].filter(Boolean).join(': '))
	};
}

describe('the other side', { timeout: 3 * TIMEOUT }, () => {
	test('an echo hears the guest, and the guest hears it', async () => {
		const { guest, party } = await enter('echo');
		await expect.poll(async () => (await party())?.level, eventually).toBeGreaterThan(0.2);
		await expect.poll(async () => (await guest.observe()).level, eventually).toBeGreaterThan(0.2);
		await expect.poll(async () => (await party())?.agentState, eventually).toBe('speaking');
	});

	test('a silent guest is heard as silence', async () => {
		const { guest, party } = await enter('echo', { voice: 'silence' });
		await expect.poll(async () => (await party())?.framesIn, eventually).toBeGreaterThan(100);
		expect((await party())?.level).toBeLessThan(SILENCE);
		expect((await guest.observe()).level).toBeLessThan(SILENCE);
		expect((await party())?.agentState).toBe('listening');
	});

	test('an agent answers when the guest has spoken, and says what it is doing', async () => {
		const { guest, party } = await enter('answers', { voice: { hertz: 440, offset: 1, others: 5 } });
		for (const state of ['listening', 'thinking', 'speaking', 'listening'])
			await expect.poll(async () => (await party())?.agentState, eventually).toBe(state);
		expect((await party())?.turns).toBe(1);
		expect((await guest.observe()).level).toBeGreaterThan(0.2);
	});

	test('goes when the guest goes, and comes to the next room', async () => {
		const { guest, states } = await enter('echo');
		await expect.poll(states, eventually).toEqual(['here']);
		await guest.leave();
		await expect.poll(states, eventually).toEqual(['left: CLIENT_INITIATED']);
	});

	test('an agent comes by its name, with its metadata', async () => {
		const { room } = await enter('echo', {
			config: { agents: [{ agentName: 'support', metadata: 'ticket 4711' }] }
		});
		await expect
			.poll(() => livekit.observe({ room }), eventually)
			.toMatchObject([{ agentName: 'support', metadata: 'ticket 4711', parties: [{ state: 'here' }] }]);
	});

	test('nobody comes by a name that nobody has', async () => {
		const { room } = await enter('echo', { config: { agents: [{ agentName: 'nobody' }] } });
		// Whoever asked later has come in the meantime: there was time enough.
		const other = await enter('echo');
		await expect.poll(other.states, eventually).toEqual(['here']);
		expect(await livekit.observe({ room })).toEqual([]);
	});

	test.each([
		['leaves1', 'left: CLIENT_INITIATED'],
		['fails1', 'left: AGENT_ERROR'],
		['crashes1', 'left: crashed'],
		['phone-busy', 'left: USER_REJECTED'],
		['phone-hangs-up1', 'left: CLIENT_INITIATED']
	])('%s: %s', async (first, state) => {
		const { states } = await enter(first);
		await expect.poll(states, eventually).toEqual([state]);
	});

	test('a room that its agent deletes is over for the guest', async () => {
		const { guest } = await enter('ends1');
		await expect.poll(async () => (await guest.observe()).leftBecause, eventually).toBe('ROOM_DELETED');
	});

	test('three people in a room', async () => {
		const { parties } = await enter('people');
		await expect
			.poll(async () => (await parties()).map(({ state }) => state), eventually)
			.toEqual(Array(3).fill('here'));
	});

	test('there is no seat in a room that is full', async () => {
		await expect(enter('full')).rejects.toThrow();
	});

	test('who is removed is told so', async () => {
		const { room, identity, guest } = await enter('echo');
		await fetch(`${livekit.httpUrl}/livekit/remove`, {
			method: 'POST',
			body: JSON.stringify({ room, identity })
		});
		await expect
			.poll(async () => (await guest.observe()).leftBecause, eventually)
			.toBe('PARTICIPANT_REMOVED');
	});

	test("an agent on the agents' library speaks, and says so", async () => {
		await livekit.startAssistant();
		const { room, guest } = await enter('call', {
			voice: { hertz: 440, offset: 1, others: 3 },
			config: { agents: [{ agentName: 'assistant' }] }
		});
		const agents = async () =>
			(await livekit.rooms.listParticipants(room)).map(({ attributes }) => attributes['lk.agent.name']);
		await expect.poll(agents, eventually).toContain('assistant');
		await expect.poll(async () => (await guest.observe()).level, eventually).toBeGreaterThan(0.2);
	});

	test('comes again after a restart of the server', async () => {
		await livekit.restart();
		await expect
			.poll(async () => {
				const { states, guest } = await enter('echo');
				await expect
					.poll(states, { timeout: 1000 })
					.toEqual(['here'])
					.catch(() => {});
				const here = (await states()).length;
				await guest.leave();
				return here;
			}, eventually)
			.toBe(1);
	});
});

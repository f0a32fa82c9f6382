// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { userEvent } from 'vitest/browser';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AgentState, Conversation } from '#lib/core/conversation.ts';
import type { Call } from '#lib/core/line.ts';
import { until } from '#lib/core/watched.ts';
import { ends, PATIENCE, patience, played, reaches, ready, SILENCE } from './bench.ts';
import { handsets, room, type Handset, type Options } from './livekit-bench.ts';

const open = handsets(liveNow);
// Sound is not measured before a gesture.
beforeAll(() => userEvent.click(document.body));

const slow = { timeout: 4 * PATIENCE };

interface Talk {
	readonly handset: Handset;
	readonly call: Call;
	readonly talk: Conversation;
	/** The agent's phases so far, a fault in place of `failed`. */
	readonly phases: string[];
}

const nameOf = (agent: AgentState) => (agent.phase === 'failed' ? agent.because.fault : agent.phase);

async function dial(plan: string, options: Options = {}): Promise<Talk> {
	const handset = open({
		speaks: true,
		...options,
		settings: { agent: { expected: true }, ...options.settings }
	});
	await ready(handset.line);
	const call = await handset.line.dial(room(plan));
	const talk = call.conversation;
	if (!talk) throw new Error('no conversation');
	const phases = [nameOf(talk.agent.value)];
	talk.agent.watch((agent) => phases.push(nameOf(agent)));
	return { handset, call, talk, phases };
}

/** Says a word every three seconds until the test is over. */
function chat({ handset, call }: Talk): void {
	const again = async () => {
		if (call.state.value.phase === 'ended') return;
		await handset.speak(700);
		setTimeout(() => void again(), 2300);
	};
	void again();
}

const agentIs = ({ talk }: Talk, phase: string, ms = 2 * PATIENCE) =>
	until(talk.agent, (agent) => nameOf(agent) === phase, patience(ms));

describe('an agent', slow, () => {
	test('is awaited, comes, listens, thinks and speaks, and is heard', async () => {
		const it = await dial('answers');
		const { call, talk, phases } = it;
		expect(talk.agent.value.phase).toBe('awaited');
		await reaches(call, 'ringing');
		await reaches(call, 'talking');
		chat(it);
		await until(talk.agent, ({ phase }) => phase === 'thinking', patience());
		await until(talk.agent, ({ phase }) => phase === 'speaking', patience());
		await until(call.sample, (sample) => (sample?.heardLevel ?? -Infinity) > SILENCE, patience());
		await until(talk.agent, ({ phase }) => phase === 'listening', patience());
		expect(phases[0]).toBe('awaited');
		expect(phases.filter((phase) => phase.includes('.'))).toEqual([]);
		const [agent] = talk.participants.value;
		expect(agent).toMatchObject({ kind: 'agent', audible: true });
	});

	test('is invited by name, with what it should know', async () => {
		const agent = { name: 'support', metadata: { lang: 'en', n: 1 }, expected: true };
		const { handset, call } = await dial('answers', { settings: { agent } });
		await reaches(call, 'talking');
		expect(await handset.observe(call)).toMatchObject({
			agentName: 'support',
			metadata: JSON.stringify(agent.metadata)
		});
	});

	test('that never says its state is known by its sound', async () => {
		const it = await dial('stateless');
		const { call, phases } = it;
		await reaches(call, 'talking');
		chat(it);
		await expect.poll(() => phases, { timeout: PATIENCE }).toContain('speaking');
		expect(phases.filter((phase) => phase.includes('.'))).toEqual([]);
	});

	test('may speak through an avatar', async () => {
		const it = await dial('avatar');
		await reaches(it.call, 'talking');
		chat(it);
		await agentIs(it, 'speaking');
		expect(it.phases).not.toContain('agent.without-audio');
	});

	test('is played, by a way that is known without an address', async () => {
		const { call } = await dial('echo');
		await reaches(call, 'talking');
		const path = await played(call);
		expect(path).toMatchObject({
			ice: 'connected',
			remote: [{ type: 'host', protocol: 'udp', address: 'loopback' }],
			outputs: [{ muted: false, volume: 1, paused: false }]
		});
		expect(JSON.stringify(path)).not.toMatch(/\d+\.\d+\.\d+|::/);
	});

	test('may come late', async () => {
		const { call, phases } = await dial('late', {
			settings: { agent: { expected: true, joinWithinSeconds: 12 } }
		});
		await reaches(call, 'ringing');
		await reaches(call, 'talking');
		expect(phases).not.toContain('agent.never-joined');
	});
});

describe('what is wrong with an agent has its own word, in time', slow, () => {
	test('it never came', async () => {
		const { call } = await dial('never', { settings: { agent: { expected: true, joinWithinSeconds: 2 } } });
		expect((await ends(call, 'no-answer', 5000)).error?.fault).toBe('agent.never-joined');
	});

	test('nobody serves its name', async () => {
		const agent = { name: 'nobody', expected: true, joinWithinSeconds: 2 };
		const { call } = await dial('answers', { settings: { agent } });
		expect((await ends(call, 'no-answer', 5000)).error?.fault).toBe('agent.never-joined');
	});

	test('the token does not invite it', async () => {
		const agent = { name: 'support', expected: true, joinWithinSeconds: 2 };
		const body = { room_name: '{room}', participant_identity: '{identity}' };
		const { call } = await dial('never', { body, settings: { agent } });
		expect((await ends(call, 'no-answer', 5000)).error?.fault).toBe('agent.not-invited');
	});

	test('only people are here, and the call goes on', async () => {
		const it = await dial('person', { settings: { agent: { expected: true, joinWithinSeconds: 2 } } });
		await agentIs(it, 'agent.only-people', 5000);
		expect(it.call.state.value.phase).toBe('talking');
	});

	test.for([
		['unready', 'agent.without-audio'],
		['mute', 'agent.without-audio'],
		['packetless', 'agent.silent'],
		['silent', 'agent.silent'],
		['freezes', 'agent.stuck']
	] as const)('%s: %s, and the call goes on', async ([plan, fault]) => {
		const it = await dial(plan, { hasty: true });
		await reaches(it.call, 'talking');
		chat(it);
		await agentIs(it, fault, 2 * PATIENCE);
		expect(it.call.state.value.phase).toBe('talking');
		await it.call.hangUp();
		expect((await ends(it.call, 'hung-up')).error?.fault).toBe(fault);
	});

	test('it left, and it hung up', async () => {
		const { call } = await dial('leaves');
		await reaches(call, 'talking');
		expect((await ends(call, 'remote-hung-up')).error).toBeUndefined();
	});

	test('it crashed, which the server notices after 20 s', { timeout: 6 * PATIENCE }, async () => {
		const { call } = await dial('crashes');
		await reaches(call, 'talking');
		expect((await ends(call, 'failed', 3 * PATIENCE)).error?.fault).toBe('agent.left');
	});
});

describe('the transcript', slow, () => {
	test.for(['answers', 'legacy', 'both'])('%s: both sides, every stretch once', async (plan) => {
		const it = await dial(plan);
		const { call, talk } = it;
		await reaches(call, 'talking');
		chat(it);
		const finals = (by: string) =>
			talk.transcript.value.filter((said) => said.by === by && said.final && !said.written);
		await expect.poll(() => finals('agent').length, { timeout: 2 * PATIENCE }).toBeGreaterThan(1);
		await expect.poll(() => finals('me').length, { timeout: PATIENCE }).toBeGreaterThan(0);
		await call.hangUp();
		const agent = finals('agent');
		for (const { text } of agent) expect(text).toMatch(/^I heard you for \d+\.\d s\. Go on\.$/);
		const ids = talk.transcript.value.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		// As many answers as turns of the agent, not twice as many.
		expect(agent.length).toBeLessThanOrEqual(finals('me').length + 1);
		const times = talk.transcript.value.map(({ at }) => at);
		expect(times).toEqual(times.toSorted((one, other) => one - other));
	});

	test('grows while the agent speaks', async () => {
		const it = await dial('answers');
		const { call, talk } = it;
		await reaches(call, 'talking');
		chat(it);
		const lengths: number[] = [];
		talk.transcript.watch((all) => {
			const last = all.findLast(({ by }) => by === 'agent');
			if (last && !last.final) lengths.push(last.text.length);
		});
		await expect.poll(() => new Set(lengths).size, { timeout: 2 * PATIENCE }).toBeGreaterThan(2);
	});

	test('has what I write, and the answer to it', async () => {
		const { handset, call, talk } = await dial('answers');
		await reaches(call, 'talking');
		await talk.write('  What is your name?  ');
		const mine = talk.transcript.value.find(({ written }) => written);
		expect(mine).toMatchObject({ by: 'me', text: 'What is your name?', final: true });
		const isAnswer = ({ by, text }: { by: string; text: string }) =>
			by === 'agent' && text.includes('You wrote: What is your name?');
		await until(talk.transcript, (all) => all.some(isAnswer), patience());
		expect((await handset.party(call)).chats).toEqual(['What is your name?']);
	});
});

describe('turns', slow, () => {
	test('are measured from the sound itself', async () => {
		const it = await dial('answers');
		const { call, talk } = it;
		await reaches(call, 'talking');
		chat(it);
		const turns = await until(talk.turns, (all) => all.length >= 2, patience(2 * PATIENCE));
		for (const { spokeUntil, heardAt, latencyMs } of turns) {
			expect(latencyMs).toBe(heardAt - spokeUntil);
			// The agent waits for silence and thinks for 300 ms, and nobody answers after seconds here.
			expect(latencyMs).toBeGreaterThan(-1000);
			expect(latencyMs).toBeLessThan(5000);
		}
		expect(talk.events.value.map(({ what }) => what)).toEqual(
			expect.arrayContaining(['joining', 'joined', 'connected', 'participant-joined', 'agent-state', 'turn'])
		);
	});
});

import { describe, expect, it } from 'vitest';
import type { AgentState, Conversation, Participant } from '#lib/core/conversation.ts';
import { LineError } from '#lib/core/errors.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { ConversationNotes } from './conversation-notes.ts';

const AGENT: Participant = {
	...{ identity: 'agent-1', name: 'Ada', kind: 'agent', audible: false, muted: false, level: -Infinity }
};

function bench() {
	const clock = new FakeClock();
	const scope = new Scope();
	const participants = new Cell<readonly Participant[]>([]);
	const agent = new Cell<AgentState>({ phase: 'awaited', since: 0 });
	const notes = new ConversationNotes({ participants, agent } as unknown as Conversation, clock, scope);
	const fails = (fault: 'agent.silent' | 'agent.not-invited') =>
		agent.set({ phase: 'failed', since: clock.monotonic(), because: new LineError(fault) });
	return { clock, scope, participants, agent, notes, fails };
}

describe('the notes of a room', () => {
	it('has who came and went, with times and without names', async () => {
		const { clock, participants, notes } = bench();
		await clock.pass(400);
		participants.set([AGENT]);
		await clock.pass(600);
		participants.set([{ ...AGENT, audible: true }]);
		await clock.pass(1000);
		participants.set([]);
		const record = notes.record('support');
		expect(record).toMatchObject({
			inRoomMs: 2000,
			dispatched: ['support'],
			others: [{ kind: 'agent', joinedAfterMs: 400, audioAfterMs: 1000, leftAfterMs: 2000 }]
		});
		expect(JSON.stringify(record)).not.toMatch(/Ada|agent-1/);
	});

	it('has what is wrong with the agent while it is, and no older state of it', () => {
		const { participants, agent, notes, fails } = bench();
		participants.set([AGENT]);
		agent.set({ phase: 'thinking', since: 0 });
		fails('agent.silent');
		expect(notes.record(undefined)).toMatchObject({
			agentFault: 'agent.silent',
			others: [{ agentState: 'failed' }]
		});
		agent.set({ phase: 'speaking', since: 0 });
		const record = notes.record(undefined);
		expect(record).toMatchObject({ others: [{ agentState: 'speaking' }] });
		expect(record).not.toHaveProperty('agentFault');
	});

	it('keeps what was wrong when the call ended, and how long it was', async () => {
		const { clock, scope, participants, notes, fails } = bench();
		participants.set([AGENT]);
		fails('agent.silent');
		await clock.pass(3000);
		scope.end();
		await clock.pass(9000);
		expect(notes.record(undefined)).toMatchObject({ inRoomMs: 3000, agentFault: 'agent.silent' });
	});

	it('has no invitation where the line says that there was none', () => {
		const { notes, fails } = bench();
		fails('agent.not-invited');
		expect(notes.record('support').dispatched).toEqual([]);
	});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentState } from '#lib/core/conversation.ts';
import { LineError } from '#lib/core/errors.ts';
import { judgeAgent, type AgentFacts } from './agent.ts';

const s = (seconds: number) => seconds * 1000;
const here = (more: Partial<AgentFacts> = {}): AgentFacts => ({
	expected: true,
	joinedAt: 0,
	says: 'listening',
	saysSince: 0,
	audible: true,
	...more
});
const at = (seconds: number, facts: AgentFacts): string => {
	const state = judgeAgent({ phase: 'none' }, facts, s(seconds));
	return state.phase === 'failed' ? state.because.fault : state.phase;
};

describe('an agent', () => {
	test.each([
		['that nobody expects', 0, { expected: false }, 'none'],
		['that is expected', 5, { expected: true }, 'awaited'],
		[
			'that never came',
			20,
			{ expected: true, absent: new LineError('agent.never-joined') },
			'agent.never-joined'
		],
		['that nobody expected and that came', 0, { ...here(), expected: false }, 'listening'],
		['that gets ready', 3, here({ says: 'initializing', audible: false }), 'starting'],
		['without a word and a voice', 3, here({ says: undefined, audible: false }), 'starting'],
		['without a word, with a voice', 3, here({ says: undefined }), 'listening'],
		['that is idle', 3, here({ says: 'idle' }), 'idle'],
		['with a word that nobody knows', 3, here({ says: 'dancing' }), 'listening'],

		['that never gets ready', 10, here({ says: 'initializing', audible: false }), 'agent.without-audio'],
		['that never gets ready with a voice', 10, here({ says: 'initializing' }), 'agent.without-audio'],
		[
			'without a word and a voice for long',
			10,
			here({ says: undefined, audible: false }),
			'agent.without-audio'
		],
		['that has no voice until it must answer', 60, here({ audible: false }), 'listening'],
		['without a voice when it must answer', 12, here({ audible: false, dueAt: s(2) }), 'agent.without-audio'],

		['that thinks', 14, here({ says: 'thinking' }), 'thinking'],
		['that thinks too long', 15, here({ says: 'thinking' }), 'agent.stuck'],
		['that thinks aloud', 18, here({ says: 'thinking', heardAt: s(6) }), 'thinking'],

		['that speaks', 1, here({ says: 'speaking', heardAt: s(0.9) }), 'speaking'],
		['that is heard, whatever it says', 1, here({ says: 'listening', heardAt: s(0.9) }), 'speaking'],
		['that is heard while it thinks', 20, here({ says: 'thinking', heardAt: s(19.8) }), 'speaking'],
		['that pauses between two sentences', 2, here({ says: 'speaking', heardAt: s(1) }), 'speaking'],
		['that says that it has finished', 2, here({ heardAt: s(1.5) }), 'listening'],
		['that says so and will be heard', 3, here({ says: 'speaking' }), 'speaking'],
		['that says so and is not heard', 4, here({ says: 'speaking' }), 'listening'],
		['that has not stopped saying so', 9, here({ says: 'speaking', heardAt: s(5) }), 'listening'],
		['that says so for long and was never heard', 10, here({ says: 'speaking', dueAt: 0 }), 'agent.silent'],
		[
			'that says this and that, and was never heard',
			11,
			here({ says: 'thinking', saysSince: s(10), dueAt: 0 }),
			'agent.silent'
		],
		[
			'that says this and that without a voice',
			11,
			here({ says: 'speaking', saysSince: s(10), dueAt: 0, audible: false }),
			'agent.without-audio'
		],
		['that was asked', 11, here({ dueAt: s(2) }), 'listening'],
		['that was asked and was never heard', 12, here({ dueAt: s(2) }), 'agent.silent'],
		['that was asked before it came', 19, here({ joinedAt: s(10), dueAt: s(2) }), 'listening'],
		['that was heard once may be silent', 60, here({ dueAt: s(40), heardAt: s(5) }), 'listening'],
		['without a greeting, never asked', 60, here(), 'listening']
	] as const)('%s, after %d s: %o', (_, seconds, facts, phase) => {
		expect(at(seconds, facts)).toBe(phase);
	});

	test('comes back from every fault as soon as it is heard', () => {
		const faults = [
			here({ says: 'thinking' }),
			here({ says: 'speaking', dueAt: 0 }),
			here({ says: 'initializing', audible: false })
		];
		for (const facts of faults) {
			const failed = judgeAgent({ phase: 'none' }, facts, s(20));
			expect(failed.phase).toBe('failed');
			const back = judgeAgent(failed, { ...facts, audible: true, heardAt: s(21) }, s(21));
			expect(back).toEqual({ phase: 'speaking', since: s(21) });
		}
	});

	test('keeps its object and its beginning while nothing changes', () => {
		fc.assert(
			fc.property(
				fc.record({
					expected: fc.boolean(),
					joinedAt: fc.option(fc.nat(1000), { nil: undefined }),
					says: fc.constantFrom(undefined, 'initializing', 'idle', 'listening', 'thinking', 'speaking', '?'),
					saysSince: fc.nat(30_000),
					audible: fc.boolean(),
					heardAt: fc.option(fc.nat(30_000), { nil: undefined }),
					dueAt: fc.option(fc.nat(30_000), { nil: undefined })
				}),
				fc.nat(40_000),
				(facts, now) => {
					const state: AgentState = judgeAgent({ phase: 'none' }, facts, now);
					expect(judgeAgent(state, facts, now)).toBe(state);
					if (state.phase !== 'none') expect(state.since).toBe(now);
					const heard = facts.heardAt !== undefined && now - facts.heardAt < 400;
					if (heard && facts.joinedAt !== undefined) expect(state.phase).toBe('speaking');
				}
			)
		);
	});
});

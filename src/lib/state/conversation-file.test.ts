import { describe, expect, it } from 'vitest';
import type { CallState } from '#lib/core/call-state.ts';
import type { AgentState, Conversation } from '#lib/core/conversation.ts';
import { LineError } from '#lib/core/errors.ts';
import type { MediaSample } from '#lib/core/line.ts';
import { constant } from '#lib/core/watched.ts';
import { conversationFile, type ConversationSource } from './conversation-file.ts';

const BEGAN = { wall: Date.UTC(2026, 10, 21, 9, 30), monotonic: 5_000 };
const TALKING: CallState = { phase: 'talking', since: 5_400, held: false };
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

interface Changes {
	readonly state?: CallState;
	readonly agent?: AgentState;
	readonly talk?: Partial<ConversationSource['talk']>;
	readonly samples?: readonly MediaSample[];
}

function told({ state = TALKING, agent = { phase: 'none' }, talk = {}, samples = [] }: Changes = {}) {
	const nothing: ConversationSource['talk'] = {
		room: constant('call-1234567890'),
		participants: constant<Conversation['participants']['value']>([]),
		agent: constant(agent),
		transcript: constant<Conversation['transcript']['value']>([]),
		turns: constant<Conversation['turns']['value']>([]),
		events: constant<Conversation['events']['value']>([])
	};
	const call: ConversationSource['call'] = {
		lineId: 'agent',
		direction: 'out',
		reference: constant<string | undefined>('RM_1'),
		state: constant(state)
	};
	const text = conversationFile({
		call,
		talk: { ...nothing, ...talk },
		samples,
		began: BEGAN,
		version: '0.1.0'
	});
	return { text, content: JSON.parse(text) as Record<string, unknown> };
}

describe('the file of a conversation', () => {
	it('says what it is, even with nothing in it', () => {
		expect(told().content).toEqual({
			format: 'offhook-conversation/1',
			app: { version: '0.1.0' },
			line: 'agent',
			direction: 'out',
			room: 'call-1234567890',
			reference: 'RM_1',
			startedAt: '2026-11-21T09:30:00.000Z',
			ended: null,
			agent: null,
			participants: [],
			figures: { answers: 0, interruptions: 0, bargeIns: 0 },
			turns: [],
			transcript: [],
			events: [],
			quality: []
		});
	});

	it('counts from its start', () => {
		const { content } = told({
			agent: { phase: 'thinking', since: 6_000 },
			talk: {
				turns: constant([{ spokeUntil: 6_100.4, heardAt: 6_900.6, latencyMs: 800.2, bargeInMs: 90.5 }]),
				transcript: constant([
					{ id: 'a', by: 'other' as const, name: 'Bo', text: 'Hi', written: true, final: true, at: 6_200 }
				]),
				events: constant([{ at: 5_010, what: 'joined', facts: { others: 1 } }])
			},
			samples: [{ at: 7_000, sentLevel: -20.123456, heardLevel: -Infinity, mos: 4.2 }]
		});
		expect(content).toMatchObject({
			agent: { phase: 'thinking', since: 1_000 },
			figures: { answers: 1, medianMs: 800.2, p95Ms: 800.2, bargeIns: 1 },
			turns: [{ spokeUntil: 1_100, heardAt: 1_901, latencyMs: 800, bargeInMs: 91 }],
			transcript: [{ at: 1_200, by: 'other', name: 'Bo', text: 'Hi', written: true, final: true }],
			events: [{ at: 10, what: 'joined', facts: { others: 1 } }],
			quality: [{ at: 2_000, sentLevel: -20.1235, heardLevel: null, mos: 4.2 }]
		});
	});

	it('tells who was there, and what was wrong with the agent', () => {
		const because = new LineError('media.nothing-received', { facts: { seconds: 10 }, cause: JWT });
		const { content, text } = told({
			agent: { phase: 'failed', since: 9_000, because },
			talk: {
				participants: constant([
					{ identity: 'p1', name: '', kind: 'phone' as const, audible: true, muted: false, level: -30 },
					{ identity: 'a1', name: 'Support', kind: 'agent' as const, audible: false, muted: true, level: -90 }
				])
			}
		});
		expect(content).toMatchObject({
			agent: {
				identity: 'a1',
				name: 'Support',
				phase: 'failed',
				fault: 'media.nothing-received',
				facts: { seconds: 10 }
			},
			participants: [
				{ identity: 'p1', kind: 'phone', audible: true },
				{ identity: 'a1', muted: true }
			]
		});
		expect(text).not.toContain('level');
	});

	it('tells how the call ended', () => {
		const error = new LineError('call.lost', { vendorCode: 4 });
		const how = { reason: 'failed' as const, error, at: 65_000, talkedMs: 59_600 };
		expect(told({ state: { phase: 'ended', how } }).content).toMatchObject({
			ended: { at: 60_000, reason: 'failed', talkedMs: 59_600, fault: 'call.lost', vendorCode: 4 }
		});
	});

	it('holds no token, wherever one came from', () => {
		const { text } = told({
			talk: {
				room: constant(`room-${JWT}`),
				transcript: constant([
					{ id: 'a', by: 'agent' as const, text: `It is ${JWT}.`, written: false, final: true, at: 6_000 }
				]),
				events: constant([{ at: 6_000, what: 'refused', facts: { said: `invalid token: ${JWT}` } }])
			}
		});
		expect(text.match(/\[token\]/g)).toHaveLength(3);
		expect(text).not.toMatch(/eyJ|c2lnbmF0dXJl/);
	});
});

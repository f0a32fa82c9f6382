import type { CallState } from '#lib/core/call-state.ts';
import type { Conversation } from '#lib/core/conversation.ts';
import type { Call, MediaSample } from '#lib/core/line.ts';
import { turnFigures } from './turn-figures.ts';

export const CONVERSATION_FILE = 'offhook-conversation.json';

/** What one call is told from. */
export interface ConversationSource {
	readonly call: Pick<Call, 'lineId' | 'direction' | 'reference' | 'state'>;
	readonly talk: Pick<Conversation, 'room' | 'participants' | 'agent' | 'transcript' | 'turns' | 'events'>;
	/** Oldest first. */
	readonly samples: readonly MediaSample[];
	/** Wall ms and monotonic ms of the same moment, from which the file counts. */
	readonly began: { readonly wall: number; readonly monotonic: number };
	readonly version: string;
}

/**
 * A call as `offhook-conversation/1` tells it; docs/conversation-file.md is the description for its readers. Times are ms
 * since `startedAt`. What was not measured is absent, and silence is null: JSON has no infinity. No token is in it, whatever
 * the source says.
 */
export function conversationFile({ call, talk, samples, began, version }: ConversationSource): string {
	const since = (at: number) => Math.round(at - began.monotonic);
	const turns = talk.turns.value;
	const content = {
		format: 'offhook-conversation/1',
		app: { version },
		line: call.lineId,
		direction: call.direction,
		room: talk.room.value,
		reference: call.reference.value ?? null,
		startedAt: new Date(began.wall).toISOString(),
		ended: endingOf(call.state.value, since),
		agent: agentOf(talk, since),
		participants: talk.participants.value.map(({ identity, name, kind, audible, muted, leg }) => ({
			identity,
			name,
			kind,
			audible,
			muted,
			...(leg ? { leg } : {})
		})),
		figures: turnFigures(turns),
		turns: turns.map(({ spokeUntil, heardAt, latencyMs, bargeInMs }) => ({
			spokeUntil: since(spokeUntil),
			heardAt: since(heardAt),
			latencyMs: Math.round(latencyMs),
			...(bargeInMs === undefined ? {} : { bargeInMs: Math.round(bargeInMs) })
		})),
		transcript: talk.transcript.value.map(({ at, by, name, text, written, final }) => ({
			at: since(at),
			by,
			...(name === undefined ? {} : { name }),
			text,
			written,
			final
		})),
		events: talk.events.value.map(({ at, what, facts }) => ({ at: since(at), what, facts })),
		quality: samples.map(({ at, ...measured }) => ({ at: since(at), ...measured }))
	};
	return `${JSON.stringify(content, plain, '\t')}\n`;
}

function endingOf(state: CallState, since: (at: number) => number) {
	if (state.phase !== 'ended') return null;
	const { at, reason, talkedMs, error } = state.how;
	return {
		at: since(at),
		reason,
		talkedMs: Math.round(talkedMs),
		...(error ? { fault: error.fault } : {}),
		...(error?.vendorCode === undefined ? {} : { vendorCode: error.vendorCode })
	};
}

function agentOf({ agent, participants }: ConversationSource['talk'], since: (at: number) => number) {
	const state = agent.value;
	if (state.phase === 'none') return null;
	const who = participants.value.find(({ kind }) => kind === 'agent');
	return {
		...(who ? { identity: who.identity, name: who.name } : {}),
		phase: state.phase,
		since: since(state.since),
		...(state.phase === 'failed' ? { fault: state.because.fault, facts: state.because.facts } : {})
	};
}

/** Levels and times to a tenth are more than anyone measures. A token can only have come with foreign text. */
function plain(_key: string, value: unknown): unknown {
	if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null;
	return typeof value === 'string' ? value.replace(/eyJ[\w-]{6,}[\w.=-]*/g, '[token]') : value;
}

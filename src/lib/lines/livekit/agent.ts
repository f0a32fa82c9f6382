import type { AgentState } from '#lib/core/conversation.ts';
import { LineError } from '#lib/core/errors.ts';

/** In the room, and no voice published or no start finished, ms. */
export const WITHOUT_AUDIO_MS = 10_000;
/** It should be heard and only silence comes, ms. */
export const SILENT_MS = 10_000;
/** Thinking for longer than any answer takes, ms. */
export const STUCK_MS = 15_000;
/** It says that it speaks and is not heard for so long, ms: it has finished, whatever it says. */
export const QUIET_MS = 4_000;
/** A pause between words, ms: until then someone who was heard is still speaking. */
export const PAUSE_MS = 1_200;
/** Its sound arrives so much later than its word that it has finished, ms. */
export const TAIL_MS = 400;
/** Louder is heard, dBFS: the residue of codecs and comfort noise lie below. */
export const HEARD_DBFS = -50;

/** What is known of the agent at a moment. Times are monotonic ms. */
export interface AgentFacts {
	/** Whether the call is for an agent. */
	readonly expected: boolean;
	/** When it came; undefined: it is not here. */
	readonly joinedAt?: number | undefined;
	/** Why it is not here although it should be, or was. */
	readonly absent?: LineError | undefined;
	/** Its own word, `lk.agent.state`. */
	readonly says?: string | undefined;
	/** Since when it says so. */
	readonly saysSince?: number | undefined;
	/** Whether it has a voice in the room. */
	readonly audible?: boolean | undefined;
	/** When it was heard last. */
	readonly heardAt?: number | undefined;
	/** Since when it should be heard and is not: I spoke or wrote, or it says that it speaks. Until it is heard again. */
	readonly dueAt?: number | undefined;
}

type Doing = 'starting' | 'idle' | 'listening' | 'thinking' | 'speaking';
type View = 'none' | 'awaited' | Doing | LineError;

/**
 * What the agent is doing: its own word, overruled by its sound. Pure; returns `before` when nothing has changed. To be
 * asked at every change and once a second. No fault is final: an agent that is heard is speaking.
 */
export function judgeAgent(before: AgentState, facts: AgentFacts, at: number): AgentState {
	const view = viewOf(facts, at);
	if (view === 'none') return before.phase === 'none' ? before : { phase: 'none' };
	if (view instanceof LineError) {
		const same = before.phase === 'failed' && before.because.fault === view.fault;
		return same ? before : { phase: 'failed', since: at, because: view };
	}
	return before.phase === view ? before : { phase: view, since: at };
}

function viewOf(facts: AgentFacts, at: number): View {
	const { expected, joinedAt, absent, says, audible, heardAt, dueAt } = facts;
	if (absent) return absent;
	if (joinedAt === undefined) return expected ? 'awaited' : 'none';
	const saysSince = facts.saysSince ?? joinedAt;
	const isReady = says !== undefined && says !== 'initializing';
	const pause = isReady && says !== 'speaking' ? TAIL_MS : PAUSE_MS;
	if (heardAt !== undefined && at - heardAt < pause) return 'speaking';

	// Who was heard once has a voice, and may have nothing to say.
	const isDue = heardAt === undefined && dueAt !== undefined && at - Math.max(dueAt, joinedAt) >= SILENT_MS;
	if (isDue) return new LineError(audible ? 'agent.silent' : 'agent.without-audio');
	if (!isReady && at - joinedAt >= WITHOUT_AUDIO_MS && !(audible && says === undefined))
		return new LineError('agent.without-audio');
	// One that has a word for its state may publish a voice only when it has something to say.
	if (says === 'initializing' || (says === undefined && !audible)) return 'starting';
	const quietSince = Math.max(saysSince, heardAt ?? -Infinity);
	if (says === 'thinking' && at - quietSince >= STUCK_MS) return new LineError('agent.stuck');
	if (says === 'speaking') return at - quietSince < QUIET_MS ? 'speaking' : 'listening';
	return says === 'idle' || says === 'thinking' ? says : 'listening';
}

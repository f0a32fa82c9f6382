import { causeOf } from '../causes.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { fail, pass, skipped, unsure, warn } from '../reading/verdicts.ts';
import type { Check, ConversationRecord, LineSetup, Participant, Verdict } from '../types.ts';

/** The voice agent of the last call in a room: invited, come, with a voice, and still there. */
export const agent: Check<'line', 'calls' | 'setup'> = {
	id: 'agent',
	scopes: ['line'],
	needs: ['calls', 'setup'],
	explainedBy: ['agent-invitation', 'media-path'],
	judge({ calls: { recent }, setup }) {
		if (!setup.agent?.expected) return skipped(setup.agent ? 'not-wanted' : 'not-for-this-kind');
		const room = recent.find(({ conversation }) => conversation)?.conversation;
		if (!room) return skipped('no-call-yet');
		const agents = room.others.filter(({ kind }) => kind === 'agent');
		const [first] = agents;
		return first ? present(agents, room) : absent(room, setup.agent);
	}
};

function absent(
	{ inRoomMs, roomAgeMs, dispatched, others }: ConversationRecord,
	wanted: NonNullable<LineSetup['agent']>
): Verdict {
	if (inRoomMs < wanted.joinWithinSeconds * 1000) return unsure('still-waiting');
	const facts = {
		seconds: Math.round(inRoomMs / 1000),
		roomSeconds: Math.round((roomAgeMs ?? 0) / 1000),
		dispatched
	};
	if (wanted.name !== undefined && !dispatched.includes(wanted.name))
		return fail('agent.not-invited', 'likely', { ...facts, expected: wanted.name });
	if (others.some(({ kind }) => kind === 'standard' || kind === 'sip'))
		return fail('agent.only-people', 'likely', facts);
	return fail('agent.never-joined', 'likely', facts, ['agent.not-invited', 'agent-name']);
}

function present(agents: readonly Participant[], { inRoomMs, agentFault }: ConversationRecord): Verdict {
	// The line has heard it all along, and knows more of it than the record does.
	if (agentFault) {
		const joined = Math.min(...agents.map(({ joinedAfterMs }) => joinedAfterMs));
		return fail(causeOf(agentFault), 'certain', { seconds: Math.round((inRoomMs - joined) / 1000) });
	}
	const there = agents.filter(({ leftAfterMs }) => leftAfterMs === undefined);
	if (there.length === 0) {
		const gone = agents.find(hasCrashed);
		return gone
			? fail('agent.left', 'certain', {
					seconds: Math.round(((gone.leftAfterMs ?? 0) - gone.joinedAfterMs) / 1000)
				})
			: pass;
	}
	const mute = there.filter((one) => one.audioTracks === 0);
	if (mute.length < there.length)
		return there.some(({ muted }) => muted) ? warn('remote.muted', 'certain', { subscribed: true }) : pass;
	// Some publish only when they speak: a state of readiness is as good as a voice.
	if (mute.some(({ agentState }) => agentState !== undefined && READY.includes(agentState))) return pass;
	const waited = inRoomMs - Math.min(...mute.map(({ joinedAfterMs }) => joinedAfterMs));
	if (waited < THRESHOLDS.agentAudioMs) return unsure('still-waiting');
	return fail('agent.without-audio', 'certain', {
		seconds: Math.round(waited / 1000),
		state: mute[0]?.agentState ?? ''
	});
}

const READY = ['listening', 'thinking', 'speaking', 'idle'];

/** 16 is LiveKit's AGENT_ERROR; others leave so soon only by accident. */
const hasCrashed = ({ joinedAfterMs, leftAfterMs = Infinity, leaveReason }: Participant): boolean =>
	leaveReason === 16 || leftAfterMs - joinedAfterMs < THRESHOLDS.agentCrashMs;

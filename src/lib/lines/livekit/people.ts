import type { Participant } from '#lib/core/conversation.ts';
import type { Someone } from './presence.ts';
import { ParticipantKind, Track, type RemoteParticipant } from './sdk.ts';

/** Foreign names are cut where nobody would read on. */
const LONGEST_NAME = 200;
/** Attributes of livekit/agents and livekit/sip. */
const STATE = 'lk.agent.state';
const ON_BEHALF = 'lk.publish_on_behalf';

/** The others in the room as the screen shows them. `levelOf` is how loud each is now, dBFS. */
export function peopleOf(
	others: Iterable<RemoteParticipant>,
	levelOf: (identity: string) => number
): readonly Participant[] {
	const all = [...others].toSorted((one, other) => joinedAt(one) - joinedAt(other));
	return all.map((one) => personOf(one, levelOf(one.identity)));
}

function personOf(one: RemoteParticipant, level: number): Participant {
	const voice = voiceOf(one);
	const leg = legOf(one);
	return {
		identity: one.identity.slice(0, LONGEST_NAME),
		name: (one.name ?? '').slice(0, LONGEST_NAME),
		kind: kindOf(one),
		audible: voice !== undefined,
		muted: voice?.isMuted ?? false,
		...(voice ? { subscribed: voice.isSubscribed } : {}),
		level,
		...(leg ? { leg } : {})
	};
}

export function kindOf(one: RemoteParticipant): Participant['kind'] {
	switch (one.kind) {
		case ParticipantKind.AGENT:
			return 'agent';
		case ParticipantKind.SIP:
			return 'phone';
		case ParticipantKind.STANDARD:
			return one.isAgent ? 'agent' : 'person';
		default:
			return 'machine';
	}
}

/** The one whose state counts: an avatar's worker is an agent too, but speaks for another one. */
export function agentAmong(others: Iterable<RemoteParticipant>): RemoteParticipant | undefined {
	const agents = [...others].filter((one) => kindOf(one) === 'agent');
	return agents.find((one) => one.attributes[ON_BEHALF] === undefined) ?? agents[0];
}

/** Whether the agent, or a worker on its behalf, has a voice in the room. */
function hasVoice(agent: RemoteParticipant, others: Iterable<RemoteParticipant>): boolean {
	return [...others].some(
		(one) => (one === agent || one.attributes[ON_BEHALF] === agent.identity) && voiceOf(one) !== undefined
	);
}

/** The agent's own word for what it does. */
const stateSaid = (agent: RemoteParticipant): string | undefined => agent.attributes[STATE]?.slice(0, 40);

/** Of a party on the telephone: what the bridge says of its leg. */
function legOf(one: RemoteParticipant): Participant['leg'] {
	if (kindOf(one) !== 'phone') return undefined;
	const facts = [
		['number', 'sip.phoneNumber'],
		['status', 'sip.callStatus'],
		['reference', 'sip.callID']
	] as const;
	const said = facts.flatMap(([name, attribute]) => {
		const value = one.attributes[attribute]?.slice(0, LONGEST_NAME);
		return value ? [[name, value]] : [];
	});
	return Object.fromEntries(said) as NonNullable<Participant['leg']>;
}

/** How they count for the call. */
export function someoneOf(one: RemoteParticipant, others: Iterable<RemoteParticipant>): Someone {
	const kind = kindOf(one);
	const status = legOf(one)?.status ?? '';
	return {
		kind,
		audible: kind === 'agent' ? hasVoice(one, others) : voiceOf(one) !== undefined,
		away: ['dialing', 'ringing', 'hangup'].includes(status),
		says: kind === 'agent' ? stateSaid(one) : undefined
	};
}

function voiceOf(one: RemoteParticipant) {
	return [...one.trackPublications.values()].find(({ kind }) => kind === Track.Kind.Audio);
}

const joinedAt = (one: RemoteParticipant): number => one.joinedAt?.getTime() ?? Infinity;

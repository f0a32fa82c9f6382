import type { AgentState, Participant, Utterance } from '#lib/core/conversation.ts';
import type { FaultTitle } from '../line-words.ts';
import { m } from '#lib/words/messages.js';

/** What the agent is doing, in a word or three; of one that fails, what is wrong. '' where there is none. */
export function agentStateWords(state: AgentState, title: FaultTitle): string {
	switch (state.phase) {
		case 'none':
			return '';
		case 'awaited':
			return m.agent_awaited();
		case 'starting':
			return m.agent_starting();
		case 'idle':
			return m.agent_idle();
		case 'listening':
			return m.agent_listening();
		case 'thinking':
			return m.agent_thinking();
		case 'speaking':
			return m.agent_speaking();
		case 'failed':
			return title(state.because.fault) ?? m.agent_trouble();
	}
}

/** Who speaks, as the transcript names them. */
export function speakerName({ by, name }: Pick<Utterance, 'by' | 'name'>): string {
	if (by === 'me') return m.words_you();
	return name?.trim() || (by === 'agent' ? m.agent() : m.words_other());
}

const KINDS: Readonly<Record<Participant['kind'], () => string>> = {
	person: () => '',
	agent: () => m.person_agent(),
	phone: () => m.person_phone(),
	machine: () => m.person_machine()
};

const LEGS: Readonly<Record<string, () => string>> = {
	dialing: () => m.leg_dialling(),
	ringing: () => m.leg_ringing(),
	active: () => m.leg_active(),
	hangup: () => m.leg_hung_up()
};

/** What kind of party it is, and how its telephone leg stands; '' of a person. A status nobody knows stands as it is. */
export function aboutPerson({ kind, leg, muted }: Participant, number: string): string {
	const status = leg?.status && (Object.hasOwn(LEGS, leg.status) ? LEGS[leg.status]?.() : leg.status);
	return [KINDS[kind](), number, status, muted ? m.person_muted() : ''].filter(Boolean).join(' · ');
}

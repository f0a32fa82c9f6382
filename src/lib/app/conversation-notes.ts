import type { Conversation, Participant } from '#lib/core/conversation.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { CallRecord } from '#lib/diagnostics/types.ts';

type ConversationRecord = NonNullable<CallRecord['conversation']>;
type Noted = ConversationRecord['others'][number];

const KINDS: Readonly<Record<Participant['kind'], Noted['kind']>> = {
	agent: 'agent',
	person: 'standard',
	phone: 'sip',
	machine: 'unknown'
};

/** Who came into a room and left it, and when they were first heard of with a voice: kinds and times, no names. */
export class ConversationNotes {
	readonly #talk: Conversation;
	readonly #clock: Clock;
	readonly #start: number;
	readonly #people = new Map<string, Noted>();
	#notInvited = false;
	#end: number | undefined;

	constructor(talk: Conversation, clock: Clock, scope: Scope) {
		this.#talk = talk;
		this.#clock = clock;
		this.#start = clock.monotonic();
		const follow = () => this.#follow();
		scope.add(talk.participants.watch(follow));
		scope.add(talk.agent.watch(follow));
		scope.add(() => (this.#end = this.#since()));
		follow();
	}

	/** @param agent the name of the agent that the configuration wants */
	record(agent: string | undefined): ConversationRecord {
		const { value } = this.#talk.agent;
		return {
			inRoomMs: this.#end ?? this.#since(),
			...(value.phase === 'failed' ? { agentFault: value.because.fault } : {}),
			// The line reads its own token, and says when the invitation is not in it.
			dispatched: agent === undefined || this.#notInvited ? [] : [agent],
			others: [...this.#people.values()]
		};
	}

	#follow(): void {
		const now = this.#since();
		const here = this.#talk.participants.value;
		const agent = this.#talk.agent.value;
		if (agent.phase === 'failed' && agent.because.fault === 'agent.not-invited') this.#notInvited = true;
		for (const { identity, kind, audible, muted } of here) {
			const known = this.#people.get(identity);
			const { leftAfterMs: _back, ...before } = known ?? { joinedAfterMs: now };
			const audioAfterMs = known?.audioAfterMs ?? (audible ? now : undefined);
			const state = kind === 'agent' && agent.phase !== 'none' ? agent.phase : undefined;
			this.#people.set(identity, {
				...before,
				...{ kind: KINDS[kind], muted, audioTracks: audible ? 1 : 0 },
				...(audioAfterMs === undefined ? {} : { audioAfterMs }),
				...(state === undefined ? {} : { agentState: state })
			});
		}
		for (const [identity, known] of this.#people) {
			if (known.leftAfterMs === undefined && !here.some((one) => one.identity === identity))
				this.#people.set(identity, { ...known, leftAfterMs: now });
		}
	}

	readonly #since = (): number => Math.round(this.#clock.monotonic() - this.#start);
}

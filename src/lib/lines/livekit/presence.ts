import type { EndReason } from '#lib/core/call-state.ts';
import type { AgentState, Participant } from '#lib/core/conversation.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Cell } from '#lib/core/watched.ts';
import { HEARD_DBFS, judgeAgent, type AgentFacts } from './agent.ts';
import type { Departure } from './reasons.ts';

/** A server that stops takes us out right after the others, ms; if it does not, it had only them. Chosen. */
const SERVER_GONE_MS = 3_000;

/** One of the others, as far as it matters for how the call stands. */
export interface Someone {
	readonly kind: Participant['kind'];
	/** Has a voice in the room. */
	readonly audible: boolean;
	/** A telephone that has not been answered, or has been hung up. */
	readonly away: boolean;
	/** An agent's own word for what it does. */
	readonly says?: string | undefined;
}

interface PresenceDeps {
	readonly clock: Clock;
	readonly expected: boolean;
	readonly withinMs: number;
	/** Why no agent came, when its time is up. */
	missing(): LineError;
	/** The party that was called is not here yet. */
	rang(): void;
	/** We are in the room at this moment. */
	here(): boolean;
	/** Somebody to talk to is here, or nobody is expected. */
	answered(): void;
	over(reason: EndReason, error?: LineError): void;
}

const isParty = ({ kind, away }: Someone): boolean => kind !== 'machine' && !away;

/**
 * Who is here, and what that means for the call: it rings while whoever was called is not here, and ends when they do not
 * come or have gone. Where nobody in particular was called, a room without others is a call all the same.
 */
export class Presence {
	readonly agent: Cell<AgentState>;
	readonly #deps: PresenceDeps;
	#facts: AgentFacts;
	#others: readonly Someone[] = [];
	#entered = false;
	#wasAgent = false;
	#phoneAnswered = false;
	#cancel: (() => void) | undefined;
	#cancelLoss = () => {};
	#ended = false;

	constructor(deps: PresenceDeps) {
		this.#deps = deps;
		this.#facts = { expected: deps.expected };
		this.agent = new Cell<AgentState>(judgeAgent({ phase: 'none' }, this.#facts, deps.clock.monotonic()));
	}

	/** We are in the room, for the first time or again. What is known of the others is seen right after. */
	entered(): void {
		this.#entered = true;
	}

	/**
	 * The others as they are now; to be called at every change. Who is missing has been told to {@link left} or will be at
	 * once, unless we were away ourselves (`back`).
	 */
	see(others: readonly Someone[], back = false): void {
		if (!this.#entered || this.#ended) return;
		if (back) this.#cancelLoss();
		this.#others = others;
		this.#phoneAnswered ||= others.some((one) => one.kind === 'phone' && isParty(one));
		const agent = others.find(({ kind }) => kind === 'agent');
		const now = this.#deps.clock.monotonic();
		if (agent) {
			this.#wasAgent = true;
			const { joinedAt, says, saysSince, heardAt, dueAt } = this.#facts;
			const isNew = joinedAt === undefined;
			this.#facts = {
				expected: this.#facts.expected,
				joinedAt: joinedAt ?? now,
				says: agent.says,
				saysSince: isNew || says !== agent.says ? now : saysSince,
				audible: agent.audible,
				heardAt: isNew ? undefined : heardAt,
				dueAt: isNew ? undefined : (dueAt ?? (agent.says === 'speaking' ? now : undefined))
			};
			this.#stopWaiting();
		} else if (back || this.#facts.joinedAt === undefined) {
			const { absent, joinedAt } = this.#facts;
			// Whom we were talking to when we were cut off is expected back, whether called or not.
			const expected = this.#facts.expected || joinedAt !== undefined;
			this.#facts = { expected, ...(absent ? { absent } : {}) };
			if (expected && !absent) this.#wait();
		}
		this.tick();
		const nobodyWanted = !this.#facts.expected && !others.some(({ away }) => away);
		if (!others.some(isParty) && !nobodyWanted) return this.#deps.rang();
		this.#deps.answered();
	}

	/** Once a second: what nobody tells is told by time. */
	tick(): void {
		if (!this.#ended)
			this.agent.update((state) => judgeAgent(state, this.#facts, this.#deps.clock.monotonic()));
	}

	/** How loud the others are, dBFS. */
	hear(level: number): void {
		if (level <= HEARD_DBFS || this.#facts.joinedAt === undefined) return;
		const before = this.#facts.heardAt ?? -Infinity;
		const now = this.#deps.clock.monotonic();
		this.#facts = { ...this.#facts, heardAt: now, dueAt: undefined };
		if (now - before > 100) this.tick();
	}

	/** I stopped speaking, or wrote: an answer is due. */
	asked(): void {
		if (this.#facts.joinedAt === undefined || this.#facts.dueAt !== undefined) return;
		this.#facts = { ...this.#facts, dueAt: this.#deps.clock.monotonic() };
	}

	/** One of the others went; {@link see} has not been called without them yet. */
	left(who: Someone, how: Departure, others: readonly Someone[]): void {
		if (!this.#entered || this.#ended) return;
		// The server takes the parties out of a room that is deleted one by one, ourselves perhaps last.
		if (how === 'room-closed') return this.#over('remote-hung-up', new LineError('livekit-room.deleted'));
		if (how === 'server-gone') {
			const { clock, here } = this.#deps;
			this.#cancelLoss();
			this.#cancelLoss = clock.after(SERVER_GONE_MS, () => here() && this.left(who, 'lost', this.#others));
			return;
		}
		const alone = !others.some(isParty);
		if (who.kind === 'phone' && alone) return this.#hungUp(how);
		if (who.kind !== 'agent') return;
		if (others.some(({ kind }) => kind === 'agent')) return;
		const gone = new LineError('agent.left');
		if (how === 'left') {
			if (alone) return this.#over('remote-hung-up');
			this.#facts = { expected: false };
		} else if (alone || !others.some(({ audible }) => audible)) return this.#over('failed', gone);
		else this.#facts = { expected: this.#facts.expected, absent: gone };
	}

	end(): void {
		this.#ended = true;
		this.#cancelLoss();
		this.#stopWaiting();
	}

	#hungUp(how: Departure): void {
		if (how === 'lost') return this.#over('failed', new LineError('call.lost'));
		if (this.#phoneAnswered) return this.#over('remote-hung-up');
		this.#over(how === 'refused' ? 'refused' : 'no-answer');
	}

	#wait(): void {
		this.#cancel ??= this.#deps.clock.after(this.#deps.withinMs, () => {
			this.#cancel = undefined;
			const error = this.#wasAgent ? new LineError('agent.left') : this.#deps.missing();
			if (!this.#others.some(isParty)) return this.#over(this.#wasAgent ? 'failed' : 'no-answer', error);
			const absent = this.#wasAgent ? error : new LineError('agent.only-people');
			this.#facts = { expected: true, absent };
			this.tick();
		});
	}

	#stopWaiting(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	#over(reason: EndReason, error?: LineError): void {
		this.end();
		this.#deps.over(reason, error);
	}
}

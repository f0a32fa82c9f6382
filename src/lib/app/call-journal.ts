import type { CallState } from '#lib/core/call-state.ts';
import type { Call } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { CallRecord } from '#lib/diagnostics/types.ts';
import { farOf, mediaOf, type Second } from './call-media.ts';
import { ConversationNotes } from './conversation-notes.ts';

interface CallJournalDeps {
	readonly calls: Watched<readonly Call[]>;
	readonly clock: Clock;
	readonly scope: Scope;
	/** Whether the line of that id carries sound over a network: of others nothing is measured. */
	isRemote(lineId: string): boolean;
	/** The agent's name that config.json wants in that line's rooms. */
	agentOf(lineId: string): string | undefined;
}

interface Noted {
	/** A call holds its peer connection: it must be able to go before its record does. */
	readonly call: WeakRef<Call>;
	readonly lineId: string;
	readonly record: Cell<CallRecord>;
}

const MOST_CALLS = 10;
/** Samples that make the last word about a call: one a second. */
const MOST_SAMPLES = 5;

/** The calls since the page was opened, as far as the checkup may know of them: times and measures, nobody's number. */
export class CallJournal {
	readonly #deps: CallJournalDeps;
	#noted: readonly Noted[] = [];

	constructor(deps: CallJournalDeps) {
		this.#deps = deps;
		const follow = (all: readonly Call[]) => {
			for (const call of all) if (!this.#noted.some((one) => one.call.deref() === call)) this.#note(call);
		};
		follow(deps.calls.value);
		deps.scope.add(deps.calls.watch(follow));
	}

	/** Newest first, at most 10. */
	of(lineId: string): readonly CallRecord[] {
		return this.#noted.filter((one) => one.lineId === lineId).map(({ record }) => record.value);
	}

	/** How one call goes; a call that is not known yet is from now on. */
	follow(call: Call): Watched<CallRecord> {
		return (this.#noted.find((one) => one.call.deref() === call) ?? this.#note(call)).record;
	}

	/** A button of the checkup has made it. */
	mark(call: Call, purpose: CallRecord['purpose']): void {
		this.follow(call);
		this.#noted.find((one) => one.call.deref() === call)?.record.update((record) => ({ ...record, purpose }));
	}

	/** It rang on this device, after so many ms: what the button for reaching oneself has found out. */
	rangHere(call: Call, ringingAfterMs: number): void {
		this.follow(call);
		this.#noted
			.find((one) => one.call.deref() === call)
			?.record.update((record) => ({ ...record, ringingAfterMs }));
	}

	/** Of calls that are over nothing is known any more. */
	forget(): void {
		const lives = (call: Call | undefined) => call !== undefined && call.state.value.phase !== 'ended';
		this.#noted = this.#noted.filter(({ call }) => lives(call.deref()));
	}

	#note(call: Call): Noted {
		const { clock, scope, isRemote, agentOf } = this.#deps;
		const start = clock.monotonic();
		const following = scope.child();
		const record = new Cell<CallRecord>({
			at: clock.now(),
			direction: call.direction,
			purpose: 'call',
			to: shapeOf(call.party.value.address),
			phase: 'placing',
			talkedMs: 0
		});
		const noted = { call: new WeakRef(call), lineId: call.lineId, record };
		this.#noted = [noted, ...this.#noted].slice(0, 3 * MOST_CALLS);
		const people = call.conversation && new ConversationNotes(call.conversation, clock, following);
		let seconds: readonly Second[] = [];
		const measured = (): Pick<CallRecord, 'media' | 'conversation'> => {
			const media = isRemote(call.lineId) ? mediaOf(seconds, call) : undefined;
			return {
				...(media ? { media } : {}),
				...(people ? { conversation: people.record(agentOf(call.lineId)) } : {})
			};
		};
		const step = (state: CallState) => {
			const after = Math.round(clock.monotonic() - start);
			record.update((known) => ({ ...stepped(known, state, after), ...measured() }));
			if (state.phase === 'ended') following.end();
		};
		following.add(call.state.watch(step));
		following.add(
			call.sample.watch((sample) => {
				const { value } = call.state;
				// On hold nothing has to flow, and that is nobody's fault.
				if ('held' in value && value.held) seconds = [];
				else if (sample) seconds = [...seconds, { sample, far: farOf(call) }].slice(-MOST_SAMPLES);
				record.update((known) => ({ ...known, ...measured() }));
			})
		);
		step(call.state.value);
		return noted;
	}
}

/** What was dialled, without it. */
function shapeOf(address: string): CallRecord['to'] {
	const kind = /^(client|sip|room):/.exec(address)?.[1] as 'client' | 'sip' | 'room' | undefined;
	if (kind) return { kind, complete: true };
	const isNumber = /^\+|^\d{7,}$/.test(address);
	// E.164: a country's code and at most 15 digits in all.
	return { kind: isNumber ? 'number' : 'code', complete: !isNumber || /^\+[1-9]\d{6,14}$/.test(address) };
}

/** Each time is that of the first such phase. */
function stepped(record: CallRecord, state: CallState, after: number): CallRecord {
	const { phase } = state;
	const { direction, ringingAfterMs, answeredAfterMs, mediaAfterMs } = record;
	switch (state.phase) {
		case 'placing':
			return { ...record, phase };
		case 'ringing':
			return { ...record, phase, ringingAfterMs: ringingAfterMs ?? (direction === 'out' ? after : 0) };
		case 'connecting':
			return { ...record, phase, answeredAfterMs: answeredAfterMs ?? after };
		case 'talking':
		case 'recovering':
			return {
				...record,
				phase,
				answeredAfterMs: answeredAfterMs ?? after,
				mediaAfterMs: mediaAfterMs ?? after
			};
		case 'ended': {
			const { reason, error, talkedMs } = state.how;
			return {
				...record,
				...{ phase, reason, talkedMs: Math.round(talkedMs), endedAfterMs: after },
				...(error ? { fault: error.fault } : {}),
				...(error?.vendorCode === undefined ? {} : { vendorCode: error.vendorCode })
			};
		}
	}
}

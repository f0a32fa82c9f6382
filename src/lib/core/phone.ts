import type { Address } from './address.ts';
import { AudioFocus, isEnded, isHeld, isHot, type Room } from './audio-focus.ts';
import { CallLog } from './call-log.ts';
import { inTime } from './deadline.ts';
import { DialIntent } from './dial-intent.ts';
import { judgeDialling, type DiallingRules, type Verdict } from './dialling.ts';
import { LineError } from './errors.ts';
import type { History } from './history.ts';
import { COMMAND_MS, Hold } from './hold.ts';
import type { Call, Line } from './line.ts';
import { LiveCalls } from './live-calls.ts';
import { Outgoing, type PhoneDialOptions } from './outgoing.ts';
import type { Clock, Log } from './ports.ts';
import { CommandQueue } from './queue.ts';
import type { Watched } from './watched.ts';

/** Long enough for someone to find the browser's question about the microphone. */
const ANSWER_MS = 30_000;
/** More incoming calls than this do not ring here; they go on ringing elsewhere, and were missed here. */
const MOST_RINGING = 4;

export interface PhoneDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly history: History;
	/** Unique in this browser, for rows of the history. */
	newId(): string;
	/** The rules in force when a number is dialled; without them only the built-in ones apply. */
	dialling?(): DiallingRules;
}

/**
 * Many lines, many calls, one pair of ears. Placing, answering or resuming a call first holds the one that has the audio
 * focus, and never drops it: where it cannot be held, the command is refused. A call that the phone has put aside that way
 * comes back when the other one ends; a call held by hand does not (see AudioFocus).
 *
 * Every call has one row in the history, written before the invite leaves. Calls are dialled, answered, held and resumed
 * through the phone, not on their line. Commands reject with a LineError, with `line.closed` after {@link close}.
 */
export class Phone {
	readonly #deps: PhoneDeps;
	readonly #live: LiveCalls;
	readonly #focus = new AudioFocus();
	readonly #queue = new CommandQueue();
	readonly #hold: Hold;
	readonly #rows: CallLog;
	readonly #outgoing: Outgoing;

	constructor(deps: PhoneDeps) {
		this.#deps = deps;
		this.#hold = new Hold({
			clock: deps.clock,
			log: deps.log,
			focus: this.#focus,
			queue: this.#queue,
			lineOf: ({ lineId }) => this.lines.value.find(({ id }) => id === lineId)
		});
		this.#rows = new CallLog(deps);
		this.#outgoing = new Outgoing({
			clock: deps.clock,
			log: deps.log,
			rows: this.#rows,
			judge: (to, digits) => this.judge(to, digits)
		});
		this.#live = new LiveCalls({
			appeared: (call) => this.#appeared(call),
			changed: (call) => this.#changed(call),
			gone: (call) => this.#hold.comeBack(this.#focus.drop(call))
		});
	}

	/** In the order in which they were added. */
	get lines(): Watched<readonly Line[]> {
		return this.#live.lines;
	}

	/** Alive, across all lines, oldest first. */
	get calls(): Watched<readonly Call[]> {
		return this.#live.calls;
	}

	/** The call that is heard and spoken to, also while it is being placed; undefined while all others are held or ringing. */
	get focus(): Watched<Call | undefined> {
		return this.#focus.call;
	}

	/** The call that ended last, until it is dismissed or another is placed or answered. Not one declined or ignored here. */
	get lastEnded(): Watched<Call | undefined> {
		return this.#live.lastEnded;
	}

	dismissEnded(): void {
		this.#live.dismissEnded();
	}

	/**
	 * Takes the line in, with the calls that it has already. The returned function takes it out again and closes nothing;
	 * the rows of its calls are still finished when they end.
	 */
	add(line: Line): () => void {
		return this.#live.add(line);
	}

	/** What the rules say about dialling this; `confirm` wants `confirmed` in the options of {@link dial}. */
	judge(to: Address, digits = ''): Verdict {
		return judgeDialling(to, this.#deps.dialling?.() ?? {}, digits);
	}

	/**
	 * Resolves as soon as the call exists. Rejects with:
	 * - `dialling.emergency`, `dialling.not-allowed` (with the fact `unconfirmed` if confirming would do) or
	 *   `dialling.too-many-calls`: more than 10 in a minute or 60 in an hour
	 * - `address.unsupported` for the line, `line.closed` for an unknown line
	 * - `command.not-now` while the present call cannot be held yet, and after an abort
	 * - `call.second-call-unsupported` when the present call's line has no hold
	 * - `line.not-ready` when there is no call after 10 s; one that comes later is hung up
	 * - whatever the line rejects with
	 */
	dial(lineId: string, to: Address, options: PhoneDialOptions = {}): Promise<Call> {
		const intent = new DialIntent(this.#deps.clock, options.signal);
		const enqueue = (turn: () => Promise<Call>) => this.#queue.run(turn);
		return intent.pursue(enqueue, async () => {
			const line = this.lines.value.find(({ id }) => id === lineId);
			this.#outgoing.admit(line, to, options);
			const room = await this.#hold.makeRoom();
			try {
				const call = await this.#outgoing.invite(line, to, options, intent);
				this.#live.notice(call);
				this.#settle(room, call);
				return call;
			} catch (error) {
				this.#hold.comeBack(this.#focus.close(room));
				throw error;
			}
		});
	}

	/** Incoming and ringing only. Rejects like {@link dial} where the present call cannot be held, or as the call does. */
	answer(call: Call): Promise<void> {
		return this.#queue.run(async () => {
			const waits = () => call.direction === 'in' && call.state.value.phase === 'ringing';
			if (!waits()) throw new LineError('command.not-now');
			const room = await this.#hold.makeRoom();
			try {
				if (!waits()) throw new LineError('command.not-now');
				await this.#inTime(call.answer(), ANSWER_MS);
			} catch (error) {
				// It might still be answered by and by, with nobody listening.
				if (error instanceof LineError && error.fault === 'call.no-response')
					this.hangUp(call).catch(() => {});
				this.#hold.comeBack(this.#focus.close(room));
				throw error;
			}
			this.#settle(room, call);
		});
	}

	/** Swaps: holds the call that has the focus, then takes this one off hold. */
	resume(call: Call): Promise<void> {
		return this.#queue.run(async () => {
			if (!isHeld(call)) throw new LineError('command.not-now');
			const room = await this.#hold.makeRoom();
			try {
				await this.#hold.setHeld(call, false);
			} catch (error) {
				this.#hold.comeBack(this.#focus.close(room));
				throw error;
			}
			this.#settle(room, call);
		});
	}

	/** Holds by hand: the call waits until that hand resumes it. `command.unsupported` where its line has no hold. */
	hold(call: Call): Promise<void> {
		return this.#queue.run(async () => {
			if (!this.#hold.canHold(call)) throw new LineError('command.unsupported');
			if (!isHeld(call)) await this.#hold.setHeld(call, true);
			this.#focus.heldByHand(call);
		});
	}

	/** In every phase, at once: never behind another command. Resolves when the call has ended. */
	hangUp(call: Call): Promise<void> {
		return isEnded(call) ? Promise.resolve() : this.#inTime(call.hangUp(), COMMAND_MS);
	}

	/**
	 * Refuses commands from now on and lets go of lines and calls without ending them; rows still open are finished as
	 * `interrupted`. Close the lines first. Resolves when the last command has settled.
	 */
	async close(): Promise<void> {
		const idle = this.#queue.close();
		this.#live.close();
		this.#rows.close();
		await idle;
	}

	#appeared(call: Call): void {
		if (call.direction === 'out') {
			this.#focus.claim(call);
			return;
		}
		const { address, name } = call.party.value;
		const entry = { lineId: call.lineId, direction: 'in' as const, address };
		const row = this.#rows.begin(name === undefined ? entry : { ...entry, name });
		const ringing = this.calls.value.filter(
			(other) => other.direction === 'in' && other.state.value.phase === 'ringing'
		);
		if (ringing.length > MOST_RINGING && call.state.value.phase === 'ringing') {
			this.#deps.log('warn', 'too many calls at once, ignored', { call: call.id });
			row.finish({ outcome: 'missed', talkedMs: 0 });
			this.#inTime(call.ignore(), COMMAND_MS).catch(() => {});
		} else row.follow(call);
	}

	#changed(call: Call): void {
		const { phase } = call.state.value;
		if (call.direction === 'in' && phase !== 'ringing' && phase !== 'ended') this.#focus.claimOnce(call);
		this.#focus.refresh();
		if (isHot(call) && this.focus.value !== call) this.#hold.quieten(call);
	}

	/** The room was made for this call. */
	#settle(room: Room, call: Call): void {
		room.call = call;
		if (isEnded(call)) {
			this.#hold.comeBack(this.#focus.close(room));
			return;
		}
		this.dismissEnded();
		this.#focus.claim(call);
	}

	#inTime<T>(command: Promise<T>, ms: number): Promise<T> {
		return inTime(command, ms, this.#deps.clock);
	}
}

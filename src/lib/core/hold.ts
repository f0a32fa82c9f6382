import { isEnded, isHeld, isHot, type AudioFocus, type Room } from './audio-focus.ts';
import { inTime } from './deadline.ts';
import { LineError } from './errors.ts';
import type { Call, Line } from './line.ts';
import type { Clock, Log } from './ports.ts';
import type { CommandQueue } from './queue.ts';

/** A carrier that has not obeyed by then will not. */
export const COMMAND_MS = 5_000;

interface HoldDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly focus: AudioFocus;
	readonly queue: CommandQueue;
	lineOf(call: Call): Line | undefined;
}

/** Puts calls aside for one another and brings them back, as AudioFocus says. Its commands run inside the phone's queue. */
export class Hold {
	readonly #deps: HoldDeps;

	constructor(deps: HoldDeps) {
		this.#deps = deps;
	}

	/** Holds the call that has the focus, if there is one, so that another can have it. */
	async makeRoom(): Promise<Room> {
		const room: Room = {};
		try {
			// More than once only when the call ends meanwhile, and the one before it has the focus again.
			for (let present = this.#deps.focus.call.value; present; present = this.#deps.focus.call.value) {
				await this.#putAside(present, room);
			}
		} catch (error) {
			this.comeBack(this.#deps.focus.close(room));
			throw error;
		}
		return room;
	}

	async #putAside(call: Call, room: Room): Promise<void> {
		if (!this.canHold(call)) throw new LineError('call.second-call-unsupported');
		try {
			await this.setHeld(call, true);
		} catch (error) {
			if (!isEnded(call)) throw error;
		}
		if (isHeld(call)) this.#deps.focus.park(call, room);
		else if (!isEnded(call)) throw new LineError('command.not-now');
	}

	/** It has come off hold by itself, or too late to be wanted, while another call has the focus. */
	quieten(call: Call): void {
		this.#inBackground(call, 'not held again', async () => {
			const present = this.#deps.focus.call.value;
			if (present && present !== call && isHot(call)) await this.#putAside(call, { call: present });
		});
	}

	/** Resumes a call that the phone had put aside; if someone was quicker, it waits for that one. */
	comeBack(call: Call | undefined): void {
		if (!call) return;
		this.#inBackground(call, 'not resumed', async () => {
			if (!isHeld(call) || !this.#deps.focus.isParked(call)) return;
			const present = this.#deps.focus.call.value;
			if (present) {
				this.#deps.focus.park(call, { call: present });
				return;
			}
			await this.setHeld(call, false);
			this.#deps.focus.claim(call);
		});
	}

	#inBackground(call: Call, failure: string, command: () => Promise<void>): void {
		this.#deps.queue
			.run(command)
			.catch((error: unknown) => this.#deps.log('warn', `call ${failure}`, { call: call.id, error }));
	}

	/** Whether its line has hold at all. */
	canHold(call: Call): boolean {
		const line = this.#deps.lineOf(call);
		return line !== undefined && line.can.hold !== false;
	}

	/** Rejects with `command.not-now` for a call without media, with `call.no-response` after 5 s. */
	setHeld(call: Call, held: boolean): Promise<void> {
		const { phase } = call.state.value;
		if (phase !== 'talking' && phase !== 'recovering') {
			return Promise.reject(new LineError('command.not-now'));
		}
		return inTime(call.setHeld(held), COMMAND_MS, this.#deps.clock);
	}
}

import type { Call } from './line.ts';
import { Cell, type Watched } from './watched.ts';

/** The place that a held call waits for: it comes back when `call` ends, or when no call came of it. */
export interface Room {
	call?: Call;
}

export const isEnded = (call: Call): boolean => call.state.value.phase === 'ended';

/** Held by either command; only a call with media can be. */
export function isHeld(call: Call): boolean {
	const state = call.state.value;
	return (state.phase === 'talking' || state.phase === 'recovering') && state.held;
}

/** Heard and spoken to, as far as its line is concerned. */
export function isHot(call: Call): boolean {
	const state = call.state.value;
	return (state.phase === 'talking' || state.phase === 'recovering') && !state.held;
}

/**
 * Who has the microphone and the speaker: the call that was placed, answered or resumed last, unless it is held. It also
 * remembers which calls the phone itself has put aside for another one, and which of them comes back:
 *
 * - A call put aside for B comes back when B ends, however B ends, and when B never came about.
 * - If B was itself put aside for C by then, it goes on waiting, now for C.
 * - A call held by hand waits for that hand.
 */
export class AudioFocus {
	readonly #call = new Cell<Call | undefined>(undefined);
	#claims: readonly Call[] = [];
	/** In the order in which they were put aside. */
	readonly #parked = new Map<Call, Room>();

	get call(): Watched<Call | undefined> {
		return this.#call;
	}

	/** The call was placed, answered or resumed: it comes before all others. */
	claim(call: Call): void {
		this.#claims = [...this.#claims.filter((other) => other !== call), call];
		this.#parked.delete(call);
		this.refresh();
	}

	/** Like {@link claim}, for a call that has never claimed it. */
	claimOnce(call: Call): void {
		if (!this.#claims.includes(call)) this.claim(call);
	}

	/** The hold button was pressed for it, so it stays held until it is pressed again. */
	heldByHand(call: Call): void {
		this.#parked.delete(call);
	}

	park(call: Call, room: Room): void {
		this.#parked.delete(call);
		this.#parked.set(call, room);
		this.refresh();
	}

	/** To be called after every change of a call's state. */
	refresh(): void {
		this.#call.set(this.#claims.findLast((call) => !isEnded(call) && !isHeld(call)));
	}

	/** The call is over or out of sight. Returns the call that should be resumed now. */
	drop(call: Call): Call | undefined {
		const waitsFor = this.#parked.get(call);
		this.#claims = this.#claims.filter((other) => other !== call);
		this.#parked.delete(call);
		this.refresh();
		let back: Call | undefined;
		for (const room of this.#roomsOf(call)) back = this.close(room, waitsFor) ?? back;
		return back;
	}

	/**
	 * Nobody needs the place any more. Those who waited for it go on waiting for `instead` if that is given, or for the
	 * call that has the focus; otherwise the one put aside last is returned, to be resumed, and the rest wait for it.
	 */
	close(room: Room, instead?: Room): Call | undefined {
		const waiting = [...this.#parked].filter(([, of]) => of === room).map(([call]) => call);
		const focus = this.#call.value;
		const back = instead || focus ? undefined : waiting.at(-1);
		const next = instead ?? (focus ? { call: focus } : back && { call: back });
		for (const call of waiting) {
			if (next && call !== next.call) this.#parked.set(call, next);
		}
		return back;
	}

	/** True while the call is held only because the phone has put it aside. */
	isParked(call: Call): boolean {
		return this.#parked.has(call);
	}

	#roomsOf(call: Call): Set<Room> {
		return new Set([...this.#parked.values()].filter((room) => room.call === call));
	}
}

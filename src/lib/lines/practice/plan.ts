import type { EndReason } from '#lib/core/call-state.ts';
import type { Party } from '#lib/core/line.ts';

/** What happens on a number of the practice line. All times in ms. */
export type Plan =
	/** Answers and sends your voice back; after `losesAfter` of talking the call is lost. */
	| { readonly what: 'echo'; readonly losesAfter?: number }
	/** Rings for `ringsFor`, then ends without an answer. 0: ends without ringing. */
	| {
			readonly what: 'ends';
			readonly reason: EndReason;
			readonly ringsFor: number;
			readonly callsBack?: boolean;
	  };

/** Between dialling and the first ring, or the refusal: long enough to be seen. */
export const PLACING_MS = 400;
/** How long the echo rings before it answers. */
export const RINGING_MS = 1000;
/** How late your voice comes back: later than the ear takes for the room's own echo. */
export const ECHO_MS = 600;
/** Between the hang-up of the one who calls back, and the call. */
export const CALL_BACK_MS = 2000;
/** How long the one who calls back waits for an answer. */
export const PATIENCE_MS = 30_000;

/** The numbering plan. Whatever is not in it does not exist. */
export function planFor(number: string): Plan {
	switch (number) {
		case '1':
			return { what: 'echo' };
		case '2':
			return { what: 'ends', reason: 'busy', ringsFor: 0 };
		case '3':
			return { what: 'ends', reason: 'no-answer', ringsFor: 8000 };
		case '4':
			return { what: 'echo', losesAfter: 5000 };
		case '5':
			return { what: 'ends', reason: 'remote-hung-up', ringsFor: 3000, callsBack: true };
		default:
			return { what: 'ends', reason: 'not-found', ringsFor: 0 };
	}
}

/** Who calls back after '5'; dialled again, they call back again. */
export const CALLER: Party = {
	address: '5',
	name: 'Practice caller',
	params: [
		['order', '4711'],
		['topic', 'Call back']
	]
};

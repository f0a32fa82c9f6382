import type { LineError } from './errors.ts';

/**
 *   off ──▶ opening ──▶ ready ◀──▶ recovering
 *    ▲         │  ▲       │            │
 *    │         ▼  │       │            │
 *    │       failed ◀─────┴────────────┘
 *    └── from anywhere, by `closed`
 *
 * What is lost while `opening` leads straight to `recovering`, which tries again by itself; `failed` waits for someone
 * (a new token server, a corrected setting, "Try again").
 */
export type LineState =
	| { readonly phase: 'off' }
	| { readonly phase: 'opening' }
	/** `receiving` is false where the line can only dial out. */
	| { readonly phase: 'ready'; readonly receiving: boolean }
	| {
			readonly phase: 'recovering';
			readonly because: LineError;
			/** How many tries have failed since it was ready. */
			readonly attempt: number;
			/** False while it has not worked once since it was opened: its cause is news then, not an interruption. */
			readonly wasReady: boolean;
			/** Wall time in ms of the next try, where it is known. */
			readonly nextTryAt?: number;
	  }
	| { readonly phase: 'failed'; readonly because: LineError };

export type LineEvent =
	| { readonly type: 'opening' }
	| { readonly type: 'ready'; readonly receiving: boolean }
	/** Whatever it was: the line goes on trying, at `nextTryAt` (wall time in ms). */
	| { readonly type: 'lost'; readonly because: LineError; readonly nextTryAt?: number }
	| { readonly type: 'failed'; readonly because: LineError }
	| { readonly type: 'closed' };

/** Pure. Returns the same object when the event makes no sense now or changes nothing. */
export function nextLineState(state: LineState, event: LineEvent): LineState {
	switch (event.type) {
		case 'opening':
			return state.phase === 'off' || state.phase === 'failed' ? { phase: 'opening' } : state;
		case 'ready':
			if (state.phase === 'off' || state.phase === 'failed') return state;
			return state.phase === 'ready' && state.receiving === event.receiving
				? state
				: { phase: 'ready', receiving: event.receiving };
		case 'lost':
			if (state.phase === 'off' || state.phase === 'failed') return state;
			return {
				phase: 'recovering',
				because: event.because,
				attempt: state.phase === 'recovering' ? state.attempt + 1 : 1,
				wasReady: state.phase === 'recovering' ? state.wasReady : state.phase === 'ready',
				...(event.nextTryAt === undefined ? {} : { nextTryAt: event.nextTryAt })
			};
		case 'failed':
			if (state.phase === 'off' || (state.phase === 'failed' && state.because === event.because))
				return state;
			return { phase: 'failed', because: event.because };
		case 'closed':
			return state.phase === 'off' ? state : { phase: 'off' };
	}
}

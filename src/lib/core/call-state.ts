import type { Fault, LineError } from './errors.ts';

/**
 * How a call ended, as its history tells it. `failed` always carries its error; the others only when the vendor gave
 * a code worth keeping, or when what was hung up on was a voice agent in trouble.
 */
export type EndReason =
	| 'hung-up' // by us, after it was answered
	| 'remote-hung-up'
	| 'cancelled' // by us, before it was answered
	| 'missed' // the caller gave up
	| 'declined' // by us
	| 'ignored' // by us
	| 'answered-elsewhere'
	| 'busy'
	| 'no-answer'
	| 'refused' // by the callee
	| 'not-found'
	| 'line-closed'
	| 'failed';

export interface Ending {
	readonly reason: EndReason;
	readonly error?: LineError;
	/** Monotonic ms. */
	readonly at: number;
	/** How long the parties could talk, ms; 0 when they never could. */
	readonly talkedMs: number;
}

/**
 *   placing ──▶ ringing ──▶ connecting ──▶ talking ◀──▶ recovering
 *      └──────────┴─────────────┴────────────┴──────────────┴──▶ ended          `ended` is final
 *
 * An outgoing call starts in `placing`, an incoming one in `ringing`. The SDKs say "accepted" before a byte has flowed:
 * an answer leads to `connecting`, and only a connected media path (ICE and DTLS; the audio graph for practice) to
 * `talking`. All times are monotonic ms.
 */
export type CallState =
	| { readonly phase: 'placing' }
	| { readonly phase: 'ringing' }
	| { readonly phase: 'connecting'; readonly since: number }
	| { readonly phase: 'talking'; readonly since: number; readonly held: boolean }
	| {
			readonly phase: 'recovering';
			/** When the talk began; its timer runs on. */
			readonly since: number;
			readonly held: boolean;
			readonly lostAt: number;
			readonly because: Fault;
	  }
	| { readonly phase: 'ended'; readonly how: Ending };

export type CallEvent =
	| { readonly type: 'rang' }
	| { readonly type: 'answered'; readonly at: number }
	| { readonly type: 'media-connected'; readonly at: number }
	| { readonly type: 'interrupted'; readonly at: number; readonly because: Fault }
	| { readonly type: 'recovered' }
	| { readonly type: 'held'; readonly held: boolean }
	| { readonly type: 'ended'; readonly at: number; readonly reason: EndReason; readonly error?: LineError };

/** Pure. Returns the same object when the event makes no sense now or changes nothing. */
export function nextCallState(state: CallState, event: CallEvent): CallState {
	if (state.phase === 'ended') return state;
	switch (event.type) {
		case 'rang':
			return state.phase === 'placing' ? { phase: 'ringing' } : state;
		case 'answered':
			return state.phase === 'placing' || state.phase === 'ringing'
				? { phase: 'connecting', since: event.at }
				: state;
		case 'media-connected':
			return state.phase === 'connecting' ? { phase: 'talking', since: event.at, held: false } : state;
		case 'interrupted':
			return state.phase === 'talking'
				? { ...state, phase: 'recovering', lostAt: event.at, because: event.because }
				: state;
		case 'recovered':
			return state.phase === 'recovering'
				? { phase: 'talking', since: state.since, held: state.held }
				: state;
		case 'held':
			return (state.phase === 'talking' || state.phase === 'recovering') && state.held !== event.held
				? { ...state, held: event.held }
				: state;
		case 'ended':
			return { phase: 'ended', how: ending(state, event) };
	}
}

function ending(state: Exclude<CallState, { phase: 'ended' }>, event: CallEvent & { type: 'ended' }): Ending {
	const talked = state.phase === 'talking' || state.phase === 'recovering';
	return {
		reason: event.reason,
		at: event.at,
		talkedMs: talked ? Math.max(0, event.at - state.since) : 0,
		...(event.error ? { error: event.error } : {})
	};
}

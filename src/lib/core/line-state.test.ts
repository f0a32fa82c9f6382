import { describe, expect, it } from 'vitest';
import { LineError } from './errors.ts';
import { nextLineState, type LineEvent, type LineState } from './line-state.ts';

const old = new LineError('network.offline');
const because = new LineError('twilio-token.expired');

const STATES = {
	off: { phase: 'off' },
	opening: { phase: 'opening' },
	ready: { phase: 'ready', receiving: true },
	'ready, outgoing only': { phase: 'ready', receiving: false },
	recovering: { phase: 'recovering', because: old, attempt: 2, wasReady: true, nextTryAt: 5_000 },
	'never ready': { phase: 'recovering', because: old, attempt: 2, wasReady: false },
	failed: { phase: 'failed', because: old }
} as const satisfies Record<string, LineState>;

const EVENTS = {
	opening: { type: 'opening' },
	ready: { type: 'ready', receiving: true },
	'ready, outgoing only': { type: 'ready', receiving: false },
	lost: { type: 'lost', because },
	'lost, next try known': { type: 'lost', because, nextTryAt: 9_000 },
	failed: { type: 'failed', because },
	closed: { type: 'closed' }
} as const satisfies Record<string, LineEvent>;

/** Both ways of losing it. */
const lostFor = (attempt: number, wasReady: boolean) => {
	const lost: LineState = { phase: 'recovering', because, attempt, wasReady };
	return { lost, 'lost, next try known': { ...lost, nextTryAt: 9_000 } };
};
const failed: LineState = { phase: 'failed', because };
const off: LineState = { phase: 'off' };

/** Every pair that changes something; all others are ignored, by the same object. */
const TABLE: Record<keyof typeof STATES, Partial<Record<keyof typeof EVENTS, LineState>>> = {
	off: { opening: { phase: 'opening' } },
	opening: {
		ready: STATES.ready,
		'ready, outgoing only': STATES['ready, outgoing only'],
		...lostFor(1, false),
		failed,
		closed: off
	},
	ready: { 'ready, outgoing only': STATES['ready, outgoing only'], ...lostFor(1, true), failed, closed: off },
	'ready, outgoing only': { ready: STATES.ready, ...lostFor(1, true), failed, closed: off },
	recovering: {
		ready: STATES.ready,
		'ready, outgoing only': STATES['ready, outgoing only'],
		...lostFor(3, true),
		failed,
		closed: off
	},
	'never ready': {
		ready: STATES.ready,
		'ready, outgoing only': STATES['ready, outgoing only'],
		...lostFor(3, false),
		failed,
		closed: off
	},
	failed: { opening: { phase: 'opening' }, failed, closed: off }
};

const pairs = (Object.keys(STATES) as (keyof typeof STATES)[]).flatMap((state) =>
	(Object.keys(EVENTS) as (keyof typeof EVENTS)[]).map((event) => [state, event] as const)
);

describe('nextLineState', () => {
	it.each(pairs)('%s, %s', (state, event) => {
		const next = nextLineState(STATES[state], EVENTS[event]);
		const wanted = TABLE[state][event];
		if (wanted) expect(next).toEqual(wanted);
		else expect(next).toBe(STATES[state]);
	});

	it('ignores a failure that it knows', () => {
		expect(nextLineState(STATES.failed, { type: 'failed', because: old })).toBe(STATES.failed);
	});
});

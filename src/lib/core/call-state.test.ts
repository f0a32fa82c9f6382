import { describe, expect, it } from 'vitest';
import { nextCallState, type CallEvent, type CallState } from './call-state.ts';
import { LineError } from './errors.ts';

const talk = { since: 1_000, held: false };
const lost = { since: 1_000, held: false, lostAt: 2_000, because: 'media.lost' } as const;
const error = new LineError('call.lost');

const STATES = {
	placing: { phase: 'placing' },
	ringing: { phase: 'ringing' },
	connecting: { phase: 'connecting', since: 500 },
	talking: { phase: 'talking', ...talk },
	held: { phase: 'talking', ...talk, held: true },
	recovering: { phase: 'recovering', ...lost },
	'recovering, held': { phase: 'recovering', ...lost, held: true },
	ended: { phase: 'ended', how: { reason: 'busy', at: 1, talkedMs: 0 } }
} as const satisfies Record<string, CallState>;

const EVENTS = {
	rang: { type: 'rang' },
	answered: { type: 'answered', at: 3_000 },
	'media-connected': { type: 'media-connected', at: 3_000 },
	interrupted: { type: 'interrupted', at: 3_000, because: 'network.offline' },
	recovered: { type: 'recovered' },
	hold: { type: 'held', held: true },
	unhold: { type: 'held', held: false },
	ended: { type: 'ended', at: 3_000, reason: 'failed', error }
} as const satisfies Record<string, CallEvent>;

const endedAfter = (talkedMs: number): CallState => ({
	phase: 'ended',
	how: { reason: 'failed', at: 3_000, talkedMs, error }
});

/** Every pair that changes something; all others are ignored, by the same object. */
const TABLE: Record<keyof typeof STATES, Partial<Record<keyof typeof EVENTS, CallState>>> = {
	placing: {
		rang: { phase: 'ringing' },
		answered: { phase: 'connecting', since: 3_000 },
		ended: endedAfter(0)
	},
	ringing: { answered: { phase: 'connecting', since: 3_000 }, ended: endedAfter(0) },
	connecting: {
		'media-connected': { phase: 'talking', since: 3_000, held: false },
		ended: endedAfter(0)
	},
	talking: {
		interrupted: { phase: 'recovering', ...talk, lostAt: 3_000, because: 'network.offline' },
		hold: { phase: 'talking', ...talk, held: true },
		ended: endedAfter(2_000)
	},
	held: {
		interrupted: { phase: 'recovering', ...talk, held: true, lostAt: 3_000, because: 'network.offline' },
		unhold: { phase: 'talking', ...talk },
		ended: endedAfter(2_000)
	},
	recovering: {
		recovered: { phase: 'talking', ...talk },
		hold: { phase: 'recovering', ...lost, held: true },
		ended: endedAfter(2_000)
	},
	'recovering, held': {
		recovered: { phase: 'talking', ...talk, held: true },
		unhold: { phase: 'recovering', ...lost },
		ended: endedAfter(2_000)
	},
	ended: {}
};

const pairs = (Object.keys(STATES) as (keyof typeof STATES)[]).flatMap((state) =>
	(Object.keys(EVENTS) as (keyof typeof EVENTS)[]).map((event) => [state, event] as const)
);

describe('nextCallState', () => {
	it.each(pairs)('%s, %s', (state, event) => {
		const next = nextCallState(STATES[state], EVENTS[event]);
		const wanted = TABLE[state][event];
		if (wanted) expect(next).toEqual(wanted);
		else expect(next).toBe(STATES[state]);
	});

	it('never counts a talk shorter than nothing', () => {
		const next = nextCallState(STATES.talking, { type: 'ended', at: 0, reason: 'hung-up' });
		expect(next).toEqual({ phase: 'ended', how: { reason: 'hung-up', at: 0, talkedMs: 0 } });
	});
});

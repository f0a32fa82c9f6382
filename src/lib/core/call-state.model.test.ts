import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextCallState, type CallEvent, type CallState } from './call-state.ts';

const RUNS = 60_000;

/** Times that jump in both directions, as if the monotonic clock were none. */
const at = fc.integer({ min: -1_000_000, max: 1_000_000 });
const event: fc.Arbitrary<CallEvent> = fc.oneof(
	{ weight: 2, arbitrary: fc.constant<CallEvent>({ type: 'rang' }) },
	{ weight: 3, arbitrary: at.map((at): CallEvent => ({ type: 'answered', at })) },
	{ weight: 3, arbitrary: at.map((at): CallEvent => ({ type: 'media-connected', at })) },
	{ weight: 3, arbitrary: at.map((at): CallEvent => ({ type: 'interrupted', at, because: 'media.lost' })) },
	{ weight: 3, arbitrary: fc.constant<CallEvent>({ type: 'recovered' }) },
	{ weight: 3, arbitrary: fc.boolean().map((held): CallEvent => ({ type: 'held', held })) },
	{ weight: 1, arbitrary: at.map((at): CallEvent => ({ type: 'ended', at, reason: 'hung-up' })) }
);

/** Which phases may follow which; holding and recovering keep the talk's beginning. */
const FOLLOWS: Record<CallState['phase'], readonly CallState['phase'][]> = {
	placing: ['ringing', 'connecting', 'ended'],
	ringing: ['connecting', 'ended'],
	connecting: ['talking', 'ended'],
	talking: ['talking', 'recovering', 'ended'],
	recovering: ['recovering', 'talking', 'ended'],
	ended: []
};

function check(before: CallState, event: CallEvent, after: CallState): void {
	if (before === after) return;
	if (!FOLLOWS[before.phase].includes(after.phase)) throw new Error(`${before.phase} → ${after.phase}`);
	if (after.phase === 'ended') {
		const talked = before.phase === 'talking' || before.phase === 'recovering';
		const { talkedMs } = after.how;
		if (event.type !== 'ended' || !(talkedMs >= 0) || (!talked && talkedMs !== 0))
			throw new Error('wrong end');
	}
	const began = before.phase === 'talking' || before.phase === 'recovering' ? before.since : undefined;
	if (began !== undefined && 'since' in after && after.since !== began)
		throw new Error('the talk began anew');
}

it('allows no impossible state in any order of events, and reaches every change that is allowed', () => {
	const seen = new Set<string>();
	fc.assert(
		fc.property(
			fc.constantFrom<CallState>({ phase: 'placing' }, { phase: 'ringing' }),
			fc.array(event, { maxLength: 100, size: 'max' }),
			(start, events) => {
				let state = start;
				for (const event of events) {
					const next = nextCallState(state, event);
					check(state, event, next);
					if (next !== state) seen.add(`${state.phase} ${next.phase}`);
					state = next;
				}
			}
		),
		{ numRuns: RUNS }
	);
	const allowed = Object.entries(FOLLOWS).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`));
	expect([...seen].sort()).toEqual(allowed.sort());
}, 60_000);

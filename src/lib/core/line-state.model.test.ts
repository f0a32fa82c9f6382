import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineError } from './errors.ts';
import { nextLineState, type LineEvent, type LineState } from './line-state.ts';

const RUNS = 30_000;

const because = fc.constantFrom(new LineError('network.offline'), new LineError('registration.refused'));
const event: fc.Arbitrary<LineEvent> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<LineEvent>({ type: 'opening' }) },
	{ weight: 4, arbitrary: fc.boolean().map((receiving): LineEvent => ({ type: 'ready', receiving })) },
	{ weight: 4, arbitrary: because.map((because): LineEvent => ({ type: 'lost', because })) },
	{ weight: 2, arbitrary: because.map((because): LineEvent => ({ type: 'failed', because })) },
	{ weight: 1, arbitrary: fc.constant<LineEvent>({ type: 'closed' }) }
);

const FOLLOWS: Record<LineState['phase'], readonly LineState['phase'][]> = {
	off: ['opening'],
	opening: ['ready', 'recovering', 'failed', 'off'],
	ready: ['ready', 'recovering', 'failed', 'off'],
	recovering: ['ready', 'recovering', 'failed', 'off'],
	failed: ['opening', 'failed', 'off']
};

function check(before: LineState, after: LineState): void {
	if (before === after) return;
	if (!FOLLOWS[before.phase].includes(after.phase)) throw new Error(`${before.phase} → ${after.phase}`);
	if (after.phase === 'recovering') {
		const wanted = before.phase === 'recovering' ? before.attempt + 1 : 1;
		if (after.attempt !== wanted) throw new Error(`attempt ${after.attempt}, not ${wanted}`);
		const was = before.phase === 'recovering' ? before.wasReady : before.phase === 'ready';
		if (after.wasReady !== was) throw new Error(`wasReady ${after.wasReady}, not ${was}`);
	}
}

it('allows no impossible state in any order of events, and never gets stuck', () => {
	const seen = new Set<string>();
	fc.assert(
		fc.property(fc.array(event, { maxLength: 100, size: 'max' }), (events) => {
			let state: LineState = { phase: 'off' };
			for (const event of events) {
				const next = nextLineState(state, event);
				check(state, next);
				if (next !== state) seen.add(`${state.phase} ${next.phase}`);
				state = next;
			}
			// From wherever it is, opening or going on leads to ready.
			const opened = nextLineState(state, { type: 'opening' });
			expect(nextLineState(opened, { type: 'ready', receiving: true }).phase).toBe('ready');
			expect(nextLineState(state, { type: 'closed' }).phase).toBe('off');
		}),
		{ numRuns: RUNS }
	);
	const allowed = Object.entries(FOLLOWS).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`));
	expect([...seen].sort()).toEqual(allowed.sort());
}, 60_000);

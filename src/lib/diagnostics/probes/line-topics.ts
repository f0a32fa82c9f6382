import type { CallRecord, Gatherer, LineEvidence, LineSnapshot } from '../types.ts';
import { poll, type ProbeDeps } from './wait.ts';

/** A line that is just opening is given this long to settle before its state is written down. */
const OPENING_MS = 4_000;
const LOOK_MS = 100;
/** Beyond what a gatherer waits for itself. */
const SPARE_MS = 1_000;

type LineTopic = keyof LineEvidence;

/** One gatherer of a line. `timeoutMs` is added to a second of grace. */
export function lineGatherer<K extends LineTopic>(
	id: string,
	topic: K,
	timeoutMs: number,
	gather: Gatherer<'line', K>['gather'],
	after?: readonly LineTopic[]
): Gatherer<'line', K> {
	const subject = { scope: 'line', id } as const;
	return { subject, topic, timeoutMs: timeoutMs + SPARE_MS, gather, ...(after ? { after } : {}) };
}

interface Watching {
	readonly clock: ProbeDeps['clock'];
	snapshot(): LineSnapshot | undefined;
	calls(): readonly CallRecord[];
}

/** What every kind of line knows of itself without asking anybody. */
export function stateTopics(
	id: string,
	deps: Watching
): readonly [Gatherer<'line', 'state'>, Gatherer<'line', 'calls'>] {
	return [
		lineGatherer(id, 'state', OPENING_MS, (signal) => settledState(deps, signal)),
		lineGatherer(id, 'calls', 0, async () => ({ recent: deps.calls().slice(0, 10) }))
	];
}

/** The line's state; where it is opening, what has become of it within four seconds. */
export async function settledState(
	{ clock, snapshot }: Pick<Watching, 'clock' | 'snapshot'>,
	signal: AbortSignal
): Promise<LineSnapshot> {
	const settled = () => {
		const now = snapshot() ?? CLOSED;
		return now.phase === 'opening' ? undefined : now;
	};
	return (await poll(settled, LOOK_MS, OPENING_MS, { clock, signal })) ?? snapshot() ?? CLOSED;
}

const CLOSED: LineSnapshot = { phase: 'off', wasReady: false, since: 0, attempts: 0, interruptions: [] };

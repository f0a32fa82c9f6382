import type { LineState } from './line-state.ts';

/** Whether someone who calls a line reaches this phone. `down`: the page is open and the line is not registered. */
export type Reachability = 'reachable' | 'asleep' | 'offline' | 'no-token' | 'down';

/** A stretch of time in which a line could be reached, or could not, for one reason. Times are wall ms. */
export interface ReachSpan {
	readonly line: string;
	readonly from: number;
	readonly to: number;
	readonly reach: Reachability;
	/** When the far side has shown last that it knows this phone: it has confirmed the registration, or a call came in. */
	readonly provenAt?: number;
}

/** What a line that can be called says of itself, and what the browser says of the network. Undefined: it is closed. */
export function reachOf(state: LineState, online: boolean): Reachability | undefined {
	if (state.phase === 'off') return undefined;
	if (!online) return 'offline';
	switch (state.phase) {
		case 'ready':
			// It is ready and not to be called: its token does not allow it.
			return state.receiving ? 'reachable' : 'no-token';
		case 'opening':
			return 'down';
		case 'recovering':
		case 'failed': {
			const { fault } = state.because;
			if (fault === 'network.offline') return 'offline';
			return /(^|-)token(-endpoint)?\./.test(fault) ? 'no-token' : 'down';
		}
	}
}

/**
 * How a line was between two wall times, oldest first, without overlaps; empty where no page was open. Several tabs may have
 * written at once, a frozen one in hindsight: reachable in one of them was reachable, else the latest word counts.
 */
export function spansBetween(
	spans: readonly ReachSpan[],
	line: string,
	from: number,
	to: number
): readonly ReachSpan[] {
	const cut = spans
		.filter((span) => span.line === line && span.to > from && span.from < to)
		.map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
		.sort((a, b) => rank(b) - rank(a) || b.from - a.from);
	const edges = [...new Set(cut.flatMap((span) => [span.from, span.to]))].sort((a, b) => a - b);
	const joined: ReachSpan[] = [];
	for (const [at, start] of edges.entries()) {
		const end = edges[at + 1] ?? start;
		const best = end > start && cut.find((span) => span.from <= start && span.to >= end);
		if (!best) continue;
		const last = joined.at(-1);
		if (last?.reach === best.reach && start - last.to <= JOIN_MS) {
			joined[joined.length - 1] = { ...last, ...best, from: last.from, to: end };
		} else joined.push({ ...best, from: start, to: end });
	}
	return joined;
}

const rank = ({ reach }: ReachSpan): number => (reach === 'reachable' ? 1 : 0);
/** The phone passes from one tab to another in this time. */
const JOIN_MS = 1_000;

/** Spans come back from storage, which is foreign input. */
export function isReachSpan(raw: unknown): raw is ReachSpan {
	if (typeof raw !== 'object' || raw === null) return false;
	const { line, from, to, reach, provenAt } = raw as Readonly<Record<string, unknown>>;
	return (
		typeof line === 'string' &&
		isTime(from) &&
		isTime(to) &&
		from <= to &&
		REACHABILITIES.includes(reach as Reachability) &&
		(provenAt === undefined || isTime(provenAt))
	);
}

const REACHABILITIES: readonly Reachability[] = ['reachable', 'asleep', 'offline', 'no-token', 'down'];
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

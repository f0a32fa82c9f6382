import type { EndReason } from './call-state.ts';
import type { Fault } from './errors.ts';
import type { CallIds } from './line.ts';

/** One attempt to call, or to be called. Written before the invite leaves, finished when the call ends. */
export interface HistoryRow {
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	/** As it would be dialled again: '+15550100', 'client:alice', '1'. */
	readonly address: string;
	readonly name?: string;
	/** Wall time, ms since 1970. */
	readonly startedAt: number;
	/** Absent while the call lives. `interrupted`: the page went away in the middle of it. */
	readonly outcome?: EndReason | 'interrupted';
	readonly talkedMs?: number;
	readonly fault?: Fault;
	readonly vendorCode?: string | number;
	/** The vendor's name of the call. */
	readonly reference?: string;
	readonly ids?: CallIds;
}

export interface HistoryFinish {
	readonly outcome: EndReason | 'interrupted';
	readonly talkedMs: number;
	readonly fault?: Fault;
	readonly vendorCode?: string | number;
	readonly reference?: string;
	readonly ids?: CallIds;
}

/** Storage of the history. Without storage it works in memory; it never rejects. */
export interface History {
	begin(row: HistoryRow): Promise<void>;
	finish(id: string, finish: HistoryFinish): Promise<void>;
}

/** Someone called, and nobody here spoke to them. */
export const wasMissed = ({ direction, outcome }: HistoryRow): boolean =>
	direction === 'in' && (outcome === 'missed' || outcome === 'interrupted' || outcome === 'failed');

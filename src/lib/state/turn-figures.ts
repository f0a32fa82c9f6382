import type { Turn } from '#lib/core/conversation.ts';

/** What the turns of a call come to. */
export interface TurnFigures {
	/** Answers that were waited for: turns in which I was not interrupted. */
	readonly answers: number;
	/** Of those, ms; undefined without any. */
	readonly medianMs: number | undefined;
	/** 95 of 100 answers came within so many ms. */
	readonly p95Ms: number | undefined;
	/** How often the other side began before I had ended. */
	readonly interruptions: number;
	/** How often I began while the other side spoke, and it fell silent. */
	readonly bargeIns: number;
}

/** Interruptions are counted and left out of the times: nobody waited. */
export function turnFigures(turns: readonly Turn[]): TurnFigures {
	const waits = turns
		.map(({ latencyMs }) => latencyMs)
		.filter((ms) => ms >= 0)
		.sort((a, b) => a - b);
	return {
		answers: waits.length,
		medianMs: median(waits),
		p95Ms: waits[Math.ceil(waits.length * 0.95) - 1],
		interruptions: turns.length - waits.length,
		bargeIns: turns.filter(({ bargeInMs }) => bargeInMs !== undefined).length
	};
}

function median(sorted: readonly number[]): number | undefined {
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.ceil(sorted.length / 2) - 1];
	return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

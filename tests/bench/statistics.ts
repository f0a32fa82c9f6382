/** Of a sorted copy: the value below which `share` of the samples lie, the largest one where there are few. */
export function percentile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => percentile(samples, 0.5);

/** The candidates in turn, backwards every other round, so that a machine that slows down slows all of them. */
export async function inTurn<C>(
	rounds: number,
	candidates: readonly C[],
	run: (candidate: C) => Promise<void>
): Promise<void> {
	for (let round = 0; round < rounds; round += 1) {
		const order = round % 2 === 0 ? candidates : candidates.toReversed();
		for (const candidate of order) await run(candidate);
	}
}

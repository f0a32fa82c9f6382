/** Root mean square of samples between -1 and 1, in dBFS: a full-scale sine is -3.01, digital silence -Infinity. */
export function decibels(samples: ArrayLike<number>): number {
	if (samples.length === 0) return -Infinity;
	let sum = 0;
	for (let at = 0; at < samples.length; at++) sum += (samples[at] ?? 0) ** 2;
	return 10 * Math.log10(sum / samples.length);
}

/** One figure with its goal. */
export interface Finding {
	readonly metric: string;
	readonly measured: string;
	readonly goal: string;
	readonly met: boolean;
}

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** A figure that must not be larger than its goal. A figure that could not be measured does not meet it. */
export function atMost(metric: string, value: number, goal: number, unit: string): Finding {
	const text = (figure: number) => `${WHOLE.format(figure)} ${unit}`.trim();
	return { metric, measured: text(value), goal: `≤ ${text(goal)}`, met: value <= goal };
}

export function print(findings: readonly Finding[]): void {
	const width = (key: 'metric' | 'measured' | 'goal') =>
		Math.max(...findings.map((finding) => finding[key].length));
	const [metrics, figures, goals] = [width('metric'), width('measured'), width('goal')];
	for (const { metric, measured, goal, met } of findings) {
		const cells = [
			metric.padEnd(metrics),
			measured.padStart(figures),
			goal.padEnd(goals),
			met ? 'ok' : 'MISSED'
		];
		console.log(cells.join('   '));
	}
}

import { expect, it } from 'vitest';
import type { Turn } from '#lib/core/conversation.ts';
import { turnFigures } from './turn-figures.ts';

const turns = (...latencies: readonly number[]): readonly Turn[] =>
	latencies.map((latencyMs) => ({ spokeUntil: 1000, heardAt: 1000 + latencyMs, latencyMs }));

it.each([
	['nothing said', [], { answers: 0, medianMs: undefined, p95Ms: undefined, interruptions: 0 }],
	['one answer', [640], { answers: 1, medianMs: 640, p95Ms: 640, interruptions: 0 }],
	['an even number', [900, 500], { answers: 2, medianMs: 700, p95Ms: 900, interruptions: 0 }],
	[
		'an odd number, in any order',
		[900, 100, 500],
		{ answers: 3, medianMs: 500, p95Ms: 900, interruptions: 0 }
	],
	['interruptions', [-200, 400, -1, 600], { answers: 2, medianMs: 500, p95Ms: 600, interruptions: 2 }],
	[
		'nothing but interruptions',
		[-200],
		{ answers: 0, medianMs: undefined, p95Ms: undefined, interruptions: 1 }
	],
	['an answer at once', [0], { answers: 1, medianMs: 0, p95Ms: 0, interruptions: 0 }]
])('%s', (_what, latencies, figures) => expect(turnFigures(turns(...latencies))).toMatchObject(figures));

it('the 95th of a hundred', () => {
	const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
	expect(turnFigures(turns(...hundred))).toMatchObject({ medianMs: 50.5, p95Ms: 95 });
});

it('counts how often one side cut in on the other', () => {
	const [one] = turns(300);
	if (!one) throw new Error('no turn');
	expect(turnFigures([one, { ...one, bargeInMs: 210 }])).toMatchObject({ answers: 2, bargeIns: 1 });
});

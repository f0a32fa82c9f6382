import { describe, expect, test } from 'vitest';
import type { MediaSample } from './line.ts';
import { readTotals, sampleOf } from './media-samples.ts';
import { WarningWatch } from './call-warnings.ts';

const report = (second: number, more: object = {}) => [
	{ type: 'media-source', kind: 'audio', totalAudioEnergy: 0.01 * second, totalSamplesDuration: second },
	{ type: 'outbound-rtp', kind: 'audio', packetsSent: 50 * second },
	{
		type: 'inbound-rtp',
		kind: 'audio',
		packetsReceived: 45 * second,
		packetsLost: 5 * second,
		jitter: 0.004,
		totalAudioEnergy: 0,
		totalSamplesDuration: second
	},
	{ type: 'inbound-rtp', kind: 'video', packetsReceived: 1 },
	{ type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
	{ type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.05 },
	more
];

describe('a sample', () => {
	test('is what happened between two reports', () => {
		const sample = sampleOf(readTotals(report(10)), readTotals(report(11)), 5000);
		expect(sample.sentLevel).toBeCloseTo(-20, 6);
		expect(sample).toMatchObject({ at: 5000, heardLevel: -Infinity, packetsSent: 550, packetsReceived: 495 });
		expect(sample.loss).toBeCloseTo(0.1);
		expect(sample.jitterMs).toBeCloseTo(4);
		expect(sample.roundTripMs).toBeCloseTo(50);
		expect(sample.mos).toBeGreaterThan(1);
	});

	test('leaves out what no report says', () => {
		const none = readTotals([{ type: 'media-source', kind: 'audio', audioLevel: 0.1 }]);
		expect(sampleOf(undefined, none, 1)).toEqual({ at: 1, sentLevel: -20, heardLevel: -Infinity });
	});

	test('a count of lost packets that shrinks is no loss', () => {
		const lost = (packetsLost: number, packetsReceived: number) =>
			readTotals([{ type: 'inbound-rtp', kind: 'audio', packetsLost, packetsReceived }]);
		expect(sampleOf(lost(5, 100), lost(3, 150), 1).loss).toBe(0);
		expect(sampleOf(lost(5, 100), lost(5, 100), 1).loss).toBeUndefined();
	});
});

describe('warnings', () => {
	const second = (at: number, packetsReceived: number, sentLevel = -30): MediaSample => ({
		at: at * 1000,
		sentLevel,
		heardLevel: -30,
		packetsReceived
	});

	test('nothing heard after 3 s without a packet, and no more with the next', () => {
		const watch = new WarningWatch();
		expect([0, 1, 2, 3].map((at) => watch.judge(second(at, 50), true).length)).toEqual([0, 0, 0, 1]);
		expect(watch.judge(second(4, 51), true)).toEqual([]);
	});

	test('a silent microphone after 10 s of exact silence that nobody meant', () => {
		const watch = new WarningWatch();
		const silent = (at: number, sending = true) => watch.judge(second(at, at, -Infinity), sending);
		for (let at = 0; at < 10; at++) expect(silent(at)).toEqual([]);
		expect(silent(10)).toEqual(['microphone-silent']);
		expect(silent(11, false)).toEqual([]);
		for (let at = 12; at < 21; at++) expect(silent(at)).toEqual([]);
		expect(silent(21)).toEqual(['microphone-silent']);
		expect(watch.judge(second(22, 22, -90), true)).toEqual([]);
	});
});

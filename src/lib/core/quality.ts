import type { MediaSample } from './line.ts';

export type QualityWord = 'excellent' | 'good' | 'fair' | 'poor';

/** What the network adds to a call, measured over about a second. */
export type NetworkSample = Pick<MediaSample, 'loss' | 'jitterMs' | 'roundTripMs'>;

/** Frame and look-ahead of the codec, ms one way (Opus at 20 ms frames: RFC 6716, 2.1.4; G.711 is less). */
const CODEC_MS = 25;
/** A jitter buffer settles at about twice the jitter. */
const BUFFER_PER_JITTER = 2;

/**
 * Mean opinion score, 1 to 4.5, from the simplified E-model: R = 94.2 - Id - Ie with Id = 0.024 d + 0.11 (d - 177.3) for
 * the part over 177.3 ms, and Ie = 30 ln(1 + 15 loss) for a codec that conceals losses (Cole and Rosenbluth, "Voice over
 * IP performance monitoring", 2001, equations 4 to 8); R to MOS by ITU-T G.107, annex B. Undefined without a measured
 * loss or round trip: what was not measured has no quality.
 */
export function meanOpinion({ loss, jitterMs = 0, roundTripMs }: NetworkSample): number | undefined {
	if (!isMeasured(loss) || !isMeasured(roundTripMs) || !isMeasured(jitterMs)) return undefined;
	const delay = roundTripMs / 2 + BUFFER_PER_JITTER * jitterMs + CODEC_MS;
	const delayImpairment = 0.024 * delay + 0.11 * Math.max(0, delay - 177.3);
	const lossImpairment = 30 * Math.log(1 + 15 * Math.min(loss, 1));
	return opinionOf(94.2 - delayImpairment - lossImpairment);
}

/** ITU-T G.107, annex B, equation B-4. The polynomial dips below 1 just above R = 0; the scale does not. */
function opinionOf(r: number): number {
	if (r <= 0) return 1;
	const capped = Math.min(r, 100);
	return Math.max(1, 1 + 0.035 * capped + 7e-6 * capped * (capped - 60) * (100 - capped));
}

const isMeasured = (value: number | undefined): value is number =>
	value !== undefined && Number.isFinite(value) && value >= 0;

/**
 * The lowest score of each word: R 80 "satisfied", 70 "some users dissatisfied", 60 "many users dissatisfied" (ITU-T
 * G.107, table B.1).
 */
export const LOWEST_SCORE = { excellent: 4.03, good: 3.6, fair: 3.1 } as const;

export function qualityWord(mos: number): QualityWord {
	if (mos >= LOWEST_SCORE.excellent) return 'excellent';
	if (mos >= LOWEST_SCORE.good) return 'good';
	return mos >= LOWEST_SCORE.fair ? 'fair' : 'poor';
}

/** 4 for excellent to 1 for poor; 0 while nothing was measured. */
export function qualityBars(mos: number | undefined): 0 | 1 | 2 | 3 | 4 {
	if (mos === undefined) return 0;
	return ({ excellent: 4, good: 3, fair: 2, poor: 1 } as const)[qualityWord(mos)];
}

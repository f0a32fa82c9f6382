import { decibels } from '#lib/core/level.ts';

/** 43 ms at 48 kHz: shorter than a syllable, longer than one wave of the lowest voice. */
const WINDOW = 2048;

export interface LevelMeter {
	/** Level of the last 43 ms, dBFS. */
	level(): number;
	close(): void;
}

/** Measures what `source` gives, without playing it. */
export function createLevelMeter(source: AudioNode): LevelMeter {
	const analyser = new AnalyserNode(source.context, { fftSize: WINDOW });
	const samples = new Float32Array(WINDOW);
	source.connect(analyser);
	return {
		level() {
			analyser.getFloatTimeDomainData(samples);
			return decibels(samples);
		},
		close: () => source.disconnect(analyser)
	};
}

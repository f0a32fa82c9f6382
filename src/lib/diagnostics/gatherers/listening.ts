import { pause, within, type ProbeDeps } from '../probes/wait.ts';
import type { AudioSettings, MicrophoneFigures } from '../types.ts';

/** 43 ms at 48 kHz. */
const WINDOW = 2048;
const EVERY_MS = 40;
/** While a page captures, its context may run: half a second is plenty to start. */
const START_MS = 500;
/** One step of 16 bits below full scale. */
const FULL_SCALE = 1 - 1 / 32_768;

/** Listens to a stream for `ms` and tells its figures; the stream stays open, and is the caller's to close. */
export async function listen(
	stream: MediaStream,
	context: AudioContext,
	ms: number,
	deps: ProbeDeps
): Promise<MicrophoneFigures | undefined> {
	const [track] = stream.getAudioTracks();
	if (!track) return undefined;
	await started(context, deps);
	const source = context.createMediaStreamSource(stream);
	const analyser = new AnalyserNode(context, { fftSize: WINDOW });
	source.connect(analyser);
	const start = deps.clock.monotonic();
	const levels = new Levels();
	try {
		const window = new Float32Array(WINDOW);
		while (deps.clock.monotonic() - start < ms && !deps.signal.aborted) {
			await pause(EVERY_MS, deps);
			analyser.getFloatTimeDomainData(window);
			levels.add(window);
		}
	} finally {
		source.disconnect();
		analyser.disconnect();
	}
	const { enabled, muted, readyState } = track;
	return {
		context: context.state,
		listenedMs: Math.round(deps.clock.monotonic() - start),
		...levels.figures(),
		track: { enabled, muted, readyState },
		applied: settingsOf(track.getSettings()),
		asked: settingsOf(track.getConstraints())
	};
}

/** Makes a suspended context run, if the browser lets it. */
export async function started(context: AudioContext, deps: ProbeDeps): Promise<void> {
	if (context.state !== 'suspended') return;
	await within(context.resume(), START_MS, deps).catch(() => {});
}

type Figures = Pick<
	MicrophoneFigures,
	'samples' | 'nonZero' | 'clipped' | 'peakDbfs' | 'rmsDbfs' | 'floorDbfs'
>;

/** Sums up windows of samples, each from -1 to 1. */
export class Levels {
	#samples = 0;
	#nonZero = 0;
	#clipped = 0;
	#peak = 0;
	#energy = 0;
	readonly #windows: number[] = [];

	add(window: Float32Array): void {
		let energy = 0;
		for (const sample of window) {
			const size = Math.abs(sample);
			energy += size * size;
			if (size > 0) this.#nonZero++;
			if (size >= FULL_SCALE) this.#clipped++;
			if (size > this.#peak) this.#peak = size;
		}
		this.#samples += window.length;
		this.#energy += energy;
		this.#windows.push(Math.sqrt(energy / window.length));
	}

	figures(): Figures {
		const quiet = this.#windows.toSorted((a, b) => a - b);
		return {
			samples: this.#samples,
			nonZero: this.#nonZero,
			clipped: this.#clipped,
			peakDbfs: decibels(this.#peak),
			rmsDbfs: decibels(Math.sqrt(this.#energy / Math.max(1, this.#samples))),
			floorDbfs: decibels(quiet[Math.floor(quiet.length / 10)] ?? 0)
		};
	}
}

/** JSON has no number for digital silence. */
const decibels = (level: number): number | null =>
	level > 0 ? Math.round(200 * Math.log10(level)) / 10 : null;

function settingsOf(from: MediaTrackSettings | MediaTrackConstraints): AudioSettings {
	const { sampleRate, channelCount, echoCancellation, noiseSuppression, autoGainControl } = from;
	const { latency } = from as { readonly latency?: unknown };
	return {
		...number('sampleRate', sampleRate),
		...number('channelCount', channelCount),
		...flag('echoCancellation', echoCancellation),
		...flag('noiseSuppression', noiseSuppression),
		...flag('autoGainControl', autoGainControl),
		...(typeof latency === 'number' ? { latencyMs: Math.round(latency * 1000) } : {})
	};
}

/** Of a constraint its ideal, or what it has to be exactly. */
function plain(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const { exact, ideal } = value as { readonly exact?: unknown; readonly ideal?: unknown };
	return exact ?? ideal;
}

function number<K extends keyof AudioSettings>(key: K, value: unknown): { readonly [key in K]?: number } {
	const found = plain(value);
	return typeof found === 'number' ? ({ [key]: found } as { [key in K]: number }) : {};
}

/** Newer browsers know kinds of echo cancellation: any of them is one. */
function flag<K extends keyof AudioSettings>(key: K, value: unknown): { readonly [key in K]?: boolean } {
	const found = plain(value);
	if (typeof found === 'string') return { [key]: true } as { [key in K]: boolean };
	return typeof found === 'boolean' ? ({ [key]: found } as { [key in K]: boolean }) : {};
}

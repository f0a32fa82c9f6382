import { constraints, letGo } from '#lib/browser/microphones.ts';
import { within, type ProbeDeps } from '../probes/wait.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { MicrophoneFigures } from '../types.ts';
import { listen } from './listening.ts';
import { openInTime } from './microphone.ts';

/** What somebody has said into the microphone; nothing of it is kept but by whoever holds this. */
export interface Recording {
	readonly figures: MicrophoneFigures;
	/** Plays it into a node; resolves at its end, or when it is stopped. Rejects where this browser cannot play what it has recorded. */
	play(into: AudioNode, signal: AbortSignal): Promise<void>;
}

const LAST_DATA_MS = 1_000;

/**
 * Records for `ms`, as a call would send it, and lets go of the microphone. Undefined where the microphone does not open in
 * time or gives nothing; rejects as getUserMedia and MediaRecorder do.
 */
export async function recordSample(
	audio: AudioContext,
	microphone: string,
	ms: number,
	deps: ProbeDeps
): Promise<Recording | undefined> {
	const stream = await openInTime({ audio: constraints(microphone) }, THRESHOLDS.promptMs, deps);
	if (!stream) return undefined;
	const pieces: Blob[] = [];
	let figures: MicrophoneFigures | undefined;
	try {
		const recorder = new MediaRecorder(stream);
		recorder.ondataavailable = ({ data }) => pieces.push(data);
		const stopped = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
		recorder.start();
		figures = await listen(stream, audio, ms, deps);
		recorder.stop();
		await within(stopped, LAST_DATA_MS, deps);
	} finally {
		letGo(stream);
	}
	if (!figures) return undefined;
	const sound = new Blob(pieces);
	return {
		figures,
		async play(into, signal) {
			const buffer = await audio.decodeAudioData(await sound.arrayBuffer());
			const source = new AudioBufferSourceNode(audio, { buffer });
			await new Promise<void>((resolve) => {
				source.onended = () => resolve();
				const stop = () => source.stop();
				source.connect(into);
				source.start();
				signal.addEventListener('abort', stop, { once: true });
				if (signal.aborted) stop();
			});
			source.disconnect();
		}
	};
}

import { microphoneError } from '#lib/browser/microphones.ts';
import { openOutput } from '#lib/browser/speakers.ts';
import { asLineError, LineError } from '#lib/core/errors.ts';
import { loopTest, recordSample } from '#lib/diagnostics/gatherers/index.ts';
import type { Checkup, Levels } from '#lib/state/checkup-port.ts';
import type { CheckupDeps } from './checkup-deps.ts';

/** The buttons for the sound. Both let go of the microphone before they come back, also when they fail or are stopped. */
export function checkupSound(deps: CheckupDeps): Pick<Checkup, 'recordAndPlay' | 'loop'> {
	const { audio, clock, hardware, log, phone } = deps;
	const guarded = async <T>(test: (speaker: AudioNode) => Promise<T>): Promise<T> => {
		// A call has the microphone, and would hear the tone.
		if (phone.calls.value.length > 0) throw new LineError('command.not-now');
		const output = openOutput(audio.context(), hardware.devices.speaker, log);
		try {
			await output.ready;
			return await test(output.input);
		} catch (error) {
			throw error instanceof DOMException ? microphoneError(error) : asLineError(error, 'app.unexpected');
		} finally {
			output.close();
		}
	};
	return {
		recordAndPlay: (ms, signal, tell) =>
			guarded(async (speaker): Promise<Levels> => {
				tell({ step: 'recording', dbfs: -Infinity });
				const stopMeter = await hardware.listen((dbfs) => tell({ step: 'recording', dbfs }));
				const recording = await recordSample(audio.context(), hardware.devices.microphone.value, ms, {
					clock,
					signal
				}).finally(stopMeter);
				if (!recording) throw new LineError('microphone.unavailable');
				const { figures } = recording;
				tell({ step: 'playing' });
				await recording.play(speaker, signal);
				return {
					peakDbfs: figures.peakDbfs,
					rmsDbfs: figures.rmsDbfs,
					floorDbfs: figures.floorDbfs,
					clippedShare: figures.samples === 0 ? 0 : figures.clipped / figures.samples
				};
			}),
		loop: (signal) =>
			guarded(async (speaker) => {
				const microphone = hardware.devices.microphone.value;
				const heard = await loopTest({ audio: audio.context(), speaker, microphone }, { clock, signal });
				if (!heard) throw new LineError('microphone.unavailable');
				return heard;
			})
	};
}

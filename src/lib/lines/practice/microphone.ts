import type { Scope } from '#lib/core/scope.ts';
import { abortError } from '#lib/core/deadline.ts';
import type { EchoDeps } from './echo.ts';

/**
 * Feeds the chosen microphone into `target`, also after another one was chosen or the present one was unplugged. Only the
 * first opening can fail the call: later the call goes on, in the worst case with silence.
 */
export async function followMicrophone(
	deps: EchoDeps,
	target: AudioNode,
	scope: Scope,
	signal: AbortSignal
): Promise<void> {
	let letGo = () => {};
	let wanted = 0;
	scope.add(() => letGo());

	const open = async (while_: AbortSignal) => {
		const turn = ++wanted;
		const stream = await deps.openMicrophone(while_);
		// Opening cannot be stopped, and devices can be chosen faster than they open.
		if (while_.aborted || turn !== wanted) {
			stream.getTracks().forEach((track) => track.stop());
			if (while_.aborted) throw abortError(while_);
			return;
		}
		letGo();
		letGo = feed(stream, target, reopen);
	};
	const reopen = () => {
		open(scope.signal).catch((error: unknown) => {
			if (!scope.ended) deps.log('warn', 'microphone not replaced', { error });
		});
	};

	try {
		await open(signal);
	} catch (error) {
		scope.end();
		throw error;
	}
	scope.add(deps.devices.microphone.watch(reopen));
}

/** Returns how to stop. `onGone` when the device went away by itself. */
function feed(stream: MediaStream, target: AudioNode, onGone: () => void): () => void {
	const source = new MediaStreamAudioSourceNode(target.context as AudioContext, { mediaStream: stream });
	source.connect(target);
	for (const track of stream.getTracks()) track.addEventListener('ended', onGone, { once: true });
	return () => {
		source.disconnect();
		for (const track of stream.getTracks()) {
			track.removeEventListener('ended', onGone);
			track.stop();
		}
	};
}

import type { Log } from '#lib/core/ports.ts';
import { abortError } from '#lib/core/deadline.ts';
import { LineError, type Fault } from '#lib/core/errors.ts';
import type { Watched } from '#lib/core/watched.ts';

/**
 * Ideal filters: one that is missing must not cost the call. The device is exact, since Chromium weighs an ideal one against
 * the filters and then opens another; `open` falls back when it is gone.
 */
export function constraints(deviceId: string): MediaTrackConstraints {
	return {
		echoCancellation: { ideal: true },
		noiseSuppression: { ideal: true },
		autoGainControl: { ideal: true },
		channelCount: { ideal: 1 },
		...(deviceId ? { deviceId: { exact: deviceId } } : {})
	};
}

/** https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia, and what browsers make of it. */
const FAULTS: Readonly<Record<string, Fault>> = {
	NotAllowedError: 'microphone.blocked',
	PermissionDeniedError: 'microphone.blocked',
	SecurityError: 'microphone.blocked',
	NotFoundError: 'microphone.missing',
	DevicesNotFoundError: 'microphone.missing',
	NotReadableError: 'microphone.in-use',
	TrackStartError: 'microphone.in-use',
	OverconstrainedError: 'microphone.saved-device-gone',
	InvalidStateError: 'microphone.unavailable',
	AbortError: 'microphone.unavailable'
};

/** What getUserMedia's rejection means. Names count and not classes: OverconstrainedError is no DOMException everywhere. */
export function microphoneError(error: unknown): LineError {
	if (error instanceof LineError) return error;
	const name = error instanceof Object && 'name' in error ? String(error.name) : '';
	return new LineError(FAULTS[name] ?? 'microphone.unavailable', {
		vendorCode: name || undefined,
		cause: error
	});
}

/** The browser's devices. Rejects where there are none by design: pages that are not secure, and very old browsers. */
export function mediaDevices(): MediaDevices {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (devices) return devices;
	throw new LineError(isSecureContext ? 'browser.unsupported' : 'browser.insecure-page');
}

/**
 * Opens the microphone of the given id, or the system's default one when it is gone. Waits for the user's answer as long
 * as it takes: only `signal` ends that, and a microphone that opens later is let go at once. Rejects with a LineError.
 */
export async function openMicrophone(
	device: Watched<string>,
	log: Log,
	signal?: AbortSignal
): Promise<MediaStream> {
	if (signal?.aborted) throw abortError(signal);
	const opening = open(mediaDevices(), device.value, log);
	if (!signal) return opening;
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(abortError(signal)), { once: true });
	});
	// Only after an abort is there nobody else to let go of it.
	opening.then(
		(stream) => signal.aborted && letGo(stream),
		() => {}
	);
	return Promise.race([opening, aborted]);
}

async function open(devices: MediaDevices, id: string, log: Log): Promise<MediaStream> {
	try {
		return await devices.getUserMedia({ audio: constraints(id) });
	} catch (error) {
		const { fault } = microphoneError(error);
		const gone = fault === 'microphone.saved-device-gone' || fault === 'microphone.missing';
		if (!id || !gone) throw microphoneError(error);
		log('warn', 'chosen microphone is gone, trying the default one', { fault });
	}
	try {
		return await devices.getUserMedia({ audio: constraints('') });
	} catch (error) {
		throw microphoneError(error);
	}
}

export function letGo(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}

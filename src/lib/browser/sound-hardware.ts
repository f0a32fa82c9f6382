import type { ChosenDevices, Clock, Log, SoundHardware } from '#lib/core/ports.ts';
import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { PageAudio } from './audio.ts';
import { createChosenDevices, type SoundSettings } from './chosen-devices.ts';
import { createDeviceList } from './device-list.ts';
import { monitorMicrophone } from './microphone-monitor.ts';
import { letGo, openMicrophone } from './microphones.ts';
import { canChooseSpeaker } from './speakers.ts';
import { TonePlayer } from './tone-player.ts';
import { CHIME } from './tones.ts';

export interface SoundHardwareDeps {
	readonly audio: PageAudio;
	readonly clock: Clock;
	readonly log: Log;
	readonly settings: Watched<SoundSettings>;
}

export interface BrowserSoundHardware extends SoundHardware {
	/** The devices of the settings, found again by their labels where their ids have changed. */
	readonly devices: ChosenDevices;
	/** Opens the chosen microphone, or the default one when it is gone. Rejects with a LineError. */
	openMicrophone(signal?: AbortSignal): Promise<MediaStream>;
	/** Lets go of every microphone that {@link listen} has open, and stops following the devices. */
	close(): void;
}

/** Longer than a context takes to start where it may. */
const START_MS = 1000;

/** Lists hold real devices only: "system default" is a choice of its own, with the id ''. */
export function createSoundHardware({
	audio,
	clock,
	log,
	settings
}: SoundHardwareDeps): BrowserSoundHardware {
	const scope = new Scope();
	const list = createDeviceList(scope, log);
	const devices = createChosenDevices(settings, list, scope);

	const open = async (signal?: AbortSignal) => {
		const stream = await openMicrophone(devices.microphone, log, signal);
		void list.refresh();
		return stream;
	};

	return {
		microphones: list.microphones,
		speakers: list.speakers,
		permission: list.permission,
		get canChooseSpeaker() {
			return canChooseSpeaker();
		},
		devices,
		openMicrophone: open,
		async askForMicrophone() {
			letGo(await open(scope.signal));
		},
		async listen(onLevel) {
			const listening = scope.child();
			try {
				const { microphone } = devices;
				await monitorMicrophone({ audio, clock, log, device: microphone, open }, listening, onLevel);
			} catch (error) {
				listening.end();
				throw error;
			}
			return () => listening.end();
		},
		async playTest(output) {
			await running(audio, clock, scope.signal);
			const test = scope.child();
			const player = new TonePlayer({ audio, clock, log, device: devices[output] });
			test.add(() => player.close());
			await player.play(CHIME).ended;
			test.end();
		},
		close: () => scope.end()
	};
}

/** Makes the page's sound run. Rejects with `speaker.autoplay-blocked` where the browser still wants a gesture. */
export async function running(audio: PageAudio, clock: Clock, signal: AbortSignal): Promise<void> {
	let context: AudioContext;
	try {
		context = audio.context();
	} catch (error) {
		throw new LineError('browser.unsupported', { cause: error });
	}
	const blocked = () => new LineError('speaker.autoplay-blocked', { vendorCode: context.state });
	const starting = context.state === 'suspended' ? context.resume() : Promise.resolve();
	await deadline(starting, START_MS, blocked, clock, signal);
}

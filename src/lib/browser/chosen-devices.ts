import type { Settings } from '#lib/config/settings.ts';
import type { ChosenDevices, SoundDevice } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import { findDevice, type DeviceList } from './device-list.ts';

/** What of the settings concerns sound. */
export type SoundSettings = Pick<
	Settings,
	| 'microphone'
	| 'microphoneLabel'
	| 'speaker'
	| 'speakerLabel'
	| 'ringer'
	| 'ringerLabel'
	| 'ringVolume'
	| 'keyTones'
>;

/** The devices of the settings as they are found on this machine now. */
export function createChosenDevices(
	settings: Watched<SoundSettings>,
	{ microphones, speakers }: Pick<DeviceList, 'microphones' | 'speakers'>,
	scope: Scope
): ChosenDevices {
	const follow = (
		devices: Watched<readonly SoundDevice[]>,
		choice: (settings: SoundSettings) => readonly [id: string, label: string]
	) => {
		const find = () => findDevice(devices.value, ...choice(settings.value));
		const chosen = new Cell(find());
		scope.add(settings.watch(() => chosen.set(find())));
		scope.add(devices.watch(() => chosen.set(find())));
		return chosen;
	};
	return {
		microphone: follow(microphones, (now) => [now.microphone, now.microphoneLabel]),
		speaker: follow(speakers, (now) => [now.speaker, now.speakerLabel]),
		ringer: follow(speakers, (now) => [now.ringer, now.ringerLabel])
	};
}

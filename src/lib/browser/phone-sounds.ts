import type { ChosenDevices, Clock, Log, PhoneSounds } from '#lib/core/ports.ts';
import type { Settings } from '#lib/config/settings.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { PageAudio } from './audio.ts';
import { Ringer } from './ringer.ts';
import { TonePlayer, type Playing } from './tone-player.ts';
import { keyTone, PROGRESS } from './tones.ts';

export interface PhoneSoundsDeps {
	readonly audio: PageAudio;
	readonly clock: Clock;
	readonly log: Log;
	readonly devices: ChosenDevices;
	readonly settings: Watched<Pick<Settings, 'ringVolume' | 'keyTones'>>;
}

/** With what is heard of it: a ring that somebody has silenced rings no more. */
export interface RingingSounds extends PhoneSounds {
	readonly ringing: Watched<boolean>;
	close(): void;
}

/** The phone's own sounds. Everything stops with `close`. */
export function createPhoneSounds(deps: PhoneSoundsDeps): RingingSounds {
	const { audio, devices, settings } = deps;
	const scope = new Scope();
	const volume = new Cell(settings.value.ringVolume);
	scope.add(settings.watch(({ ringVolume }) => volume.set(ringVolume)));
	const tones = new TonePlayer({ ...deps, device: devices.speaker });
	const rings = new TonePlayer({ ...deps, device: devices.ringer, volume });
	const ringer = new Ringer(rings, deps.clock);
	let progress: Playing | undefined;
	const ringing = new Cell(false);

	scope.add(() => tones.close());
	scope.add(() => rings.close());
	scope.add(() => {
		ringer.ring(false);
		ringing.set(false);
	});
	return {
		key(digit) {
			const tone = keyTone(digit);
			if (tone && settings.value.keyTones && !scope.ended) tones.play(tone);
		},
		progress(tone) {
			progress?.stop();
			progress = tone === 'none' || scope.ended ? undefined : tones.play(PROGRESS[tone]);
		},
		ring(on) {
			const isOn = on && !scope.ended;
			ringer.ring(isOn);
			ringing.set(isOn);
		},
		ringing,
		blocked: audio.blocked,
		close: () => scope.end()
	};
}

import type { PageAudio } from '#lib/browser/audio.ts';
import type { BearerKeeper } from '#lib/browser/bearer-keeper.ts';
import type { PageWitness } from '#lib/browser/page-witness.ts';
import type { BrowserSoundHardware } from '#lib/browser/sound-hardware.ts';
import type { Settings } from '#lib/config/settings.ts';
import type { BuildName } from '#lib/core/build-id.ts';
import type { LogBuffer } from '#lib/core/log-buffer.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log, PhoneOwner } from '#lib/core/ports.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { CallJournal } from './call-journal.ts';
import type { ConfigWatch } from './config-watch.ts';
import type { LineJournal } from './line-journal.ts';

/** What the checkup is wired with: everything of it lives already when the checkup's own code comes. */
export interface CheckupDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly logged: Pick<LogBuffer, 'entries'>;
	/** Absolute address of the app, with a slash at the end. */
	readonly base: string;
	/** The name under which runs are kept. */
	readonly key: string;
	storage(): Storage;
	readonly build: BuildName;
	/** Absolute address of a silent sound file of our own origin. */
	readonly silence: string;
	readonly phone: Pick<Phone, keyof Phone>;
	readonly owner: PhoneOwner;
	readonly config: Pick<ConfigWatch, 'state' | 'lines'>;
	readonly settings: Watched<Settings>;
	readonly audio: PageAudio;
	readonly hardware: BrowserSoundHardware;
	readonly bearers: Pick<BearerKeeper, 'known'>;
	readonly witness: PageWitness;
	readonly lines: LineJournal;
	readonly calls: CallJournal;
	/** ISO 3166, two letters: how numbers without a country are read. */
	country(): string;
}

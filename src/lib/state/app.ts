import type { ConfigState } from '#lib/config/config.ts';
import type { Settings } from '#lib/config/settings.ts';
import type { HistoryRow } from '#lib/core/history.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { AppInstall, AppUpdates, PhoneOwner, PhoneSounds, SoundHardware } from '#lib/core/ports.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { Checkup } from './checkup-port.ts';
import type { Kiosk } from './kiosk-port.ts';
import type { Reach } from './reach-port.ts';
import type { Setup } from './setup-port.ts';

/** What the app wires together and the screens use. Before it has started (prerendering, first paint) it is inert. */
export interface App {
	/** All that is public of a Phone; the inert App has none of its own. */
	readonly phone: Pick<Phone, keyof Phone>;
	/** The configuration in force, with what is wrong with it. */
	readonly config: Watched<ConfigState>;
	readonly settings: Watched<Settings>;
	change(settings: Partial<Settings>): void;
	readonly owner: PhoneOwner;
	readonly hardware: SoundHardware;
	readonly sounds: PhoneSounds;
	readonly history: HistoryBook;
	/** Token endpoints that need a bearer from the user, with the origin it would be bound to. */
	readonly bearersWanted: Watched<readonly { readonly lineId: string; readonly origin: string }[]>;
	giveBearer(origin: string, bearer: Secret): void;
	/** Ids of the lines whose token server has kept them waiting for 8 s: it may be waking up. */
	readonly slowTokens: Watched<readonly string[]>;
	readonly updates: AppUpdates;
	readonly install: AppInstall;
	/** Brings the checkup; rejects when its code does not arrive. The same one each time. */
	checkup(): Promise<Checkup>;
	/** Comes by itself soon after the start; rejects when its code does not arrive. */
	reach(): Promise<Reach>;
	/** Brings what sets the phone up; rejects when its code does not arrive. The same one each time. */
	setup(): Promise<Setup>;
	/**
	 * Starts what a kiosk does by itself, for as long as the page lives. Rejects when its code does not arrive, and with
	 * `command.not-now` while config.json has no kiosk. The same one each time.
	 */
	kiosk(): Promise<Kiosk>;
	/**
	 * Stops the phone in every tab and deletes all that it keeps in this browser; the data of other pages of the origin stays.
	 * Resolves with whether all of it is gone: the page then starts anew. Not in a call.
	 */
	erase(): Promise<boolean>;
}

/** The history as the screens read it. Newest first. */
export interface HistoryBook {
	readonly rows: Watched<readonly HistoryRow[]>;
	/** False when storage is refused: rows then last as long as the page. */
	readonly kept: Watched<boolean>;
	remove(id: string): Promise<void>;
	clear(): Promise<void>;
}

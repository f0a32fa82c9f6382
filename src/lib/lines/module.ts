import type { Line, TokenSource } from '#lib/core/line.ts';
import type { ChosenDevices, Clock, Log, Wake } from '#lib/core/ports.ts';
import type { Checked } from '#lib/config/check.ts';
import type { TokenRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';

export type { TokenRequest };

/** What every line has in config.json, whatever its kind. */
export interface LineBase {
	readonly id: string;
	readonly label: string;
}

/** What the browser and the app give to a line. */
export interface LineDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly devices: ChosenDevices;
	/** The page's only AudioContext, resumed by the first gesture. */
	audio(): AudioContext;
	/** Opens the chosen microphone (the default one if it is gone). Rejects with a LineError. */
	openMicrophone(signal?: AbortSignal): Promise<MediaStream>;
	/** Absolute address of a silent sound file of our own origin. */
	readonly silence: string;
	tokens(settings: TokenSettings, request: TokenRequest): TokenSource;
	/** Tells when the network must be doubted: resume, pageshow, online, a gap in the clock. */
	onWake(listener: (why: Wake) => void): () => void;
	/** Unique in this page. */
	newId(): string;
	/** Version of the app, shown to the vendor's support. */
	readonly version: string;
}

/** A folder of lines/: the light half, in the first load. The heavy half comes with `load`. */
export interface LineModule<S extends LineBase> {
	readonly kind: string;
	/** Checks the line's entry in config.json; `path` is where it stands there ('lines[0]'). */
	parse(raw: unknown, path: string): Checked<S>;
	/** Brings the SDK. The line comes in `opening` or later and never rejects for the network. */
	load(): Promise<{ open(settings: S, deps: LineDeps): Line }>;
}

import type { Line, TokenSource } from '#lib/core/line.ts';
import type { ChosenDevices, Clock, Log, Wake } from '#lib/core/ports.ts';
import type { Checked } from '#lib/config/check.ts';
import type { Problem } from '#lib/config/problem.ts';
import type { TokenRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { CallRecord, Gatherer, LineSnapshot } from '#lib/diagnostics/types.ts';

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
	/** Counts sockets that failed before they opened. */
	readonly sockets?: { failed(): void };
}

/** What the checkup gives to a line's gatherers, made anew for every run. */
export interface GathererDeps {
	readonly clock: Clock;
	/** Absolute address of the app, with a slash at the end: what relative addresses are relative to. */
	readonly base: string;
	/** What the user has given for an origin; never asks for it. */
	bearer(origin: string): Secret | undefined;
	/** The line as it is at this moment; undefined where it is not open. */
	snapshot(): LineSnapshot | undefined;
	/** Calls of this line since the page was loaded, the newest first. */
	calls(): readonly CallRecord[];
	/** Whether any call of the phone is alive at this moment, which nothing here may disturb. */
	inCall(): boolean;
	/** This tab has the phone: what it registers belongs to it. */
	readonly ownsPhone: boolean;
	/** By the user, who does not want to hear of it then: nobody is asked. */
	readonly switchedOff: boolean;
	/** False where the configuration has locked the dial pad. */
	readonly dialsOut: boolean;
	/** What is wrong with the line's entry. */
	readonly problems: readonly Problem[];
	/** Counts sockets that failed before they opened. */
	readonly sockets: { failed(): void };
	/** Hands the line's token to gatherers that the configuration allows to send it; undefined: none came. */
	shareToken(token: Secret | undefined): void;
	audio(): AudioContext;
	random(count: number): Uint8Array;
	/** Version of the app. */
	readonly version: string;
}

export type LineGatherer = Gatherer<'line'>;

/** A folder of lines/: the light half, in the first load. The heavy half comes with `load`. */
export interface LineModule<S extends LineBase> {
	readonly kind: string;
	/** Checks the line's entry in config.json; `path` is where it stands there ('lines[0]'). */
	parse(raw: unknown, path: string): Checked<S>;
	/** Brings the SDK. The line comes in `opening` or later and never rejects for the network. */
	load(): Promise<{ open(settings: S, deps: LineDeps): Line }>;
	/**
	 * What the checkup observes of the line; needs nothing that `load` brings, so that it can tell why that did not come.
	 * Rejects only when its own code does not arrive.
	 */
	gatherers(settings: S, deps: GathererDeps): Promise<readonly LineGatherer[]>;
}

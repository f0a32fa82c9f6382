import type { LineError } from '#lib/core/errors.ts';
import type { Problem } from './problem.ts';
import type { TokenSettings } from './token-settings.ts';

/** One entry of `lines`, as far as every kind has it in common. Its kind's module reads the rest. */
export interface RawLine {
	readonly id: string;
	/** As written. Which kinds there are is known to the list of lines, not here. */
	readonly kind: string;
	readonly label?: string;
	/** Where it stands: 'lines[0]'. */
	readonly path: string;
	/** The whole entry, unchecked but for server secrets. */
	readonly raw: unknown;
}

/** A WebSocket that the checkup tries. */
export interface Probe {
	readonly id: string;
	readonly label?: string;
	/** wss, or ws for loopback hosts. */
	readonly url: string;
	readonly token?: TokenSettings;
	/** May hold `{token}` and `{token:<line id>}`. */
	readonly query: Readonly<Record<string, string>>;
	readonly alternatives: readonly string[];
	readonly expect: {
		/** A text frame that contains this; absent: opening is enough. */
		readonly message?: string;
		readonly withinSeconds: number;
	};
}

/** An entry of `probes` that cannot be used, as it stands there. */
export type RawProbe = Pick<RawLine, 'id' | 'path' | 'raw'>;

/** What may be dialled. Patterns match the E.164 number, or the address with its kind; `*` stands for anything. */
export interface Dialling {
	/** ISO 3166, two letters; absent: from the language. */
	readonly country?: string;
	/** Absent: everything. */
	readonly allow?: readonly string[];
	/** Absent: the built-in list of premium ranges. */
	readonly confirm?: readonly string[];
	/** Absent: the numbers of the country. */
	readonly emergency?: readonly string[];
}

export interface Kiosk {
	readonly buttons: readonly { readonly label: string; readonly to: string; readonly line?: string }[];
	/** Callers that are answered without a tap; patterns as in {@link Dialling}. */
	readonly autoAnswer: readonly string[];
	readonly idleResetSeconds?: number;
	readonly maxCallSeconds?: number;
	/** `pbkdf2-sha256$<iterations>$<salt>$<hash>`, salt and hash base64url. */
	readonly pinHash?: string;
	readonly wipeHistory: boolean;
	readonly onDuty: boolean;
	/** Local time, 'hh:mm'. */
	readonly reloadAt?: string;
	readonly selfTestAt?: string;
}

export type Lockable = 'settings' | 'setup' | 'history' | 'dialpad' | 'diagnostics';

/** config.json with its defaults filled in, and without what was set aside. */
export interface Config {
	readonly name: string;
	readonly lines: readonly RawLine[];
	readonly probes: readonly Probe[];
	/** Entries that cannot be used; absent where there are none. */
	readonly probesSetAside?: readonly RawProbe[];
	readonly dialling: Dialling;
	/** Absent: no kiosk mode. */
	readonly kiosk?: Kiosk;
	/** 0 keeps nothing. */
	readonly history: { readonly keepDays: number };
	/** `accent` is `#rgb` or `#rrggbb`. */
	readonly theme: { readonly accent?: string; readonly scheme: 'auto' | 'light' | 'dark' };
	/** 'auto' or a BCP 47 tag. */
	readonly language: string;
	readonly locked: readonly Lockable[];
	/** Origins whose pages may send messages. */
	readonly embed: { readonly origins: readonly string[] };
	/** 0: read at the start only. */
	readonly configRefreshMinutes: number;
	/** `null`: no control request is made. */
	readonly checkup: { readonly controlUrl: string | null };
}

export interface ConfigState {
	readonly config: Config;
	readonly problems: readonly Problem[];
	/**
	 * `none`: there is no file, or an empty one; the config then holds just the practice line. `own`: one that was set up on
	 * this device counts, over the file or without one.
	 */
	readonly source: 'pending' | 'file' | 'last-good' | 'none' | 'own';
	/** Why the file itself is not in force. */
	readonly error?: LineError;
}

/** What the phone works with when nobody has written a config. */
export const PRACTICE_LINE: RawLine = {
	id: 'practice',
	kind: 'practice',
	path: 'lines[0]',
	raw: { id: 'practice', kind: 'practice' }
};

/** Every default of the file. Without lines: whether the practice line stands in is for {@link Config}'s readers to say. */
export const DEFAULT_CONFIG: Config = {
	name: 'Offhook',
	lines: [],
	probes: [],
	dialling: {},
	history: { keepDays: 90 },
	theme: { scheme: 'auto' },
	language: 'auto',
	locked: [],
	embed: { origins: [] },
	configRefreshMinutes: 0,
	checkup: { controlUrl: null }
};

/** Before the file has arrived: no lines yet. */
export const PENDING_CONFIG: ConfigState = { config: DEFAULT_CONFIG, problems: [], source: 'pending' };

/** The config of a phone that nobody has set up. */
export const NO_CONFIG: ConfigState = {
	config: { ...DEFAULT_CONFIG, lines: [PRACTICE_LINE] },
	problems: [],
	source: 'none'
};

import type { ConfigChanges } from '#lib/config/config-changes.ts';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import type { Problem } from '#lib/config/problem.ts';
import type { PortableSettings } from '#lib/config/settings-file.ts';
import type { Finding, TokenEvidence } from '#lib/diagnostics/types.ts';

/** What sets the phone up on this device. Comes with its code when somebody asks for it. */
export interface Setup {
	/** Undefined: it may be set up. Else the site's own file is not known, and what it closes neither; or it closes this. */
	closedBy(): 'unknown-file' | 'locked' | undefined;
	/** Whether a config of this device is in force. */
	isOwn(): boolean;
	/** The config in force as it is written, without what only the site's own file may say. */
	inForce(): WrittenConfig;
	/** What is wrong with a config of somebody else, and what it would change. Applies nothing. */
	judge(config: WrittenConfig): Judged;
	/**
	 * Puts the config into force; false when it lasts only as long as the page. Only what `judge` finds no error in, and only
	 * where it may be: throws LineError('command.not-now') otherwise.
	 */
	apply(config: WrittenConfig): boolean;
	/** Back to what the site's own file says. Throws as `apply` does. */
	forget(): void;
	/** Takes over the choices of a person. */
	choose(settings: Partial<PortableSettings>): void;
	/** What others may have of the config in force. */
	toShare(): SharedSetup;
	/** The config in force and the person's choices, as a file. */
	file(): string;
	/**
	 * Asks for a token as that line would, reads it, and looks whether its server is there. Nobody is called, nothing stays.
	 * Rejects with a LineError for an entry that is not in order.
	 */
	tryLine(entry: WrittenConfig, signal: AbortSignal): Promise<LineTrial>;
}

export interface Judged {
	readonly problems: readonly Problem[];
	/** It can be applied: no problem is an error. */
	readonly fits: boolean;
	readonly changes: ConfigChanges;
}

export interface SharedSetup {
	readonly link: string;
	/** Paths of what stayed behind. */
	readonly leftOut: readonly string[];
	/** There is a line that others could use. */
	readonly useful: boolean;
}

export interface LineTrial {
	readonly token?: TokenEvidence;
	/** In the checkup's order: the first is the cause. */
	readonly findings: readonly Finding[];
	/** Nothing failed, and the token was read. */
	readonly works: boolean;
	/** The origin of the token server, where it wants an access key first. */
	readonly keyFor?: string;
}

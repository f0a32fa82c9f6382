import type { Watched } from './watched.ts';

/** Time as the phone knows it. Wall time can jump (sleep, the user, daylight saving); `monotonic` cannot. */
export interface Clock {
	/** Wall time, ms since 1970. For what is shown and stored. */
	now(): number;
	/** Never goes back, ms since some start. For durations and deadlines. */
	monotonic(): number;
	/** Calls `task` once after `ms`. Returns the way to cancel. */
	after(ms: number, task: () => void): () => void;
}

/** `info` for a change of phase of a line or a call, `warn` for what someone should look at, `debug` for the rest. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What is logged is redacted on the way in. */
export type Log = (level: LogLevel, what: string, facts?: Readonly<Record<string, unknown>>) => void;

/** The sound hardware as the user has chosen it. Ids are the browser's device ids; '' is the system's default. */
export interface ChosenDevices {
	readonly microphone: Watched<string>;
	readonly speaker: Watched<string>;
	readonly ringer: Watched<string>;
}

/** Why everything that was known about the network must be doubted now. */
export type Wake = 'resumed' | 'shown' | 'online' | 'clock-gap';

export interface SoundDevice {
	/** The browser's device id; '' is the system's default. */
	readonly id: string;
	/** As the browser names it; empty until the microphone was allowed once. */
	readonly label: string;
}

/** Microphones and speakers as this browser shows them. */
export interface SoundHardware {
	readonly microphones: Watched<readonly SoundDevice[]>;
	readonly speakers: Watched<readonly SoundDevice[]>;
	readonly permission: Watched<'granted' | 'denied' | 'prompt' | 'unknown'>;
	/** False where the browser always plays on the system's default output. */
	readonly canChooseSpeaker: boolean;
	/** Asks for the microphone and lets go of it at once. Rejects with a LineError. */
	askForMicrophone(): Promise<void>;
	/** Opens the chosen microphone and reports its level in dBFS ten times a second, until the returned function is called. */
	listen(onLevel: (dbfs: number) => void): Promise<() => void>;
	/** Plays a short chime on the chosen output. Rejects with a LineError. */
	playTest(output: 'speaker' | 'ringer'): Promise<void>;
}

/** Sounds that the phone itself makes; none of them reaches the far side. */
export interface PhoneSounds {
	/** The tone of a key (0-9 * #), about 100 ms. */
	key(digit: string): void;
	/** What the line is doing, until the next call; 'none' is silence. */
	progress(tone: 'none' | 'ringback' | 'busy' | 'failed' | 'waiting'): void;
	/** The ring of an incoming call, on the ringer's device. */
	ring(on: boolean): void;
	/** True while the browser will not play before the first gesture. */
	readonly blocked: Watched<boolean>;
}

/** Which tab has the phone. `nobody` only while it is being found out. */
export type Ownership = 'nobody' | 'here' | 'elsewhere';

export interface PhoneOwner {
	readonly ownership: Watched<Ownership>;
	/** Whether the tab that has the phone is in a call, which {@link takeOver} would end. */
	readonly busyElsewhere: Watched<boolean>;
	/** Takes the phone from the other tab, also in the middle of a call: whoever offers it asks first. */
	takeOver(): void;
}

/** `ready`: a newer build is here and waits; `applying`: every tab is about to start anew with it. */
export type UpdatePhase = 'none' | 'ready' | 'applying';

/** 'in-call': some tab has a call, and nothing has happened. 'nothing-new': what runs is what the server has. */
export type UpdateAnswer = 'applied' | 'in-call' | 'nothing-new';

/** Newer builds of the phone itself. They wait for the end of every call in every tab. */
export interface AppUpdates {
	readonly phase: Watched<UpdatePhase>;
	/** Starts the newest build in every tab, after asking the server where none waits. Never rejects. */
	apply(): Promise<UpdateAnswer>;
}

/** How this browser puts the phone among its apps. */
export type InstallWay =
	/** It asks when it is told to. */
	| 'prompt'
	/** By hand, in the share sheet of an iPhone or iPad. */
	| 'share-sheet'
	/** By hand, in a menu; or not at all. */
	| 'menu'
	/** This is the installed phone. */
	| 'installed';

export interface AppInstall {
	readonly way: Watched<InstallWay>;
	/** Asks, where the way is `prompt`; resolves when there is an answer. */
	ask(): Promise<void>;
}

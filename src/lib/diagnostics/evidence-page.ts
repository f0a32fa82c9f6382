import type { Problem } from '#lib/config/problem.ts';
import type { FetchAttempt, IceServerResult, ShownUrl, Thrown } from './evidence-attempts.ts';

/** What this page, this browser and this device show: one topic a key. No network but `control` and `build`. */
export interface PageEvidence {
	readonly environment: Environment;
	readonly policy: Policy;
	readonly permissions: Permissions;
	readonly configuration: Configuration;
	readonly control: Control;
	readonly build: Build;
	readonly storage: Storage;
	readonly phone: PhoneSnapshot;
	readonly ice: OwnIce;
	readonly microphone: Microphone;
	readonly speaker: Speaker;
}

export interface Environment {
	readonly page: ShownUrl;
	readonly secureContext: boolean;
	/** `top !== self`. */
	readonly framed: boolean;
	/** `self.origin`, or 'null' for a locked-down frame. */
	readonly origin: string;
	readonly online: boolean;
	/** 'standalone', 'browser', … as matchMedia tells. */
	readonly displayMode: string;
	readonly visibility: 'visible' | 'hidden';
	readonly browser: {
		readonly name: string;
		readonly version: string;
		readonly system: string;
		/** The browser inside another app, as its user agent says ('FBAN', 'wv', 'Instagram'). */
		readonly inApp?: string;
	};
	/** Whether the thing is there, by its name as in the standard. */
	readonly features: Readonly<Record<Feature, boolean>>;
	/** `navigator.connection`, where there is one. */
	readonly connection?: {
		readonly effectiveType?: string;
		readonly rttMs?: number;
		readonly saveData?: boolean;
	};
	/** Sockets of this page that failed before they opened, since it was loaded; those of this run not counted. */
	readonly socketFailures: number;
	/** Whether there has been a gesture in this page; absent: the browser does not say. */
	readonly touched?: boolean;
}

export type Feature =
	| 'mediaDevices'
	| 'getUserMedia'
	| 'RTCPeerConnection'
	| 'AudioContext'
	| 'WebSocket'
	| 'serviceWorker'
	| 'setSinkId'
	| 'permissions'
	| 'wakeLock'
	| 'Notification'
	| 'locks'
	| 'indexedDB'
	| 'BroadcastChannel';

/** `unknown`: this browser has no such query or feature name. */
export type Permission = 'granted' | 'denied' | 'prompt' | 'unknown';

export interface Policy {
	/** `featurePolicy`/`permissionsPolicy`.allowsFeature; absent: the browser does not say. */
	readonly allows: {
		readonly microphone?: boolean;
		readonly autoplay?: boolean;
		readonly speakerSelection?: boolean;
		readonly localNetworkAccess?: boolean;
	};
	/** Events `securitypolicyviolation` since the page was loaded, report-only ones too; at most 50, newest last. */
	readonly violations: readonly Violation[];
}

export interface Violation {
	readonly at: number;
	/** Scheme, host, port, path; or the word the browser gives ('inline', 'eval'). */
	readonly blocked: ShownUrl;
	/** The effective directive: 'connect-src'. */
	readonly directive: string;
	readonly disposition: 'enforce' | 'report';
}

export interface Permissions {
	readonly microphone: Permission;
	readonly notifications: Permission;
	/** 'local-network-access', and its younger name. */
	readonly localNetwork: Permission;
	readonly loopbackNetwork: Permission;
}

/** What config.json says, as a whole. What it says of a line or probe is there. */
export interface Configuration {
	readonly source: 'pending' | 'file' | 'last-good' | 'none' | 'own';
	/** Why the file is not in force: the fault that reading it has raised. */
	readonly error?: { readonly fault: string; readonly facts: Readonly<Record<string, string | number>> };
	readonly problems: readonly Problem[];
	/** Those of entries that are set aside as a whole, without so much as an id: nothing else speaks of them. */
	readonly ofNobody?: readonly Problem[];
	/** Lines that are open or should be, and those set aside. */
	readonly lines: readonly string[];
	readonly linesSetAside: readonly string[];
}

export interface Control {
	/** A file of the own origin, past every cache and the service worker. */
	readonly own: FetchAttempt;
	/** `checkup.controlUrl`; absent: none is configured. */
	readonly elsewhere?: FetchAttempt;
}

export interface Build {
	/** Version and commit of what runs here. */
	readonly running: BuildId;
	/** Those of version.json, fetched past every cache; absent where it could not be read (`attempt` tells). */
	readonly published?: BuildId;
	readonly attempt: FetchAttempt;
	readonly worker: {
		readonly supported: boolean;
		readonly controls: boolean;
		readonly waiting: boolean;
		readonly installing: boolean;
		/** Script of the controller, if it is not ours. */
		readonly foreign?: ShownUrl;
	};
}

export interface BuildId {
	readonly version: string;
	readonly commit: string;
}

export interface Storage {
	/** A written value came back. */
	readonly local: boolean;
	/** A database opened; absent: it neither did nor failed in time. */
	readonly indexedDb?: boolean;
	readonly persisted?: boolean;
	readonly quotaBytes?: number;
	readonly usedBytes?: number;
	/** What writing threw. */
	readonly threw?: Thrown;
}

/** The phone as a whole, at the start of the run. */
export interface PhoneSnapshot {
	readonly ownership: 'nobody' | 'here' | 'elsewhere';
	/** Tabs of the same phone that answered. */
	readonly otherTabs: number;
	readonly liveCalls: number;
	/** Since the page was loaded, ms. */
	readonly pageAgeMs: number;
	/** Times at which the network was lost or came back, newest last; at most 20. */
	readonly network: readonly { readonly at: number; readonly online: boolean }[];
}

/** Connecting to itself: whether this browser lets peers meet at all. */
export interface OwnIce {
	/** What `new RTCPeerConnection` threw. */
	readonly threw?: Thrown;
	/** Host candidates; names ending in .local count as mDNS. */
	readonly host: number;
	readonly mdns: number;
	/** The browser had no more to offer; absent: it had not said so in time. */
	readonly completedAfterMs?: number;
	/** Two peers of this page met; absent: not tried. */
	readonly loopbackConnected?: boolean;
	readonly loopbackMs?: number;
	/** Public servers of the configuration that belong to no line. */
	readonly servers: readonly IceServerResult[];
}

export interface Microphone {
	readonly permission: Permission;
	/** Audio inputs that the browser lists, and whether it names them (permission was given once). */
	readonly inputs: number;
	readonly labelled: boolean;
	/** Whether a device was chosen in the settings, and is in the list. */
	readonly chosen?: { readonly listed: boolean };
	/** Not opened, and why: the run opens it only where it may without a question. */
	readonly notOpened?: 'would-ask' | 'in-a-call' | 'not-available';
	/** In order: the chosen device, then the default. */
	readonly attempts: readonly MicrophoneAttempt[];
	/** Other inputs, listened to for 300 ms each because the first gave only zeros. */
	readonly others: readonly MicrophoneFigures[];
}

export interface MicrophoneAttempt {
	readonly device: 'chosen' | 'default';
	readonly outcome: 'opened' | 'rejected' | 'pending';
	readonly ms: number;
	readonly threw?: Thrown;
	readonly figures?: MicrophoneFigures;
}

/** Levels in dBFS: 0 is the loudest possible; null is digital silence, of which JSON has no number. */
export interface MicrophoneFigures {
	/** Of the AudioContext that measured: a suspended one shows zeros whatever the microphone gives. */
	readonly context: 'running' | 'suspended' | 'interrupted' | 'closed';
	readonly listenedMs: number;
	readonly samples: number;
	readonly nonZero: number;
	/** At or beyond full scale. */
	readonly clipped: number;
	readonly peakDbfs: number | null;
	readonly rmsDbfs: number | null;
	/** The quietest tenth of the time. */
	readonly floorDbfs: number | null;
	readonly track: {
		readonly enabled: boolean;
		readonly muted: boolean;
		readonly readyState: 'live' | 'ended';
	};
	/** What the browser has applied, as `getSettings()` says, and what was asked for. */
	readonly applied: AudioSettings;
	readonly asked: AudioSettings;
}

export interface AudioSettings {
	readonly sampleRate?: number;
	readonly channelCount?: number;
	readonly echoCancellation?: boolean;
	readonly noiseSuppression?: boolean;
	readonly autoGainControl?: boolean;
	readonly latencyMs?: number;
}

export interface Speaker {
	/** Outputs that the browser lists; 0 also where it lists none at all. */
	readonly outputs: number;
	readonly canChoose: boolean;
	/** Whether a device was chosen, for calls and for ringing, and is in the list. */
	readonly chosen?: { readonly listed: boolean };
	readonly ringer?: { readonly listed: boolean };
	readonly ringVolume: number;
	/** Before anything was captured: capture lifts the autoplay block. */
	readonly context: 'running' | 'suspended' | 'interrupted' | 'closed';
	readonly resume?: { readonly outcome: 'resolved' | 'rejected' | 'pending'; readonly threw?: Thrown };
	/** `play()` of a silent sound. */
	readonly play?: { readonly outcome: 'resolved' | 'rejected' | 'pending'; readonly threw?: Thrown };
	/** Whether the page was capturing while it was tried. */
	readonly capturing: boolean;
	/** `getAutoplayPolicy`, where there is one. */
	readonly autoplayPolicy?: string;
	/** The loop test by its own button: a tone from the speaker, heard by the microphone. */
	readonly loop?: {
		readonly heard: boolean;
		readonly delayMs?: number;
		/** The tone over the noise before it, dB. */
		readonly overNoiseDb?: number;
	};
}

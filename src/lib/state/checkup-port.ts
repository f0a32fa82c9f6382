import type { Address } from '#lib/core/address.ts';
import type { LogEntry } from '#lib/core/log-buffer.ts';
import type { Watched } from '#lib/core/watched.ts';
import type {
	CallRecord,
	CheckupRun,
	Finding,
	RunEvent,
	Subject,
	Target,
	TokenEvidence
} from '#lib/diagnostics/types.ts';
import type { KeptRun } from './run-changes.ts';

export interface RunWish {
	/** Looks at the page and at this line alone. */
	readonly onlyLine?: string;
	/** Looks once more at what this check judges; everything else stays as `in` has it. */
	readonly again?: { readonly check: string; readonly subject: Subject; readonly in: CheckupRun };
}

/** What the checkup does for the page that shows it. Comes with its code when somebody asks for it. */
export interface Checkup {
	/**
	 * Looks and judges. Never dials and never rejects; `signal` ends it early, with what is known by then. What it finds is
	 * kept in {@link Checkup.runs}. A second run waits for nobody: the first one is stopped.
	 */
	run(wish: RunWish, signal: AbortSignal, tell: (event: RunEvent) => void): Promise<CheckupRun>;
	/** Earlier runs on this device, the newest first. */
	readonly runs: Watched<readonly KeptRun[]>;
	forgetRuns(): void;
	/** What has happened in this page, redacted. */
	log(): readonly LogEntry[];
	readonly app: { readonly version: string; readonly commit: string };

	/** Asks for a token as the line does, and reads it. Rejects with a LineError for a line that has none. */
	testToken(line: string, signal: AbortSignal): Promise<TokenEvidence>;
	/** Opens one WebSocket and watches it. */
	trySocket(wish: SocketWish, signal: AbortSignal): Promise<SocketAnswer>;
	/**
	 * Dials, times and measures, and hangs up after `talkMs`. `self` calls the line's own identity and answers nothing:
	 * `rangAfterMs` tells when it rang here. Rejects with a LineError where the call cannot be placed.
	 */
	call(wish: CallWish, signal: AbortSignal, tell: (record: CallRecord) => void): Promise<CallRecord>;
	/** The identity under which the line can be called, if it tells. */
	ownAddress(line: string): Address | undefined;

	/** Records for `ms`, then plays it back; the sound goes nowhere else. Rejects with a LineError. */
	recordAndPlay(ms: number, signal: AbortSignal, tell: (step: EchoStep) => void): Promise<Levels>;
	/** Plays a tone and listens for it. Rejects with a LineError. */
	loop(signal: AbortSignal): Promise<Loop>;
}

export interface SocketWish {
	readonly url: string;
	/** Goes into the query under this name; the token itself is sent and shown nowhere else. */
	readonly token?: { readonly name: string; readonly fromLine: string };
	/** A text frame that contains this has to come. */
	readonly expect?: string;
}

export interface SocketAnswer {
	/** Absent: nothing was tried. */
	readonly target?: Target;
	/** About this socket alone. */
	readonly findings: readonly Finding[];
}

export interface CallWish {
	readonly line: string;
	readonly purpose: 'test' | 'self' | 'agent';
	/** Absent: whom the line calls by itself, or its own identity. */
	readonly to?: string;
	readonly talkMs: number;
}

export type EchoStep = { readonly step: 'recording'; readonly dbfs: number } | { readonly step: 'playing' };

/** dBFS; null is digital silence. */
export interface Levels {
	readonly peakDbfs: number | null;
	readonly rmsDbfs: number | null;
	readonly floorDbfs: number | null;
	readonly clippedShare: number;
}

export interface Loop {
	readonly heard: boolean;
	readonly delayMs?: number;
	readonly overNoiseDb?: number;
}

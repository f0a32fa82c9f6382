import type { Call } from '#lib/core/line.ts';
import type { Fault } from '#lib/core/errors.ts';
import type { Watched } from '#lib/core/watched.ts';

/** What the kiosk does by itself, and what its screen may ask of it. Comes with its code where the site has a kiosk. */
export interface Kiosk {
	/** On duty it rings and answers. `waits`: the browser wants a tap before anything may sound. */
	readonly duty: Watched<'starting' | 'waits' | 'on'>;
	/** To be called in a tap: unlocks the sound and asks for the microphone. Never rejects. */
	goOnDuty(): Promise<void>;
	readonly lamp: Watched<KioskLamp>;
	/** `ends`: nobody has touched it for a while, and it goes back to its first screen after {@link warningMs}. Never in a call. */
	readonly use: Watched<'nobody' | 'somebody' | 'ends'>;
	/** How long `use` is `ends`, ms: 20 s, less where config.json gives less than 40 s in all. */
	warningMs(): number;
	/** A pointer or a key: somebody is here. */
	touched(): void;
	/** The call that is being answered without a tap: its chime sounds, the microphone is still closed. */
	readonly answering: Watched<Call | undefined>;
	/** In a call whose length is limited: when it will end, wall ms. */
	readonly callEndsAt: Watched<number | undefined>;
	readonly exit: Watched<KioskExit>;
	/** The PIN is checked against its hash, which takes a while by design. Counts tries, also over reloads. */
	tryPin(pin: string): Promise<'right' | 'wrong' | 'later'>;
	/** Leaves the kiosk for the ordinary phone; throws LineError('command.not-now') unless the exit is open. */
	leave(): void;
	/** The PIN's door is shut again. */
	close(): void;
	/** Runs the checkup as the schedule does: dials nobody. Resolves when the lamp knows. */
	selfTest(): Promise<void>;
	reload(): void;
}

export interface KioskLamp {
	/** `ready` calls and is called; `trouble` calls, but something is wrong; `out` cannot call. */
	readonly light: 'starting' | 'ready' | 'trouble' | 'out';
	/** What is wrong with the first line that does not work. */
	readonly fault?: Fault;
	/** What the last self-test said, and when, wall ms. */
	readonly test?: { readonly at: number; readonly verdict: 'healthy' | 'degraded' | 'blocked' | 'unknown' };
}

/** `none`: no PIN is set, and nothing here leads out. `later`: too many wrong tries; `until` is wall ms. */
export type KioskExit =
	| { readonly kind: 'none' }
	| { readonly kind: 'shut'; readonly triesLeft: number }
	| { readonly kind: 'later'; readonly until: number }
	| { readonly kind: 'open' };

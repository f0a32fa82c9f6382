import type { Address } from './address.ts';
import type { CallState } from './call-state.ts';
import type { Conversation } from './conversation.ts';
import type { LineState } from './line-state.ts';
import type { Secret } from './secret.ts';
import type { SoundPath } from './sound-path.ts';
import type { Watched } from './watched.ts';

/** What a line can do at all. What it cannot do has no button. */
export interface Abilities {
	/** Which kinds of address can be dialled. */
	readonly dials: readonly Address['kind'][];
	readonly receives: boolean;
	readonly digits: boolean;
	/**
	 * `local`: the line goes on, you hear nothing and nobody hears you. A caller hears a hold tone instead; a room hears
	 * nothing, since a tone would disturb its people and be speech to its agent. `false`: no hold.
	 */
	readonly hold: 'local' | 'remote' | false;
	/** Numbers that may be shown to the callee; empty when there is no choice. */
	readonly callerIds: readonly string[];
	/** Whom this line calls when nothing is typed: a voice agent's line has one party of its own. */
	readonly own?: Address;
}

/** The other party, as far as is known. All of it is foreign text. */
export interface Party {
	readonly address: string;
	readonly name?: string;
	/** What the caller's application sent along, in its order. */
	readonly params: readonly (readonly [name: string, value: string])[];
}

/** A second of a call, measured. Levels in dBFS (0 is the loudest possible, -Infinity digital silence); times in ms. */
export interface MediaSample {
	/** Monotonic time of the measurement. */
	readonly at: number;
	readonly sentLevel: number;
	readonly heardLevel: number;
	readonly packetsSent?: number;
	readonly packetsReceived?: number;
	/** Share of packets lost in the last second, 0 to 1. */
	readonly loss?: number;
	readonly jitterMs?: number;
	readonly roundTripMs?: number;
	/** Estimated from loss, jitter and round trip (quality.ts), 1 to 4.5. */
	readonly mos?: number;
}

/** By what the vendor calls it: edge, region, room, participant, sdk. Neither secret nor anybody's name. */
export type CallIds = Readonly<Record<string, string>>;

export type CallWarning = 'nothing-heard' | 'microphone-silent';

export interface Call {
	/** Unique in this page. */
	readonly id: string;
	readonly lineId: string;
	readonly direction: 'out' | 'in';
	/** The vendor's own name for the call (Twilio's CallSid), once known: what the vendor's support asks for. */
	readonly reference: Watched<string | undefined>;
	/** What its support asks for beside that, as far as it is known by now: the edge or region, names in its room, the SDK. */
	readonly ids?: CallIds;
	readonly party: Watched<Party>;
	readonly state: Watched<CallState>;
	readonly muted: Watched<boolean>;
	/** The digits that were really sent, in order. */
	readonly digits: Watched<string>;
	readonly sample: Watched<MediaSample | undefined>;
	readonly warnings: Watched<readonly CallWarning[]>;
	/** How the sound gets there and is played, also where it is not; absent of a line whose sound takes no network. */
	readonly path?: Watched<SoundPath | undefined>;
	/** Where the call is a room: who is in it, what is said in it. */
	readonly conversation?: Conversation;

	/** Incoming and ringing only. Resolves when the answer is on its way; a failure later is `ended`. */
	answer(): Promise<void>;
	/** Incoming and ringing only: the caller is told. */
	decline(): Promise<void>;
	/** Incoming and ringing only: the caller rings on elsewhere, here the call is over. */
	ignore(): Promise<void>;
	/** In every phase; resolves at once when the call has ended. */
	hangUp(): Promise<void>;
	/** In every phase but `ended`; the last wish wins. */
	setMuted(muted: boolean): Promise<void>;
	/** `talking` and `recovering` only. */
	setHeld(held: boolean): Promise<void>;
	/** 0-9 * # and w (a pause of 500 ms), queued at a pace that the far side can hear; resolves when all were sent. */
	sendDigits(digits: string): Promise<void>;
}

export interface DialOptions {
	/** One of the line's `callerIds`. */
	readonly callerId?: string;
	readonly params?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
	/** Nothing goes to the network before this settles; what takes time on this device may begin. It never rejects. */
	readonly after?: Promise<void>;
	/** Called when the invite has left, or at once by a line that sends none: until then this device has better to do. */
	readonly invited?: () => void;
}

/** A way to carry calls: Twilio, LiveKit, practice. */
export interface Line {
	readonly id: string;
	readonly label: string;
	readonly kind: string;
	readonly can: Abilities;
	readonly state: Watched<LineState>;
	/** Alive now, oldest first; an incoming call appears in `ringing`. */
	readonly calls: Watched<readonly Call[]>;
	/**
	 * Resolves as soon as the call exists in `placing`, before any network. Rejects with a LineError only for an address
	 * this line cannot dial, a closed line or an abort; whatever fails later is `ended` with its reason.
	 */
	dial(to: Address, options?: DialOptions): Promise<Call>;
	/** Makes the line ready again from scratch, keeping live calls. Resolves when it is ready or has failed. */
	reopen(): Promise<void>;
	/** Lets go of sockets, tracks and timers; live calls end with `line-closed`. Safe to call twice. */
	close(): Promise<void>;
}

/** A token for one line, with what came beside it. */
export interface Token {
	readonly secret: Secret;
	/** Wall time in ms, corrected for a wrong device clock; undefined when the token does not say. */
	readonly expiresAt?: number;
	readonly identity?: string;
	readonly serverUrl?: string;
}

export interface TokenSource {
	/** Good for the next minute at least. Concurrent callers share one request. Rejects with a LineError. */
	token(signal?: AbortSignal): Promise<Token>;
	/** Forgets the token at hand: the vendor has refused it. */
	discard(): void;
}

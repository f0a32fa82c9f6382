import type { LineError } from './errors.ts';
import type { Watched } from './watched.ts';

/** Who else is in the room. Names and attributes are foreign text. */
export interface Participant {
	/** Unique in the room. */
	readonly identity: string;
	readonly name: string;
	readonly kind: 'person' | 'agent' | 'phone' | 'machine';
	/** Whether they publish a voice that could be heard. */
	readonly audible: boolean;
	readonly muted: boolean;
	/** False: there is a voice, and the server does not send it to us. */
	readonly subscribed?: boolean;
	/** Their voice as it arrives here, dBFS; -Infinity is digital silence. */
	readonly level: number;
	/** Of a party that came by telephone: what the bridge says of its leg. */
	readonly leg?: {
		readonly number?: string;
		/** The bridge's own word: 'dialing', 'ringing', 'active', 'hangup', … */
		readonly status?: string;
		readonly reference?: string;
	};
}

/**
 * What a voice agent is doing.
 *
 *   none      nobody expects one, and none is here
 *   awaited   expected, not in the room yet
 *   starting  in the room, not ready: it initialises, or its voice has not come yet
 *   failed    what is wrong with it; it comes back from there as soon as it is heard
 *
 * The other phases are the agent's own word, overruled where its audio says otherwise: who is heard is speaking, and who
 * has been silent for long is not. `since` is monotonic ms.
 */
export type AgentState =
	| { readonly phase: 'none' }
	| {
			readonly phase: 'awaited' | 'starting' | 'idle' | 'listening' | 'thinking' | 'speaking';
			readonly since: number;
	  }
	| { readonly phase: 'failed'; readonly since: number; readonly because: LineError };

/** A stretch of what was said or written, growing until it is final. */
export interface Utterance {
	/** Unique in the call; a later version of the same stretch has the same one. */
	readonly id: string;
	readonly by: 'me' | 'agent' | 'other';
	/** The speaker's name where it is neither me nor the agent. */
	readonly name?: string;
	readonly text: string;
	readonly written: boolean;
	readonly final: boolean;
	/** Monotonic ms at which it began. */
	readonly at: number;
}

/**
 * One exchange with the other side, measured from the audio itself at this end: the network's way there and back is in
 * it. Times are monotonic ms.
 */
export interface Turn {
	/** End of my speech. */
	readonly spokeUntil: number;
	/** Start of the answer's audio. */
	readonly heardAt: number;
	/** `heardAt - spokeUntil`; negative: I was interrupted. */
	readonly latencyMs: number;
	/** I began to speak while the other side did, and it fell silent after so many ms. */
	readonly bargeInMs?: number;
}

/** Something that happened, for developers of voice agents. `facts` hold no secret. */
export interface ConversationEvent {
	/** Monotonic ms. */
	readonly at: number;
	/** `joined`, `participant-joined`, `agent-state`, `track-subscribed`, `reconnecting`, … */
	readonly what: string;
	readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** What a call in a room has beside its voice. */
export interface Conversation {
	/** The room's name at the server; '' before it is known. */
	readonly room: Watched<string>;
	/** The others, in the order in which they came. */
	readonly participants: Watched<readonly Participant[]>;
	readonly agent: Watched<AgentState>;
	/** Oldest first. */
	readonly transcript: Watched<readonly Utterance[]>;
	/** Oldest first. */
	readonly turns: Watched<readonly Turn[]>;
	/** Oldest first; the latest 2,000. */
	readonly events: Watched<readonly ConversationEvent[]>;
	/** False: the token lets me listen only. */
	readonly maySpeak: Watched<boolean>;
	/** False: the server lets me send no text. */
	readonly mayWrite: Watched<boolean>;
	/** True while the browser will not play before a gesture. */
	readonly playbackBlocked: Watched<boolean>;
	/** In a gesture. Rejects with a LineError. */
	allowPlayback(): Promise<void>;
	/** To the agent, or to everybody where there is none. Rejects with a LineError; what was not sent is not in the transcript. */
	write(text: string): Promise<void>;
}

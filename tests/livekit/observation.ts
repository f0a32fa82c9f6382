/** What the other side has seen and heard in one room. Plain JSON: also the answer of `GET /livekit/rooms`. */
export interface RoomObservation {
	readonly room: string;
	/** The server's own id: a room that is made again has another one. */
	readonly sid: string;
	/** The plan's row. */
	readonly plan: string;
	/** Name and metadata by which an agent was asked for; '' for the one that comes by itself. */
	readonly agentName: string;
	readonly metadata: string;
	readonly parties: readonly PartyObservation[];
	/** Identities of everybody else who has been here, in the order in which they came. */
	readonly guests: readonly string[];
	/** Unix time, ms. */
	readonly startedAt: number;
}

/** One of the other side's own participants. */
export interface PartyObservation {
	readonly identity: string;
	readonly name: string;
	readonly as: 'agent' | 'person' | 'phone';
	readonly state: 'coming' | 'here' | 'left';
	/** The last word about itself: initializing, listening, thinking, speaking; '' for none. */
	readonly agentState: string;
	/** Loudest sample heard in the last 1.2 s, 0 to 1. Silence is below 0.001: opus leaves a trace. */
	readonly level: number;
	/** Audio frames of 10 ms, since it joined. */
	readonly framesIn: number;
	readonly framesOut: number;
	/** Stretches of speech heard, each ended by silence. */
	readonly turns: number;
	readonly digits: string;
	/** Texts that came on lk.chat. */
	readonly chats: readonly string[];
	/** The server's word for why it is not here any more. */
	readonly leftBecause: string;
}

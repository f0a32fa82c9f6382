/** What the far end of one call has seen and heard so far. Plain JSON: also the answer of `GET /exchange/calls`. */
export interface Observation {
	readonly sid: string;
	/** Who began it: `out` the phone dialled, `in` the exchange rang it. */
	readonly direction: 'out' | 'in';
	/** The phone's identity, from its token. */
	readonly identity: string;
	readonly to: string;
	readonly from: string;
	/** Outgoing: all connect parameters. Incoming: the custom parameters that were sent along. */
	readonly params: Readonly<Record<string, string>>;
	/** Name of the number or behaviour in the numbering plan. */
	readonly plan: string;
	readonly state: 'ringing' | 'answered' | 'ended';
	/** State of the far peer's connection (ICE and DTLS); `none` before there is one. */
	readonly media: 'none' | 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';
	readonly codec: 'PCMU' | 'opus' | null;
	/** RTP packets since the call began, telephone events not counted. */
	readonly rtpIn: number;
	readonly rtpOut: number;
	/** Loudest sample of the last 1.2 s, 0 to 1; null while nothing that can be decoded (PCMU) has come. */
	readonly level: number | null;
	/** Strongest of the watched tones (440, 700, 1000, 1100 Hz) in the last 1.2 s, in Hz; null when none stands out. */
	readonly tone: number | null;
	/** How much of each watched tone was heard in the last 1.2 s: its amplitude, 0 to 1. */
	readonly tones: Readonly<Record<string, number>>;
	readonly digits: string;
	readonly digitsBy: 'rtp' | 'signalling' | null;
	/** How often the phone came back to this call on another socket or with another connection. */
	readonly reconnects: number;
	readonly ended: CallEnding | null;
	/** Unix time, ms. */
	readonly startedAt: number;
}

export interface CallEnding {
	readonly by: 'phone' | 'far side';
	/** `lost`: the phone's socket went and did not come back within 30 s. */
	readonly how: 'hangup' | 'reject' | 'cancel' | 'refused' | 'forgotten' | 'lost';
	/** The error code that the phone was sent. */
	readonly code?: number;
}

/** What the exchange knows of one identity. */
export interface PhoneObservation {
	readonly identity: string;
	readonly registered: boolean;
	/** Sockets open now. */
	readonly sockets: number;
	/** Frames since the exchange started. */
	readonly listens: number;
	readonly registers: number;
	/** Most phones that were registered at the same moment. */
	readonly mostRegistered: number;
}

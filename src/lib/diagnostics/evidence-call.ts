import type { EndReason } from '#lib/core/call-state.ts';
import type { Fault } from '#lib/core/errors.ts';
import type { ServerWord, Thrown } from './evidence-attempts.ts';

/** One call that has ended, or lives. Levels in dBFS (null: digital silence), durations in ms. */
export interface CallRecord {
	readonly at: number;
	readonly direction: 'out' | 'in';
	/** `call`: somebody made it; `test`, `self`, `agent`: a button of the checkup did. */
	readonly purpose: 'call' | 'test' | 'self' | 'agent';
	/** What was dialled: its kind, and whether it is a complete number (E.164). */
	readonly to: { readonly kind: 'number' | 'client' | 'sip' | 'room' | 'code'; readonly complete: boolean };
	readonly phase: 'placing' | 'ringing' | 'connecting' | 'talking' | 'recovering' | 'ended';
	/** Absent while it lives. */
	readonly reason?: EndReason;
	readonly fault?: Fault;
	readonly vendorCode?: string | number;
	/** The far side's own words, behind what the SDK shows. */
	readonly said?: ServerWord;
	readonly ringingAfterMs?: number;
	readonly answeredAfterMs?: number;
	readonly mediaAfterMs?: number;
	readonly endedAfterMs?: number;
	readonly talkedMs: number;
	readonly media?: CallMedia;
	readonly conversation?: ConversationRecord;
}

/** What was measured in a call; the differences are over the last `windowMs`. */
export interface CallMedia {
	readonly windowMs: number;
	readonly iceState: string;
	readonly dtlsState?: string;
	/** Remote and local candidates: type, protocol, kind of address. */
	readonly local: readonly CandidateShape[];
	readonly remote: readonly CandidateShape[];
	/** The pair in use. */
	readonly pair?: {
		readonly local: CandidateShape;
		readonly remote: CandidateShape;
		readonly relayProtocol?: string;
	};
	readonly iceErrors: readonly { readonly code: number; readonly text: string; readonly url: string }[];
	readonly packetsSent?: number;
	/** Absent where there is no inbound stream at all. */
	readonly packetsReceived?: number;
	readonly sentLevelDbfs: number | null;
	readonly heardLevelDbfs: number | null;
	/** Growth of `totalAudioEnergy`; more than 0 is sound. */
	readonly heardEnergy?: number;
	readonly loss?: number;
	readonly jitterMs?: number;
	readonly roundTripMs?: number;
	readonly mos?: number;
	/** What is sent: the sender's track, and whether a person has muted or held the call. */
	readonly track?: {
		readonly present: boolean;
		readonly enabled: boolean;
		readonly muted: boolean;
		readonly live: boolean;
	};
	readonly muted: boolean;
	readonly held: boolean;
	/** LiveKit: the microphone is published; absent elsewhere. */
	readonly published?: boolean;
	readonly publishThrew?: Thrown;
	/** What is heard: elements or nodes that play the far side's track. Absent: the line cannot tell. */
	readonly renderers?: readonly {
		readonly kind: 'element' | 'audio-graph';
		readonly muted: boolean;
		readonly volume: number;
		readonly paused: boolean;
		/** Of an audio graph. */
		readonly context?: 'running' | 'suspended' | 'interrupted' | 'closed';
		readonly playThrew?: Thrown;
	}[];
	/** The far side says that it is muted, or its track is not subscribed. */
	readonly remoteMuted?: boolean;
	readonly remoteSubscribed?: boolean;
}

export interface CandidateShape {
	readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
	readonly protocol: 'udp' | 'tcp';
	readonly address: 'private' | 'public' | 'mdns' | 'loopback' | 'unknown';
}

/** Who was in the room. */
export interface ConversationRecord {
	/** How long we were in it, and how old it was when we came. */
	readonly inRoomMs: number;
	readonly roomAgeMs?: number;
	readonly disconnectReason?: number;
	/** What is wrong with the agent at this moment, or was when the call ended. */
	readonly agentFault?: Fault;
	/** The names that the token asks to be dispatched; empty: none. */
	readonly dispatched: readonly string[];
	readonly others: readonly Participant[];
}

export interface Participant {
	readonly kind: 'agent' | 'standard' | 'sip' | 'ingress' | 'egress' | 'connector' | 'unknown';
	/** Before us: 0. */
	readonly joinedAfterMs: number;
	/** Absent: still there. */
	readonly leftAfterMs?: number;
	readonly leaveReason?: number;
	readonly audioTracks: number;
	readonly audioAfterMs?: number;
	readonly muted?: boolean;
	/** `lk.agent.state`, as last seen; 'failed' while something is wrong with it. */
	readonly agentState?: string;
}

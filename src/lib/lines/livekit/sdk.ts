import {
	getLogger,
	LocalAudioTrack,
	LoggerNames,
	LogLevel,
	Room,
	Track,
	type ConnectionState,
	type LocalTrack,
	version,
	type ReconnectPolicy
} from 'livekit-client';
import type { CallIds } from '#lib/core/line.ts';
import { readPath, type SoundPath } from '#lib/core/sound-path.ts';

export { ParticipantKind, RoomEvent } from 'livekit-client';
export { Track };
export type { Room };
export type {
	Participant as SdkParticipant,
	RemoteParticipant,
	RemoteTrack,
	RemoteTrackPublication,
	TextStreamReader,
	TranscriptionSegment
} from 'livekit-client';

/** An agent's words and a person's notes are short; the SDK's own limit is 5 GB. */
const MOST_TEXT_BYTES = 64 * 1024;
/** Waits between tries to get a lost connection back, ms: quick at first, then often enough to be back soon after the network. */
const TRIES_MS = [0, 300, 700, 1_500, 2_500];
const TRY_MS = 3_000;

/** The SDK's own track opens an AudioContext for every microphone to find out whether it is silent, which a call's samples tell. */
export class MicrophoneTrack extends LocalAudioTrack {
	override checkForSilence(): Promise<boolean> {
		return Promise.resolve(false);
	}
}

/** Sends it as the microphone's sound. Rejects with an error of the SDK, 10 s later where the server says nothing. */
export async function publishMicrophone(room: Room, track: MicrophoneTrack): Promise<void> {
	// The SDK's own types do not fit each other where an optional property is not the same as an undefined one.
	await room.localParticipant.publishTrack(track as unknown as LocalTrack, {
		source: Track.Source.Microphone
	});
}

/** What LiveKit's support asks for beside the room's own id. */
export function idsOf({ name, localParticipant, serverInfo }: Room): CallIds {
	const known = {
		room: name,
		participant: localParticipant.sid,
		region: serverInfo?.region,
		node: serverInfo?.nodeId,
		server: serverInfo?.version
	};
	const told = Object.entries(known).filter((one): one is [string, string] => Boolean(one[1]));
	return { ...Object.fromEntries(told), sdk: `livekit-client ${version}` };
}

/** TrackSource.MICROPHONE of the LiveKit protocol. */
const MICROPHONE = 2;

/** What the server lets us do now. */
export function rightsIn({ localParticipant }: Room): {
	readonly maySpeak: boolean;
	readonly mayWrite: boolean;
} {
	const {
		canPublish = true,
		canPublishSources = [],
		canPublishData = true
	} = localParticipant.permissions ?? {};
	const sources: readonly number[] = canPublishSources;
	return {
		maySpeak: canPublish && (sources.length === 0 || sources.includes(MICROPHONE)),
		mayWrite: canPublishData
	};
}

class Patience implements ReconnectPolicy {
	readonly #limitMs: number;

	constructor(limitMs: number) {
		this.#limitMs = limitMs;
	}

	nextRetryDelayInMs({ retryCount, elapsedMs }: { retryCount: number; elapsedMs: number }): number | null {
		if (elapsedMs > this.#limitMs) return null;
		// Spread, so that the callers of a server that comes back do not all come at once.
		return (TRIES_MS[retryCount] ?? TRY_MS) + Math.random() * 300;
	}
}

/**
 * A room of the SDK that says nothing on the console, plays nothing by itself, makes no AudioContext of its own, stops no
 * track of ours and stays when a page's "leave?" is cancelled.
 *
 * @param recoverMs how long it tries to get a lost connection back
 */
export function newRoom(audio: AudioContext, recoverMs: number): Room {
	// The SDK's own way to say this would write it into the storage of the origin, for every page there.
	for (const name of Object.values(LoggerNames)) getLogger(name).setLevel(LogLevel.silent, false);
	return new Room({
		disconnectOnPageLeave: false,
		stopLocalTrackOnUnpublish: false,
		webAudioMix: { audioContext: audio },
		reconnectPolicy: new Patience(recoverMs),
		dataStream: { maxPayloadByteLength: MOST_TEXT_BYTES }
	});
}

interface Transport {
	getStats(): Promise<RTCStatsReport> | undefined;
	getConnectionState(): RTCPeerConnectionState;
	/** Internal (PCTransport); gone when it is closed. */
	readonly _pc?: RTCPeerConnection | null;
}

/** What is read of a room's engine (RTCEngine, internal). */
interface Engine {
	readonly pcManager?: {
		readonly publisher: Transport;
		/** With servers older than 1.9.10. */
		readonly subscriber?: Transport;
		close(): Promise<void>;
	};
}

/** The connection, in the SDK's word for it. */
export const stateOf = (room: Room): `${ConnectionState}` => room.state;

const engineOf = (room: Room): Engine | undefined =>
	(room as { engine?: unknown }).engine as Engine | undefined;

/** The peer connections of a room: one in most cases, two with old servers. */
export function transportsOf(room: Room): readonly Transport[] {
	const { publisher, subscriber } = engineOf(room)?.pcManager ?? {};
	return [publisher, subscriber].filter((transport) => transport !== undefined);
}

/** How its sound goes: kinds of addresses, and states. Undefined before there is a connection. */
export function pathOf(room: Room): SoundPath | undefined {
	return readPath(transportsOf(room).flatMap(({ _pc: peer }) => peer ?? []));
}

/**
 * Lets go of a room, whatever its state; `engine` is the one with which it was made. The SDK (2.23.0) leaves the peer
 * connection of a room standing that was never entered, and disconnect() of a stuck one never settles.
 */
export function throwAway(room: Room, engine: Engine | undefined): void {
	const transports = [engine?.pcManager, engineOf(room)?.pcManager];
	room.disconnect().catch(() => {});
	if (stateOf(room) === 'connected') return;
	for (const manager of transports) manager?.close().catch(() => {});
}

export { engineOf, type Engine };

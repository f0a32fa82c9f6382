import type { Log } from '#lib/core/ports.ts';
import type { Ears } from './ears.ts';
import type { Outputs } from './outputs.ts';
import {
	RoomEvent,
	Track,
	type RemoteParticipant,
	type RemoteTrack,
	type RemoteTrackPublication,
	type Room
} from './sdk.ts';

interface VoicesDeps {
	readonly outputs: Outputs;
	readonly ears: Ears;
	readonly log: Log;
	/** The first packets of a voice have come. */
	arrived(): void;
}

/** Plays every voice of a room, and lets the ears hear it. */
export class Voices {
	readonly #deps: VoicesDeps;
	readonly #tracks = new Map<string, MediaStreamTrack>();

	constructor(deps: VoicesDeps) {
		this.#deps = deps;
	}

	/** Whether sound has come of any voice; a track is muted by the browser until its first packet. */
	get arriving(): boolean {
		return [...this.#tracks.values()].some(({ muted }) => !muted);
	}

	get some(): boolean {
		return this.#tracks.size > 0;
	}

	attach(room: Room): void {
		room.on(RoomEvent.TrackSubscribed, this.#came).on(RoomEvent.TrackUnsubscribed, this.#went);
	}

	/** The room is gone with all its voices. */
	detach(room: Room): void {
		room.off(RoomEvent.TrackSubscribed, this.#came).off(RoomEvent.TrackUnsubscribed, this.#went);
		for (const id of [...this.#tracks.keys()]) this.#drop(id);
	}

	readonly #came = (
		remote: RemoteTrack,
		_: RemoteTrackPublication,
		{ identity }: RemoteParticipant
	): void => {
		if (remote.kind !== Track.Kind.Audio) return;
		const { mediaStreamTrack: track } = remote;
		const id = remote.sid ?? track.id;
		this.#tracks.set(id, track);
		track.addEventListener('unmute', this.#deps.arrived, { once: true });
		this.#deps.outputs.play(id, track);
		try {
			this.#deps.ears.listen(id, identity, track);
		} catch (error) {
			this.#deps.log('warn', 'a voice is not measured', { error });
		}
		if (!track.muted) this.#deps.arrived();
	};

	readonly #went = (remote: RemoteTrack): void => {
		this.#drop(remote.sid ?? remote.mediaStreamTrack.id);
	};

	#drop(id: string): void {
		this.#tracks.get(id)?.removeEventListener('unmute', this.#deps.arrived);
		this.#tracks.delete(id);
		this.#deps.outputs.stop(id);
		this.#deps.ears.drop(id);
	}
}

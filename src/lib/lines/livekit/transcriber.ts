import type { Utterance } from '#lib/core/conversation.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Cell } from '#lib/core/watched.ts';
import { kindOf } from './people.ts';
import {
	RoomEvent,
	type Room,
	type SdkParticipant,
	type TextStreamReader,
	type TranscriptionSegment
} from './sdk.ts';
import { finished, LONGEST_UTTERANCE, withUtterance } from './transcript.ts';

/** Topics of livekit/agents. */
const SPOKEN = 'lk.transcription';
const WRITTEN = 'lk.chat';
const SEGMENT = 'lk.segment_id';
const FINAL = 'lk.transcription_final';
const LONGEST_NAME = 200;

type Speaker = Pick<Utterance, 'by' | 'name'>;

/**
 * What is said and written in a room. Speech comes as streams of text: of mine each stream is the whole stretch so far, of
 * an agent's one stream grows, and is final when it is closed, since agents on Node never say so. The older events carry
 * the same and count only until the first stream has come.
 */
export class Transcriber {
	readonly transcript = new Cell<readonly Utterance[]>([]);
	readonly #clock: Clock;
	#streams = false;
	#written = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** To be called before the room is entered: nothing is repeated for latecomers. */
	attach(room: Room): void {
		room.registerTextStreamHandler(
			SPOKEN,
			(reader, { identity }) => void this.#speech(room, reader, identity)
		);
		room.registerTextStreamHandler(
			WRITTEN,
			(reader, { identity }) => void this.#note(room, reader, identity)
		);
		room.on(RoomEvent.TranscriptionReceived, (segments, participant) =>
			this.#older(room, segments, participant)
		);
	}

	/** What I wrote, once it has been sent. */
	wrote(text: string): void {
		this.#put({ id: `written-${++this.#written}`, by: 'me', text, written: true, final: true });
	}

	/** They have stopped speaking or have gone: what is still open is complete. */
	finish(by: Utterance['by']): void {
		const open = this.transcript.value.filter((one) => one.by === by && !one.written && !one.final);
		this.transcript.update((list) => finished(list, new Set(open.map(({ id }) => id))));
	}

	async #speech(room: Room, reader: TextStreamReader, identity: string): Promise<void> {
		this.#streams = true;
		const { id: streamId, attributes = {} } = reader.info;
		const id = `${identity}/${attributes[SEGMENT] ?? streamId}`;
		const speaker = this.#speaker(room, identity);
		let text = '';
		try {
			for await (const chunk of reader) {
				text = (text + chunk).slice(0, LONGEST_UTTERANCE);
				this.#put({ id, ...speaker, text, written: false, final: false });
			}
		} catch {
			// A stream that breaks off is as long as it came.
		}
		const isFinal = (reader.info.attributes ?? attributes)[FINAL] === 'true' || speaker.by === 'agent';
		if (text !== '' && isFinal) this.#put({ id, ...speaker, text, written: false, final: true });
	}

	async #note(room: Room, reader: TextStreamReader, identity: string): Promise<void> {
		try {
			const text = await reader.readAll();
			const id = `${identity}/${reader.info.id}`;
			if (text !== '') this.#put({ id, ...this.#speaker(room, identity), text, written: true, final: true });
		} catch {
			// It broke off before it was whole: nobody meant half of it.
		}
	}

	#older(
		room: Room,
		segments: readonly TranscriptionSegment[],
		participant: SdkParticipant | undefined
	): void {
		if (this.#streams) return;
		const identity = participant?.identity ?? '';
		for (const { id, text, final } of segments) {
			if (text === '') continue;
			this.#put({ id: `${identity}/${id}`, ...this.#speaker(room, identity), text, written: false, final });
		}
	}

	#speaker(room: Room, identity: string): Speaker {
		if (identity === room.localParticipant.identity) return { by: 'me' };
		const other = room.remoteParticipants.get(identity);
		if (!other) return { by: 'other', name: identity.slice(0, LONGEST_NAME) };
		if (kindOf(other) === 'agent') return { by: 'agent' };
		return { by: 'other', name: (other.name || other.identity).slice(0, LONGEST_NAME) };
	}

	#put(said: Omit<Utterance, 'at'>): void {
		this.transcript.update((list) => withUtterance(list, { ...said, at: this.#clock.monotonic() }));
	}
}

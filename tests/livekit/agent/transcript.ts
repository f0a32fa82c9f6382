import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalParticipant } from '@livekit/rtc-node';
import type { Words } from '../room-plan.ts';

const TOPIC = 'lk.transcription';

/** Who is transcribed. */
export interface Speaker {
	readonly identity: string;
	/** Of their track; '' when it is not known. */
	readonly track: string;
}

/** Writes down what is said, in the way in which the agents' library does. */
export class Transcript {
	readonly #me: LocalParticipant;
	readonly #words: Words;
	#segments = 0;

	constructor(me: LocalParticipant, words: Words) {
		this.#me = me;
		this.#words = words;
	}

	newSegment(): string {
		return `SG_${this.#me.sid ?? ''}_${String(++this.#segments)}`;
	}

	/** People: each version is a stream of its own with the whole text so far. */
	async heard(speaker: Speaker, segment: string, text: string, final: boolean): Promise<void> {
		if (this.#words === 'streams' || this.#words === 'both') {
			const writer = await this.#open(speaker, segment, final);
			await writer.write(text);
			await writer.close();
		}
		await this.#event(speaker, segment, text, final);
	}

	/** The agent itself: one stream that grows by words, over `ms`; cut short by `signal`. Its header never says final. */
	async said(
		speaker: Speaker,
		segment: string,
		text: string,
		ms: number,
		signal?: AbortSignal
	): Promise<void> {
		const words = text.split(/(?<= )/);
		const stream = this.#words === 'streams' || this.#words === 'both';
		const writer = stream ? await this.#open(speaker, segment, false) : undefined;
		let so = '';
		for (const word of words) {
			if (signal?.aborted) break;
			so += word;
			await writer?.write(word);
			await this.#event(speaker, segment, so, false);
			await sleep(ms / words.length, undefined, { ref: false });
		}
		await writer?.close();
		await this.#event(speaker, segment, so, true);
	}

	#open(speaker: Speaker, segment: string, final: boolean) {
		return this.#me.streamText({
			topic: TOPIC,
			senderIdentity: speaker.identity,
			attributes: {
				'lk.segment_id': segment,
				'lk.transcription_final': String(final),
				...(speaker.track ? { 'lk.transcribed_track_id': speaker.track } : {})
			}
		});
	}

	async #event({ identity, track }: Speaker, id: string, text: string, final: boolean): Promise<void> {
		if (this.#words !== 'events' && this.#words !== 'both') return;
		const segment = { id, text, final, language: 'en', startTime: 0n, endTime: 0n };
		await this.#me.publishTranscription({
			participantIdentity: identity,
			trackSid: track,
			segments: [segment]
		});
	}
}

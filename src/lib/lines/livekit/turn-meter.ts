import type { Turn } from '#lib/core/conversation.ts';

/** Louder than this is speech, dBFS; quieter than room noise by far is not, whatever the room. */
export const SPEECH_DBFS = -50;
/** Speech stands out from a microphone's own noise by this, dB. */
const ABOVE_NOISE_DB = 10;
/** A microphone's noise is not taken to be louder than this, dBFS, or a long speech would become noise. */
const MOST_NOISE_DBFS = -45;
/** How fast the noise that was learned may rise, dB in a second; it falls at once. */
const NOISE_RISE_DB = 3;
/** Shorter sounds are clicks, ms. */
const SHORTEST_MS = 60;
/** Pauses within a speech: mine ends after the first, theirs (with breaks between sentences) after the second, ms. */
const MY_PAUSE_MS = 300;
const THEIR_PAUSE_MS = 600;
/** Whoever stops within this after my last word, ms, has stopped because of it. */
const YIELDS_MS = 1_000;
/** What comes later is no answer, ms. */
const LATEST_ANSWER_MS = 60_000;

/** When a voice begins and ends, told from its level frame by frame. */
class Voice {
	readonly #pauseMs: number;
	/** First and last loud moment of the present or the last speech. */
	startedAt = -Infinity;
	lastAt = -Infinity;
	speaking = false;
	#candidate: number | undefined;

	constructor(pauseMs: number) {
		this.#pauseMs = pauseMs;
	}

	hear(at: number, loud: boolean): 'began' | 'ended' | undefined {
		if (loud) {
			this.#candidate ??= at;
			if (!this.speaking && at - this.#candidate >= SHORTEST_MS) {
				this.speaking = true;
				this.startedAt = this.#candidate;
				this.lastAt = at;
				return 'began';
			}
			if (this.speaking) this.lastAt = at;
			return undefined;
		}
		// A frame between two periods of a low voice may be quiet.
		if (!this.speaking) this.#candidate = undefined;
		if (!this.speaking || at - this.lastAt < this.#pauseMs) return undefined;
		this.speaking = false;
		this.#candidate = undefined;
		return 'ended';
	}
}

/**
 * Turns of a conversation from nothing but the two levels, about 50 times a second: the end of my speech, the start of
 * theirs, and how soon they fall silent when I speak into theirs. It takes the same time for a turn whatever the network
 * and the agent report.
 */
export class TurnMeter {
	readonly #mine = new Voice(MY_PAUSE_MS);
	readonly #theirs = new Voice(THEIR_PAUSE_MS);
	#noise = MOST_NOISE_DBFS;
	#at: number | undefined;
	/** My speech has not been answered yet. */
	#open = false;
	/** They began before my speech was over. */
	#answeredAt: number | undefined;
	#bargedAt: number | undefined;
	#bargeInMs: number | undefined;

	/** When I stopped speaking last, or -Infinity. */
	get spokeUntil(): number {
		return this.#mine.speaking ? -Infinity : this.#mine.lastAt;
	}

	/** One frame. `at` is monotonic ms, levels in dBFS. Returns the turn that is complete by it. */
	hear(at: number, mine: number, theirs: number): Turn | undefined {
		const elapsed = this.#at === undefined ? 0 : at - this.#at;
		this.#at = at;
		const isMine = this.#isSpeech(mine, elapsed);
		const my = this.#mine.hear(at, isMine);
		const their = this.#theirs.hear(at, theirs > SPEECH_DBFS);

		if (my === 'began') {
			this.#open = true;
			this.#answeredAt = undefined;
			this.#bargeInMs = undefined;
			this.#bargedAt = this.#theirs.speaking && their !== 'began' ? this.#mine.startedAt : undefined;
		}
		if (their === 'ended' && this.#bargedAt !== undefined) {
			const stoppedAt = this.#theirs.lastAt;
			if (stoppedAt >= this.#bargedAt && stoppedAt <= this.#mine.lastAt + YIELDS_MS)
				this.#bargeInMs = stoppedAt - this.#bargedAt;
			this.#bargedAt = undefined;
		}
		if (!this.#open) return undefined;
		if (their === 'began') this.#answeredAt ??= this.#theirs.startedAt;
		if (this.#mine.speaking) return undefined;
		if (at - this.#mine.lastAt > LATEST_ANSWER_MS) this.#open = false;
		return this.#answeredAt === undefined ? undefined : this.#complete(this.#answeredAt);
	}

	#complete(heardAt: number): Turn {
		const spokeUntil = this.#mine.lastAt;
		this.#open = false;
		this.#answeredAt = undefined;
		return {
			spokeUntil,
			heardAt,
			latencyMs: heardAt - spokeUntil,
			...(this.#bargeInMs === undefined ? {} : { bargeInMs: this.#bargeInMs })
		};
	}

	#isSpeech(level: number, elapsed: number): boolean {
		const risen = this.#noise + (NOISE_RISE_DB * elapsed) / 1000;
		this.#noise = Math.min(Math.max(level, -90), risen, MOST_NOISE_DBFS);
		return level > Math.max(SPEECH_DBFS, this.#noise + ABOVE_NOISE_DB);
	}
}

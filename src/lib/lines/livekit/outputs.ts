import { LineError } from '#lib/core/errors.ts';
import type { Log } from '#lib/core/ports.ts';
import type { SoundOutput } from '#lib/core/sound-path.ts';
import { Cell } from '#lib/core/watched.ts';

/**
 * The voices of a room, each on an element of our own that is in no document. The SDK's own playing keeps to the system's
 * speaker on Safari, which could use the chosen one.
 */
export class Outputs {
	/** True while the browser will not play before a gesture. */
	readonly blocked = new Cell(false);
	readonly #log: Log;
	readonly #elements = new Map<string, HTMLAudioElement>();
	/** The error with which the browser would not play. */
	readonly #refusals = new WeakMap<HTMLAudioElement, string>();
	#speaker: string;
	#held = false;

	constructor(speaker: string, log: Log) {
		this.#speaker = speaker;
		this.#log = log;
	}

	/** What plays the voices now. */
	get seen(): readonly SoundOutput[] {
		return [...this.#elements.values()]
			.filter(({ srcObject }) => srcObject)
			.map((element) => {
				const { muted, volume, paused } = element;
				const refused = this.#refusals.get(element);
				return { muted, volume, paused, ...(refused === undefined ? {} : { refused }) };
			});
	}

	play(id: string, track: MediaStreamTrack): void {
		this.stop(id);
		const element = new Audio();
		element.srcObject = new MediaStream([track]);
		this.#elements.set(id, element);
		this.#route(element);
		this.setHeld(this.#held);
		this.#start(element).catch(() => {});
	}

	stop(id: string): void {
		const element = this.#elements.get(id);
		if (!element) return;
		this.#elements.delete(id);
		element.pause();
		element.srcObject = null;
		if (this.#elements.size === 0) this.blocked.set(false);
	}

	/** While held nothing is heard here. */
	setHeld(held: boolean): void {
		this.#held = held;
		for (const { srcObject } of this.#elements.values()) {
			if (!(srcObject instanceof MediaStream)) continue;
			for (const track of srcObject.getTracks()) track.enabled = !held;
		}
	}

	/** A device id; '' is the system's default. */
	setSpeaker(id: string): void {
		this.#speaker = id;
		for (const element of this.#elements.values()) this.#route(element);
	}

	/** In a gesture. Rejects with `speaker.autoplay-blocked` where even that does not help. */
	async unblock(): Promise<void> {
		const tries = [...this.#elements.values()].map((element) => this.#start(element));
		const results = await Promise.allSettled(tries);
		if (results.some(({ status }) => status === 'rejected')) throw new LineError('speaker.autoplay-blocked');
		this.blocked.set(false);
	}

	close(): void {
		for (const id of [...this.#elements.keys()]) this.stop(id);
	}

	async #start(element: HTMLAudioElement): Promise<void> {
		try {
			await element.play();
			this.#refusals.delete(element);
		} catch (error) {
			// An element that was let go of while it began is no matter.
			if (element.srcObject === null) return;
			this.#refusals.set(element, error instanceof DOMException ? error.name : 'Error');
			if (error instanceof DOMException && error.name === 'NotAllowedError') this.blocked.set(true);
			else this.#log('warn', 'a voice was not played', { error });
			throw error;
		}
	}

	#route(element: HTMLAudioElement): void {
		if (!('setSinkId' in element) || element.sinkId === this.#speaker) return;
		element.setSinkId(this.#speaker).catch((error: unknown) => {
			this.#log('warn', 'the speaker was not changed', { error });
		});
	}
}

import type { MediaSample } from '#lib/core/line.ts';
import { readTotals, sampleOf, type Totals } from '#lib/core/media-samples.ts';
import type { Clock } from '#lib/core/ports.ts';
import { readPath, type SoundPath } from '#lib/core/sound-path.ts';

export interface MediaEvents {
	/** ICE and DTLS are through, for the first time or again. */
	connected(): void;
	lost(): void;
	/** Once a second while connected. */
	sample(sample: MediaSample): void;
	/** How the sound goes, or how it could not: where that has changed. */
	path(path: SoundPath): void;
}

const SAMPLE_MS = 1_000;

/** The media path of one call, as the peer connection itself sees it: the SDK's `accept` comes before there is one. */
export class Media {
	readonly #peer: RTCPeerConnection;
	readonly #clock: Clock;
	readonly #events: MediaEvents;
	#held = false;
	#totals: Totals | undefined;
	#cancel: (() => void) | undefined;
	#ended = false;
	#told = false;

	constructor(peer: RTCPeerConnection, clock: Clock, events: MediaEvents) {
		this.#peer = peer;
		this.#clock = clock;
		this.#events = events;
		peer.addEventListener('connectionstatechange', this.#changed);
		peer.addEventListener('track', this.#apply);
		this.#changed();
	}

	/** While held nothing is heard here, on whatever element the SDK plays it. */
	setHeld(held: boolean): void {
		this.#held = held;
		this.#apply();
	}

	/** Closes the connection too: the SDK leaves it standing when it has lost the call. */
	end(): void {
		if (!this.#told) this.#tellPath();
		this.#ended = true;
		this.#peer.close();
		this.#cancel?.();
		this.#peer.removeEventListener('connectionstatechange', this.#changed);
		this.#peer.removeEventListener('track', this.#apply);
	}

	readonly #changed = (): void => {
		const { connectionState } = this.#peer;
		if (connectionState === 'connected') {
			this.#told = false;
			this.#events.connected();
			if (!this.#cancel) void this.#measure();
		} else if (connectionState === 'disconnected' || connectionState === 'failed') {
			this.#tellPath();
			this.#events.lost();
		}
	};

	readonly #apply = (): void => {
		for (const { track } of this.#peer.getReceivers()) track.enabled = !this.#held;
	};

	async #measure(): Promise<void> {
		this.#cancel = this.#clock.after(SAMPLE_MS, () => void this.#measure());
		const now = readTotals(await this.#peer.getStats());
		if (this.#ended) return;
		if (!this.#told) this.#tellPath();
		const sample = sampleOf(this.#totals, now, this.#clock.monotonic());
		this.#totals = now;
		this.#events.sample(this.#held ? { ...sample, heardLevel: -Infinity } : sample);
	}

	/** Not in the very moment in which it connects, when there is more urgent work. */
	#tellPath(): void {
		const path = readPath([this.#peer]);
		this.#told = true;
		if (path) this.#events.path(path);
	}
}

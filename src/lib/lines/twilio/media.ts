import type { MediaSample } from '#lib/core/line.ts';
import { readTotals, sampleOf, type Totals } from '#lib/core/media-samples.ts';
import type { Clock } from '#lib/core/ports.ts';

export interface MediaEvents {
	/** ICE and DTLS are through, for the first time or again. */
	connected(): void;
	lost(): void;
	/** Once a second while connected. */
	sample(sample: MediaSample): void;
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
		this.#ended = true;
		this.#peer.close();
		this.#cancel?.();
		this.#peer.removeEventListener('connectionstatechange', this.#changed);
		this.#peer.removeEventListener('track', this.#apply);
	}

	readonly #changed = (): void => {
		const { connectionState } = this.#peer;
		if (connectionState === 'connected') {
			this.#events.connected();
			if (!this.#cancel) void this.#measure();
		} else if (connectionState === 'disconnected' || connectionState === 'failed') this.#events.lost();
	};

	readonly #apply = (): void => {
		for (const { track } of this.#peer.getReceivers()) track.enabled = !this.#held;
	};

	async #measure(): Promise<void> {
		this.#cancel = this.#clock.after(SAMPLE_MS, () => void this.#measure());
		const now = readTotals(await this.#peer.getStats());
		if (this.#ended) return;
		const sample = sampleOf(this.#totals, now, this.#clock.monotonic());
		this.#totals = now;
		this.#events.sample(this.#held ? { ...sample, heardLevel: -Infinity } : sample);
	}
}

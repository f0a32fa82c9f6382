import type { MediaSample } from '#lib/core/line.ts';
import { readTotals, sampleOf, type Report, type Totals } from '#lib/core/media-samples.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Arrivals } from './arrivals.ts';
import { transportsOf, type Room } from './sdk.ts';

const SAMPLE_MS = 1_000;

interface MediaEvents {
	/** Once a second. */
	sample(sample: MediaSample): void;
	/** Whether there is a path for sound: the browser knows of a cut before the SDK does, and what arrives before both. */
	path(up: boolean): void;
}

/** Measures the sound of one stay in a room, from its peer connections, once a second. */
export class Media {
	readonly #room: Room;
	readonly #clock: Clock;
	readonly #events: MediaEvents;
	readonly #arrivals = new Arrivals();
	#totals: Totals | undefined;
	#cancel: () => void;
	#ended = false;

	constructor(room: Room, clock: Clock, events: MediaEvents) {
		this.#room = room;
		this.#clock = clock;
		this.#events = events;
		this.#cancel = clock.after(SAMPLE_MS, () => void this.#measure());
	}

	end(): void {
		this.#ended = true;
		this.#cancel();
	}

	async #measure(): Promise<void> {
		this.#cancel = this.#clock.after(SAMPLE_MS, () => void this.#measure());
		const transports = transportsOf(this.#room);
		const states = transports.map((transport) => transport.getConnectionState());
		const isDown = states.some((state) => state === 'disconnected' || state === 'failed');
		const asked = transports.map(async (transport) => transport.getStats());
		const settled = await Promise.allSettled(asked);
		if (this.#ended) return;
		const reports = settled.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
		if (isDown || reports.length === 0) this.#events.path(!isDown);
		if (reports.length === 0) return;
		const all: Report = { forEach: (visit) => reports.forEach((report) => report.forEach(visit)) };
		const at = this.#clock.monotonic();
		const arrives = this.#arrivals.judge(all, at);
		if (!isDown) this.#events.path(arrives);
		const now = readTotals(all);
		this.#events.sample(sampleOf(this.#totals, now, at));
		this.#totals = now;
	}
}

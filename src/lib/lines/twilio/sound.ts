import type { LineError } from '#lib/core/errors.ts';
import { WarningWatch } from '#lib/core/call-warnings.ts';
import type { CallWarning, MediaSample } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import { playedOn, type SoundOutput, type SoundPath } from '#lib/core/sound-path.ts';
import { Cell } from '#lib/core/watched.ts';
import type { VoiceDevice } from './device.ts';
import { Media } from './media.ts';

export interface SoundEvents {
	/** The microphone is open: what hangs from here on is not the user's decision. */
	microphoneOpened(): void;
	/** Sound can flow, for the first time or again. */
	connected(): void;
	lost(): void;
	/** What plays it now; undefined where this browser does not show. */
	outputs(): readonly SoundOutput[] | undefined;
}

/** The sound of one call: what it sends, what is heard of it, and how it goes. */
export class CallSound {
	readonly muted = new Cell(false);
	readonly sample = new Cell<MediaSample | undefined>(undefined);
	readonly warnings = new Cell<readonly CallWarning[]>([]);
	readonly path = new Cell<SoundPath | undefined>(undefined);
	readonly #clock: Clock;
	readonly #events: SoundEvents;
	readonly #watch = new WarningWatch();
	#device: VoiceDevice | undefined;
	#media: Media | undefined;
	#held = false;
	#talking = false;

	constructor(clock: Clock, events: SoundEvents) {
		this.#clock = clock;
		this.#events = events;
	}

	get device(): VoiceDevice | undefined {
		return this.#device;
	}

	/** What went wrong with the microphone, if the call has ended by it. */
	get microphoneError(): LineError | undefined {
		return this.#device?.microphoneError;
	}

	/** It goes over this Device from now on: the next peer connection there belongs to it. */
	take(device: VoiceDevice): void {
		this.#device = device;
		device.carries = this;
		device.microphoneError = undefined;
		device.onPeer = (peer) => this.#connect(peer);
		device.onMicrophone = () => this.#events.microphoneOpened();
		this.#apply();
	}

	setMuted(muted: boolean): void {
		this.muted.set(muted);
		this.#apply();
	}

	setHeld(held: boolean): void {
		this.#held = held;
		this.#apply();
	}

	/** Samples before the talk, and warnings of it, say nothing. */
	setTalking(talking: boolean): void {
		this.#talking = talking;
	}

	/** Lets go of the Device, which may have another call next. */
	end(): void {
		this.#media?.end();
		this.warnings.set([]);
		const device = this.#device;
		if (device?.carries !== this) return;
		device.carries = undefined;
		device.onPeer = undefined;
		device.onMicrophone = undefined;
	}

	#apply(): void {
		if (this.#device?.carries === this) this.#device.mixer.set(this.muted.value, this.#held);
		this.#media?.setHeld(this.#held);
	}

	#connect(peer: RTCPeerConnection): void {
		this.#media?.end();
		this.#media = new Media(peer, this.#clock, {
			connected: () => this.#events.connected(),
			lost: () => this.#events.lost(),
			sample: (sample) => this.#sampled(sample),
			path: (path) => this.#goes(path)
		});
	}

	#goes(path: SoundPath): void {
		const outputs = this.#events.outputs();
		this.path.set(outputs ? playedOn(path, outputs) : path);
	}

	#sampled(sample: MediaSample): void {
		if (!this.#talking) return;
		if (this.path.value) this.#goes(this.path.value);
		this.sample.set(sample);
		const now = this.#watch.judge(sample, !this.muted.value && !this.#held);
		if (now.join() !== this.warnings.value.join()) this.warnings.set(now);
	}
}

import { asLineError, LineError } from '#lib/core/errors.ts';
import { inTime } from '#lib/core/deadline.ts';
import { LastWish } from '#lib/core/queue.ts';
import type { LineDeps } from '../module.ts';
import { MicrophoneTrack, publishMicrophone, type Room } from './sdk.ts';

const PUBLISH_MS = 11_000;
/** Muting is done here at once; telling the room may take so long, ms. */
const TELL_MS = 5_000;

/** The microphone of one call, published to the room that it is in. */
export class RoomMicrophone {
	readonly #deps: LineDeps;
	#stream: MediaStream | undefined;
	#published: MicrophoneTrack | undefined;
	#silent = false;
	#closed = false;
	readonly #told = new LastWish<boolean>((silent) => this.#tell(silent));
	readonly #changed: (stream: MediaStream | undefined) => void;

	/** @param changed gets the stream when there is one, or another, or none any more */
	constructor(deps: LineDeps, changed: (stream: MediaStream | undefined) => void) {
		this.#deps = deps;
		this.#changed = changed;
	}

	get open(): boolean {
		return this.#stream !== undefined;
	}

	/** Whether the room can hear it. */
	get published(): boolean {
		return this.#published !== undefined;
	}

	/** Takes what was opened; a call that has ended meanwhile lets go of it at once. */
	take(stream: MediaStream): void {
		if (this.#closed) return stop(stream);
		this.#use(stream);
	}

	/** Sends it to the room. Rejects with a LineError. */
	async publish(room: Room): Promise<void> {
		const [source] = this.#stream?.getAudioTracks() ?? [];
		if (!source || this.#closed) return;
		const track = new MicrophoneTrack(source, undefined, true);
		if (this.#silent) await track.mute();
		try {
			await inTime(publishMicrophone(room, track), PUBLISH_MS, this.#deps.clock);
			this.#published = track;
			const [now] = this.#stream?.getAudioTracks() ?? [];
			if (now && now !== source) await track.replaceTrack(now, true);
			this.#apply();
		} catch (error) {
			throw asLineError(error, 'media.not-connected');
		}
	}

	/** Lets go of it, as long as the room may not hear it. */
	release(): void {
		this.#published = undefined;
		stop(this.#stream);
		this.#stream = undefined;
		this.#changed(undefined);
	}

	/** The room is another one, or gone. */
	unpublished(): void {
		this.#published = undefined;
	}

	/** Silent at once; the room is told besides, so that the others see it. */
	setSilent(silent: boolean): void {
		this.#silent = silent;
		this.#apply();
	}

	/** Opens the chosen microphone anew; the old one stays where that fails. */
	async change(): Promise<void> {
		if (!this.#stream || this.#closed) return;
		try {
			const stream = await this.#deps.openMicrophone();
			if (this.#closed) return stop(stream);
			const old = this.#stream;
			this.#use(stream);
			const [source] = stream.getAudioTracks();
			if (source) await this.#published?.replaceTrack(source, true);
			stop(old);
			this.#apply();
		} catch (error) {
			this.#deps.log('warn', 'the microphone was not changed', { error });
		}
	}

	close(): void {
		this.#closed = true;
		void this.#told.close();
		this.release();
	}

	#use(stream: MediaStream): void {
		this.#stream = stream;
		for (const track of stream.getAudioTracks())
			track.addEventListener('ended', () => this.#stream === stream && void this.change(), { once: true });
		this.#changed(stream);
		this.#apply();
	}

	#apply(): void {
		for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !this.#silent;
		if (!this.#published || this.#published.isMuted === this.#silent) return;
		this.#told.set(this.#silent).catch((error: unknown) => {
			if (!this.#closed) this.#deps.log('debug', 'the room was not told of the mute', { error });
		});
	}

	async #tell(silent: boolean): Promise<void> {
		const track = this.#published;
		if (!track || track.isMuted === silent) return;
		const told = silent ? track.mute() : track.unmute();
		await inTime(told, TELL_MS, this.#deps.clock);
		if (track.isMuted !== silent) throw new LineError('call.no-response');
		// What the SDK switched may be older than the last wish.
		for (const source of this.#stream?.getAudioTracks() ?? []) source.enabled = !this.#silent;
	}
}

function stop(stream: MediaStream | undefined): void {
	for (const track of stream?.getTracks() ?? []) track.stop();
}

import type { Log } from '#lib/core/ports.ts';
import type { SoundOutput } from '#lib/core/sound-path.ts';
import type { VoiceDevice } from './device.ts';
import { remainsOf, Call as SdkCall } from './sdk.ts';
import type { VendorError } from './translate.ts';

export interface LegEvents {
	rang(): void;
	/** Accepted, which says nothing about sound yet. */
	answered(): void;
	/** It is over, and the SDK has let go of the microphone. */
	over(how: { readonly cancelled: boolean; readonly error: VendorError | undefined }): void;
	/** The socket is gone and the SDK cannot bring the call back; it still has the microphone. */
	lost(): void;
}

/** The errors after which the SDK leaves a call without sound standing: the session could not be set up. */
const SET_UP_FAILED = [53400, 53402];

/** One call of the SDK on one Device. A call of ours changes legs when it is answered beside another one. */
export class Leg {
	readonly device: VoiceDevice;
	readonly #sdk: SdkCall;
	/** Undefined once nothing is heard of it any more. The SDK keeps a call for seconds after its end: not ours with it. */
	#events: LegEvents | undefined;
	readonly #log: Log;
	readonly #outputs: HTMLAudioElement[] = [];
	readonly #unwatch: () => void;
	#speaker: string;
	#error: VendorError | undefined;

	constructor(device: VoiceDevice, sdk: SdkCall, speaker: string, events: LegEvents, log: Log) {
		this.device = device;
		this.#sdk = sdk;
		this.#speaker = speaker;
		this.#events = events;
		this.#log = log;
		this.#unwatch = device.signalling.watch((news) => {
			if (news.type !== 'refused' || !this.#isNamed(news.callSid)) return;
			this.#error = { code: news.code };
			this.#over(false);
		});
		// What rings out there is another call on this Device, and this one would be declined, and cancelled, by its name.
		if (sdk.direction === SdkCall.CallDirection.Incoming) {
			const { _pstream: stream, _onRinging: renamed } = remainsOf(sdk);
			stream.removeListener('ringing', renamed);
		}
		this.#listen();
		// A microphone that fails at once has ended it before connect() resolved.
		if (sdk.status() === SdkCall.State.Closed) queueMicrotask(() => this.#over(false));
	}

	/** Twilio's name of the call; undefined before the gateway has given it one. */
	get sid(): string | undefined {
		return this.#sdk.parameters['CallSid'];
	}

	/**
	 * Elements that the SDK plays the far side on. It tells of them only where a speaker can be chosen (lib/twilio/rtc/
	 * peerconnection.ts), and lets go of one by taking its source.
	 */
	get outputs(): readonly SoundOutput[] | undefined {
		if (!('setSinkId' in HTMLMediaElement.prototype)) return undefined;
		return this.#outputs.filter(({ srcObject }) => srcObject).map(outputOf);
	}

	/** False when there is nothing to accept any more, which the SDK does not say. */
	accept(): boolean {
		const rings = this.#sdk.status() === SdkCall.State.Pending;
		this.#sdk.accept();
		return rings;
	}

	reject(): void {
		this.#sdk.reject();
	}

	get connectToken(): string | undefined {
		return this.#sdk.connectToken;
	}

	/** The caller rings on elsewhere, or the call goes on on another Device: nobody is told. */
	ignore(): void {
		this.#sdk.ignore();
		// The SDK keeps an ignored call in its list, and its seven listeners on the stream, until the caller gives up.
		const { calls } = this.device.sdk;
		const at = calls.indexOf(this.#sdk);
		if (at >= 0) calls.splice(at, 1);
		remainsOf(this.#sdk)._cleanupEventListeners();
	}

	hangUp(): void {
		this.#sdk.disconnect();
	}

	/** One of 0-9 * #. */
	sendDigit(digit: string): void {
		this.#sdk.sendDigits(digit);
	}

	/** A device id; '' is the system's default. */
	setSpeaker(id: string): void {
		this.#speaker = id;
		for (const output of this.#outputs) this.#route(output);
	}

	/** Nothing is heard of it any more. */
	end(): void {
		this.#events = undefined;
		this.#unwatch();
		this.#outputs.length = 0;
		// An ICE restart that the SDK has put off is not called off with the call, and throws on the closed connection.
		remainsOf(this.#sdk)._mediaReconnectBackoff.reset();
	}

	#listen(): void {
		const sdk = this.#sdk;
		sdk.on('ringing', () => this.#tell((events) => events.rang()));
		sdk.on('accept', () => this.#tell((events) => events.answered()));
		sdk.on('cancel', () => this.#over(true));
		// Some errors come before the disconnect that they explain, others right after it (SDK 2.18.5).
		sdk.on('disconnect', () => queueMicrotask(() => this.#over(false)));
		sdk.on('error', (error: VendorError) => {
			this.#log('debug', 'call error', { code: error.code });
			this.#error = error;
			if (SET_UP_FAILED.includes(Number(error.code))) queueMicrotask(() => this.#over(false));
		});
		// Not in the SDK's types. Told before the status changes: `closed` then means that it had no reconnect token, and
		// neither disconnect() nor any event will ever come of it. A ringing one is lost in any case: the SDK drops it from
		// its list without a word, and accept() does nothing.
		sdk.on('transportClose', () => {
			const rang = sdk.status() === SdkCall.State.Pending;
			queueMicrotask(() => {
				if (rang || sdk.status() === SdkCall.State.Closed) this.#tell((events) => events.lost());
			});
		});
		sdk.on('audio', (output: HTMLAudioElement) => {
			this.#outputs.push(output);
			this.#route(output);
		});
	}

	#over(cancelled: boolean): void {
		this.#tell((events) => events.over({ cancelled, error: this.#error }));
	}

	#tell(news: (events: LegEvents) => void): void {
		if (this.#events) news(this.#events);
	}

	#route(output: HTMLAudioElement): void {
		if (!('setSinkId' in output) || output.sinkId === this.#speaker) return;
		output.setSinkId(this.#speaker).catch((error: unknown) => {
			this.#log('warn', 'the speaker was not changed', { error });
		});
	}

	#isNamed(callSid: string | undefined): boolean {
		return callSid !== undefined && (callSid === this.sid || callSid === this.#sdk.outboundConnectionId);
	}
}

const outputOf = ({ muted, volume, paused }: HTMLAudioElement): SoundOutput => ({ muted, volume, paused });

import { LineError } from '#lib/core/errors.ts';
import type { CallIds } from '#lib/core/line.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { LineDeps } from '../module.ts';
import type { TwilioSettings } from './meta.ts';
import { Mixer } from './mixer.ts';
import { Device, streamClass } from './sdk.ts';
import { Signalling } from './signalling.ts';

/** The SDK's own sounds are never heard: the phone makes its sounds itself. Absent ones come from Twilio's servers. */
const SOUNDS = [
	...['incoming', 'outgoing', 'disconnect', 'dtmfs', 'dtmfh'],
	...Array.from({ length: 10 }, (_, digit) => `dtmf${String(digit)}`)
];

const SDK = `${Device.packageName} ${Device.version}`;

/** In place of the SDK's player (option `Sound`), which fetches and decodes 15 files for every Device. */
class NoSound {
	play(): Promise<void> {
		return Promise.resolve();
	}
	stop(): void {}
	setSinkIds(): void {}
}

/** One Device of the SDK, set up so that it makes no sound, asks nobody but its gateway, and says what it does. */
export class VoiceDevice {
	readonly sdk: Device;
	readonly mixer: Mixer;
	readonly signalling: Signalling;
	/** What went wrong with the microphone last: the SDK has two codes for all of it. */
	microphoneError: LineError | undefined;
	/** Gets each peer connection that the SDK makes, for the call that is on this Device. */
	onPeer: ((peer: RTCPeerConnection) => void) | undefined;
	/** The microphone is open; what hangs from here on is not the user's decision. */
	onMicrophone: (() => void) | undefined;
	/** The invite of the call to be placed waits for it (DialOptions.after). */
	inviteAfter: Promise<void> | undefined;
	/** An invite has been handed to the socket. */
	onInvite: (() => void) | undefined;
	/** The call whose sound it carries: a Device has one, and a second one would end the first. */
	carries: object | undefined;
	/** Calls that ring on it. */
	readonly rings = new Set<object>();
	#ids: CallIds = { sdk: SDK };
	#destroyed = false;

	constructor(settings: TwilioSettings, deps: LineDeps, token: Secret) {
		this.signalling = new Signalling(deps.sockets);
		this.mixer = new Mixer({
			audio: () => deps.audio(),
			openMicrophone: () => deps.openMicrophone(),
			failed: (error) => deps.log('warn', 'the microphone was not changed', { line: settings.id, error })
		});
		this.sdk = new Device(token.reveal(), this.#options(settings, deps));
		// Signalling tells it all, with raw codes; an 'error' without a listener would be thrown.
		this.sdk.on('error', (error: { code?: unknown }) => {
			deps.log('debug', 'device error', { line: settings.id, code: error.code });
		});
		this.sdk.audio?.incoming(false);
		this.sdk.audio?.outgoing(false);
		this.sdk.audio?.disconnect(false);
		// Nothing is open yet, so there is no stream to restart and nothing to wait for.
		void this.sdk.audio?.addProcessor(this.mixer);
	}

	/** True while a call would be lost with it. */
	get busy(): boolean {
		return this.carries !== undefined || this.rings.size > 0;
	}

	/** Where it is connected to, once it is, and by what. */
	get ids(): CallIds {
		const edge = this.sdk.edge ?? undefined;
		const home = this.sdk.home ?? undefined;
		// The same object for all calls of a connection: each keeps it in the history.
		if (edge !== this.#ids.edge || home !== this.#ids.home)
			this.#ids = { ...(edge ? { edge } : {}), ...(home ? { home } : {}), sdk: SDK };
		return this.#ids;
	}

	/** Hangs up what is on it and lets go of its socket. Safe to call twice. */
	destroy(): void {
		if (this.#destroyed) return;
		this.#destroyed = true;
		this.sdk.destroy();
	}

	/** After this the SDK reconnects with another token, and a connected one shows it at once. */
	updateToken(token: Secret): void {
		if (!this.#destroyed) this.sdk.updateToken(token.reveal());
	}

	#options(settings: TwilioSettings, deps: LineDeps): Device.Options {
		const report = (peer: RTCPeerConnection) => this.onPeer?.(peer);
		const { gateway } = settings;
		const plain = gateway?.startsWith('ws://') ? `${gateway}/signal` : undefined;
		const options = {
			allowIncomingWhileBusy: true,
			appName: 'Offhook',
			appVersion: deps.version,
			edge: [...settings.edges],
			enableImprovedSignalingErrorPrecision: true,
			logLevel: 'silent',
			sounds: Object.fromEntries(SOUNDS.map((name) => [name, deps.silence])),
			// The line has its own timer, and the SDK's outlives its Device.
			tokenRefreshMs: undefined,
			// The microphone of the phone's choice. The SDK is shown no list of devices: at every change of it (the first
			// permission is one) it would open the default microphone a second time and leave it open after the call.
			getUserMedia: () => this.#openMicrophone(deps),
			enumerateDevices: () => Promise.resolve([]),
			RTCPeerConnection: class extends RTCPeerConnection {
				constructor(configuration?: RTCConfiguration) {
					super(configuration);
					report(this);
				}
			},
			// Not in the SDK's types, but read by its Device (lib/twilio/device.ts).
			publishEvents: false,
			Sound: NoSound,
			PStream: streamClass(
				{ made: (stream) => this.signalling.attach(stream), invited: () => this.onInvite?.() },
				plain
			),
			...(gateway === undefined ? {} : { chunderw: gateway.replace('ws://', '') })
		};
		return options as unknown as Device.Options;
	}

	async #openMicrophone(deps: LineDeps): Promise<MediaStream> {
		this.microphoneError = undefined;
		try {
			const opening = deps.openMicrophone();
			this.mixer.warm();
			const stream = await opening;
			// The SDK makes its offer as soon as it has the microphone.
			await this.inviteAfter;
			this.onMicrophone?.();
			return stream;
		} catch (error) {
			this.microphoneError =
				error instanceof LineError ? error : new LineError('microphone.unavailable', { cause: error });
			throw error;
		}
	}
}

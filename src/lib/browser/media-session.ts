export interface ShownCall {
	/** Who it is; foreign text, which the system shows as text. */
	readonly title: string;
	readonly line: string;
	readonly muted: boolean;
}

export interface MediaCommands {
	hangUp(): void;
	toggleMute(): void;
}

/** `navigator.mediaSession` as far as it is needed; older browsers have it without the microphone. */
export type Session = Pick<MediaSession, 'setActionHandler' | 'metadata' | 'playbackState'> &
	Partial<Pick<MediaSession, 'setMicrophoneActive'>>;

/** The system's own controls (media keys, a headset's buttons, the notification of a phone) for the call that is heard. */
export class MediaControls {
	readonly #session: Session | undefined;

	/** @param session undefined where the browser has none */
	constructor(session: Session | undefined) {
		this.#session = session;
	}

	show({ title, line, muted }: ShownCall, { hangUp, toggleMute }: MediaCommands): void {
		if (!this.#session) return;
		this.#session.metadata = new MediaMetadata({ title, artist: line });
		this.#session.playbackState = 'playing';
		this.#handle('hangup', hangUp);
		this.#handle('togglemicrophone', toggleMute);
		this.#tellMicrophone(!muted);
	}

	clear(): void {
		if (!this.#session) return;
		this.#session.metadata = null;
		this.#session.playbackState = 'none';
		this.#handle('hangup', null);
		this.#handle('togglemicrophone', null);
		this.#tellMicrophone(false);
	}

	#handle(action: 'hangup' | 'togglemicrophone', handler: (() => void) | null): void {
		try {
			this.#session?.setActionHandler(action as MediaSessionAction, handler);
		} catch {
			// A browser throws for actions it does not know (Safari has no `hangup`).
		}
	}

	#tellMicrophone(active: boolean): void {
		try {
			// A promise in the specification of today, nothing in Chromium.
			const told: unknown = this.#session?.setMicrophoneActive?.(active);
			if (told instanceof Promise) told.catch(() => {});
		} catch {
			// Decoration only.
		}
	}
}

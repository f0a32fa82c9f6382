import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock, Log, PhoneSounds, SoundHardware } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, until, type Watched } from '#lib/core/watched.ts';
import type { Kiosk } from '#lib/state/kiosk-port.ts';

type Duty = Kiosk['duty']['value'];

export interface KioskDutyDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
	readonly sounds: Pick<PhoneSounds, 'blocked'>;
	readonly permission: SoundHardware['permission'];
	/** Returns the way to let go of it. Rejects with a LineError, also when `signal` aborts. */
	openMicrophone(signal: AbortSignal): Promise<() => void>;
	/** Makes the page's sound run; rejects where the browser does not let it. */
	startSound(): Promise<void>;
}

/** Browsers say whether the microphone is allowed within milliseconds, or not at all. */
const TELLS_MS = 2_000;
const OPENS_MS = 10_000;
/** Long enough for someone to find the browser's question. */
const ASKS_MS = 60_000;

/** From when on the kiosk rings and answers: as soon as the browser lets it sound. */
export class KioskDuty {
	readonly #deps: KioskDutyDeps;
	readonly #duty = new Cell<Duty>('starting');
	/** It has sounded once: from then on the browser alone stops it, and lets it go on. */
	#isAccepted = false;

	constructor(deps: KioskDutyDeps) {
		this.#deps = deps;
		deps.scope.add(deps.sounds.blocked.watch(() => this.#isAccepted && this.#judge()));
	}

	get duty(): Watched<Duty> {
		return this.#duty;
	}

	/**
	 * Without a tap, where the microphone is allowed already: browsers let a page sound while it records, and it goes on
	 * sounding then. A browser that lets the page sound by itself was set up for it, and may open the microphone by itself
	 * too, whatever it says before (Chromium's `--auto-accept-camera-and-microphone-capture`). Never rejects.
	 */
	async startAlone(): Promise<void> {
		const { clock, permission, scope } = this.#deps;
		const late = () => new LineError('microphone.unavailable');
		const told = until(permission, (is) => is !== 'unknown', scope.signal);
		await deadline(told, TELLS_MS, late, clock).catch(() => {});
		const { value } = permission;
		const isAllowed = value === 'granted' || (value !== 'denied' && (await this.#sounds()));
		if (isAllowed && (await this.#withMicrophone(OPENS_MS, () => this.#sounds()))) this.#accept();
		else this.waits();
	}

	/** Until somebody taps. */
	waits(): void {
		if (!this.#isAccepted && !this.#deps.scope.ended) this.#duty.set('waits');
	}

	/** To be called in a tap. Without a microphone it is on duty all the same: it can say what is wrong. Never rejects. */
	async go(): Promise<void> {
		// Both begin in the tap: later would be too late for the one or the other.
		const sounding = this.#sounds();
		const isSounding = await this.#withMicrophone(ASKS_MS, async () => (await sounding) || this.#sounds());
		if (isSounding || (await sounding)) this.#accept();
		else this.waits();
	}

	/** False when no microphone opens in time. */
	async #withMicrophone(ms: number, task: () => Promise<boolean>): Promise<boolean> {
		const { clock, log, scope, openMicrophone } = this.#deps;
		const giveUp = new AbortController();
		const cancel = clock.after(ms, () => giveUp.abort());
		try {
			const letGo = await openMicrophone(AbortSignal.any([scope.signal, giveUp.signal]));
			cancel();
			return await task().finally(letGo);
		} catch (error) {
			log('warn', 'the kiosk has no microphone', { error });
			return false;
		} finally {
			cancel();
		}
	}

	#sounds(): Promise<boolean> {
		return this.#deps.startSound().then(
			() => true,
			() => false
		);
	}

	#accept(): void {
		this.#isAccepted = true;
		this.#judge();
	}

	#judge(): void {
		if (!this.#deps.scope.ended) this.#duty.set(this.#deps.sounds.blocked.value ? 'waits' : 'on');
	}
}

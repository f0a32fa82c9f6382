import type { Clock } from '#lib/core/ports.ts';

/** A token is renewed between these shares of its life, so that phones which started together do not ask together. */
const EARLIEST = 0.8;
const SPREAD = 0.1;
/** A call is left alone until this long before the end, ms. */
const LAST_MINUTE_MS = 60_000;

export interface Lifetime {
	/** Both wall time in ms. */
	readonly obtainedAt: number;
	readonly expiresAt: number;
}

/**
 * When a token is renewed, wall time in ms.
 *
 * @param random from 0 up to 1, the same for one token
 */
export function renewalTime({ obtainedAt, expiresAt }: Lifetime, inCall: boolean, random: number): number {
	const usual = obtainedAt + (expiresAt - obtainedAt) * (EARLIEST + SPREAD * random);
	return inCall ? Math.max(usual, expiresAt - LAST_MINUTE_MS) : usual;
}

/** The line's own timer: the SDK's keeps ringing at the time of the token before, and trusts the gateway's figure. */
export class TokenTimer {
	readonly #clock: Clock;
	readonly #random: () => number;
	readonly #due: () => void;
	#life: (Lifetime & { readonly random: number }) | undefined;
	#inCall = false;
	#cancel: (() => void) | undefined;

	constructor(clock: Clock, random: () => number, due: () => void) {
		this.#clock = clock;
		this.#random = random;
		this.#due = due;
	}

	/** There is a token: its time begins. One that does not say when it ends is never due. */
	start(expiresAt: number | undefined): void {
		this.#life =
			expiresAt === undefined
				? undefined
				: { obtainedAt: this.#clock.now(), expiresAt, random: this.#random() };
		this.#arm();
	}

	/** A call puts the renewal off, its end brings it back. */
	setInCall(inCall: boolean): void {
		if (inCall === this.#inCall) return;
		this.#inCall = inCall;
		if (this.#cancel) this.#arm();
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		this.#life = undefined;
	}

	#arm(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		if (!this.#life) return;
		const wait = renewalTime(this.#life, this.#inCall, this.#life.random) - this.#clock.now();
		this.#cancel = this.#clock.after(Math.max(0, wait), () => {
			this.#cancel = undefined;
			this.#due();
		});
	}
}

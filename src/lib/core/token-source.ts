import { abortError } from './deadline.ts';
import type { Token, TokenSource } from './line.ts';
import type { Clock } from './ports.ts';
import type { Secret } from './secret.ts';

/** A token as an endpoint hands it out. */
export interface FreshToken {
	readonly secret: Secret;
	readonly identity?: string;
	readonly serverUrl?: string;
	/** The token's own `iat` and `exp` in ms, where it says them. */
	readonly issuedAt?: number;
	readonly expiresAt?: number;
	/** The endpoint's own wall time in ms, where it can be read. */
	readonly serverTime?: number;
}

/** A cached token is handed out until this long before its end, ms. */
const SPARE_MS = 60_000;
/** Clocks that differ by less than this agree, ms. */
const AGREEMENT_MS = 120_000;

interface Held {
	readonly token: Token;
	/** Monotonic ms, since wall time may jump. */
	readonly until: number;
}

interface Flight {
	readonly promise: Promise<Token>;
	readonly controller: AbortController;
	waiting: number;
}

/**
 * Keeps the token at hand until a minute before its end, and asks for a new one with one request at a time, which all
 * callers share and which is dropped when the last of them has gone. A token that does not say when it ends is never
 * kept.
 */
export class CachedTokens implements TokenSource {
	readonly #ask: (signal: AbortSignal) => Promise<FreshToken>;
	readonly #clock: Clock;
	#held: Held | undefined;
	#flight: Flight | undefined;
	/** The last token whose end was worked out from its lifetime; all in ms. */
	#last: { readonly issuedAt: number; readonly written: number; readonly expiresAt: number } | undefined;

	constructor(ask: (signal: AbortSignal) => Promise<FreshToken>, clock: Clock) {
		this.#ask = ask;
		this.#clock = clock;
	}

	token(signal?: AbortSignal): Promise<Token> {
		if (signal?.aborted) return Promise.reject(abortError(signal));
		const held = this.#held;
		if (held && this.#isGood(held)) return Promise.resolve(held.token);
		this.#flight ??= this.#start();
		return this.#join(this.#flight, signal);
	}

	discard(): void {
		this.#held = undefined;
		// If the same copy comes again, its written end was right after all.
		if (this.#last) this.#last = { ...this.#last, expiresAt: this.#last.written };
	}

	#isGood({ token, until }: Held): boolean {
		// Monotonic time stands still while some systems sleep, wall time does not: either may say that it is over.
		return this.#clock.monotonic() < until && this.#clock.now() < (token.expiresAt ?? 0) - SPARE_MS;
	}

	#start(): Flight {
		const controller = new AbortController();
		const promise = this.#ask(controller.signal).then((fresh) => this.#keep(fresh));
		const flight: Flight = { promise, controller, waiting: 0 };
		const land = () => {
			if (this.#flight === flight) this.#flight = undefined;
		};
		promise.then(land, land);
		return flight;
	}

	#join(flight: Flight, signal: AbortSignal | undefined): Promise<Token> {
		flight.waiting += 1;
		return new Promise((resolve, reject) => {
			const leave = () => {
				signal?.removeEventListener('abort', abort);
				flight.waiting -= 1;
			};
			const abort = () => {
				leave();
				reject(abortError(signal));
				if (flight.waiting > 0) return;
				if (this.#flight === flight) this.#flight = undefined;
				flight.controller.abort(signal?.reason);
			};
			signal?.addEventListener('abort', abort);
			flight.promise.then(
				(token) => {
					leave();
					resolve(token);
				},
				(error: Error) => {
					leave();
					reject(error);
				}
			);
		});
	}

	#keep({ issuedAt, serverTime, expiresAt: written, ...fresh }: FreshToken): Token {
		if (written === undefined) return fresh;
		const expiresAt = this.#expiry(written, issuedAt, serverTime);
		const token: Token = { ...fresh, expiresAt };
		const left = expiresAt - this.#clock.now() - SPARE_MS;
		this.#held = left > 0 ? { token, until: this.#clock.monotonic() + left } : undefined;
		return token;
	}

	/**
	 * When the token ends, in this device's wall time, which may be wrong. Whose clock is right is told by, in this order:
	 *
	 * 1. the endpoint's `Date`, where the page may read it (same origin, or exposed);
	 * 2. `iat` and `exp` around now: the clocks agree, or the endpoint keeps its tokens for a while; `exp` counts;
	 * 3. `iat` in the future or `exp` in the past: a token is taken to be made for this very request, so it lasts
	 *    `exp - iat` from now. An endpoint that hands out the same stale copy again does not get this grace twice.
	 */
	#expiry(written: number, issuedAt: number | undefined, serverTime: number | undefined): number {
		const now = this.#clock.now();
		if (serverTime !== undefined) {
			return Math.abs(serverTime - now) > AGREEMENT_MS ? written - (serverTime - now) : written;
		}
		if (issuedAt === undefined || issuedAt >= written) return written;
		if (issuedAt <= now + AGREEMENT_MS && written > now) return written;
		if (this.#last?.issuedAt === issuedAt) return this.#last.expiresAt;
		const expiresAt = now + (written - issuedAt);
		this.#last = { issuedAt, written, expiresAt };
		return expiresAt;
	}
}

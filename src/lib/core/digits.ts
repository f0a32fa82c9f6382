import { LineError } from './errors.ts';
import type { Clock } from './ports.ts';

/**
 * Twilio's SDK asks for a tone of 160 ms and a gap of 70 ms (its call.ts), and Chromium needs 300 ms on the wire for that
 * (measured): of digits that come faster than it sends them it loses one. A bridge from a room to a telephone plays each
 * for 250 ms.
 */
const DIGIT_MS = 400;
const PAUSE_MS = 500;

interface Wish {
	readonly digits: string[];
	resolve(): void;
	reject(error: LineError): void;
}

/** Digits of one call, one at a time and never too fast, however many were asked for at once. */
export class DigitQueue {
	readonly #clock: Clock;
	readonly #send: (digit: string) => void;
	readonly #wishes: Wish[] = [];
	#cancel: (() => void) | undefined;
	#closed = false;

	/** @param send sends one of 0-9 * #; what it throws is what the wish is rejected with */
	constructor(clock: Clock, send: (digit: string) => void) {
		this.#clock = clock;
		this.#send = send;
	}

	/** Resolves when all have been sent, each at its length. Rejects at once for what is no digit. */
	push(digits: string): Promise<void> {
		if (/[^0-9*#w]/.test(digits)) {
			return Promise.reject(new LineError('address.invalid', { facts: { allowed: '0-9 * # w' } }));
		}
		if (this.#closed) return Promise.reject(new LineError('command.not-now'));
		return new Promise((resolve, reject) => {
			this.#wishes.push({ digits: [...digits], resolve, reject });
			if (!this.#cancel) this.#next();
		});
	}

	/** Digits that still wait are not sent any more; their wishes reject. */
	close(): void {
		this.#closed = true;
		this.#cancel?.();
		for (const wish of this.#wishes.splice(0)) wish.reject(new LineError('command.not-now'));
	}

	#next(): void {
		this.#cancel = undefined;
		const [wish] = this.#wishes;
		if (!wish) return;
		const digit = wish.digits.shift();
		if (digit === undefined) {
			this.#wishes.shift();
			wish.resolve();
			return this.#next();
		}
		if (digit !== 'w') {
			try {
				this.#send(digit);
			} catch (error) {
				this.#wishes.shift();
				wish.reject(error instanceof LineError ? error : new LineError('command.not-now', { cause: error }));
				return this.#next();
			}
		}
		this.#cancel = this.#clock.after(digit === 'w' ? PAUSE_MS : DIGIT_MS, () => this.#next());
	}
}

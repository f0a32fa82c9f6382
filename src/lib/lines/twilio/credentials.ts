import { LineError } from '#lib/core/errors.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import type { TokenSource } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Secret } from '#lib/core/secret.ts';
import { canDialOut, canReceive, judgeTwilioToken } from './token-claims.ts';

/** A token that can be good: what is wrong with others is known before Twilio is asked. */
export interface Credential {
	readonly secret: Secret;
	/** Wall time in ms. */
	readonly expiresAt: number | undefined;
	readonly dialsOut: boolean;
	readonly receives: boolean;
}

/** The line's tokens, judged. */
export class Credentials {
	readonly #source: TokenSource;
	readonly #clock: Clock;
	#renewal: Promise<Credential> | undefined;

	constructor(source: TokenSource, clock: Clock) {
		this.#source = source;
		this.#clock = clock;
	}

	/** Good for the next minute at least, if the endpoint makes such. Rejects with a LineError. */
	async get(signal?: AbortSignal): Promise<Credential> {
		const { secret, expiresAt } = await this.#source.token(signal);
		const claims = decodeClaims(secret.reveal());
		const fault = judgeTwilioToken(claims, this.#clock.now(), expiresAt);
		if (fault) throw fault;
		if (!claims.ok) throw new LineError('twilio-token.malformed');
		return { secret, expiresAt, dialsOut: canDialOut(claims.value), receives: canReceive(claims.value) };
	}

	/** Another one than the last, with one request however many ask. */
	renew(): Promise<Credential> {
		this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
		return this.#renewal;
	}

	/** The last one was refused. */
	discard(): void {
		this.#source.discard();
	}

	#renew(): Promise<Credential> {
		this.#source.discard();
		return this.get();
	}
}

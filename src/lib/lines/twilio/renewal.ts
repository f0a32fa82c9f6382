import { backoff } from '#lib/core/backoff.ts';
import { asLineError, type LineError } from '#lib/core/errors.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Credential, Credentials } from './credentials.ts';
import type { VoiceDevice } from './device.ts';
import { TokenTimer } from './token-timer.ts';
import { remedyFor } from './translate.ts';

interface RenewalDeps {
	readonly line: string;
	readonly clock: Clock;
	readonly log: Log;
	readonly credentials: Credentials;
	random(): number;
	/** All that are open now. */
	devices(): Iterable<VoiceDevice>;
	/** There is no token for the Devices that are open, and waiting will not bring one. */
	failed(error: LineError): void;
}

/** Gives open Devices a new token in time: by the timer, after a drop in a call, or when the gateway refuses the last. */
export class Renewal {
	readonly #deps: RenewalDeps;
	readonly #timer: TokenTimer;
	#current: Credential | undefined;
	#failures = 0;
	#refused = false;
	#cancel: (() => void) | undefined;
	#stopped = false;

	constructor(deps: RenewalDeps) {
		this.#deps = deps;
		this.#timer = new TokenTimer(deps.clock, deps.random, () => void this.#renew());
	}

	/** A Device was made with it. */
	adopt(credential: Credential): void {
		if (this.#current?.secret === credential.secret) return;
		this.#current = credential;
		this.#failures = 0;
		this.#cancel?.();
		this.#timer.start(credential.expiresAt);
	}

	setInCall(inCall: boolean): void {
		this.#timer.setInCall(inCall);
	}

	/** The gateway has taken a token. */
	accepted(): void {
		this.#refused = false;
	}

	/** The SDK reconnects a call with the token that it has, which may have ended in the meantime. */
	async dropped(): Promise<void> {
		try {
			this.#handOut(await this.#deps.credentials.get());
		} catch (error) {
			this.#failed(asLineError(error, 'app.unexpected'));
		}
	}

	/** The gateway has refused the token of a Device with a call: one other is tried. */
	async refused(error: LineError): Promise<void> {
		if (this.#refused) return this.#deps.failed(error);
		this.#refused = true;
		await this.#renew();
	}

	stop(): void {
		this.#stopped = true;
		this.#timer.stop();
		this.#cancel?.();
	}

	async #renew(): Promise<void> {
		try {
			this.#handOut(await this.#deps.credentials.renew());
		} catch (error) {
			this.#failed(asLineError(error, 'app.unexpected'));
		}
	}

	#handOut(credential: Credential): void {
		if (this.#stopped || this.#current?.secret === credential.secret) return;
		this.adopt(credential);
		for (const device of this.#deps.devices()) device.updateToken(credential.secret);
	}

	/** The token at hand goes on until its end; then it matters why there is no other. */
	#failed(error: LineError): void {
		if (this.#stopped) return;
		const { clock, log, line } = this.#deps;
		log('warn', 'no new token', { line, error });
		const left = (this.#current?.expiresAt ?? Infinity) - clock.now();
		const hopeless = remedyFor(error) === 'stop';
		if (hopeless && left <= 0) return this.#deps.failed(error);
		const wait = hopeless ? left : backoff(++this.#failures, this.#deps.random);
		this.#cancel?.();
		if (Number.isFinite(wait)) this.#cancel = clock.after(wait, () => void this.#renew());
	}
}

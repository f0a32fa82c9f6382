import { backoff } from '#lib/core/backoff.ts';
import { asLineError, LineError } from '#lib/core/errors.ts';
import type { LineEvent } from '#lib/core/line-state.ts';
import { Scope } from '#lib/core/scope.ts';
import type { LineDeps } from '../module.ts';
import type { Credential } from './credentials.ts';
import { VoiceDevice } from './device.ts';
import type { TwilioSettings } from './meta.ts';
import { register } from './register.ts';
import { Device, type Call as SdkCall } from './sdk.ts';
import type { SignallingNews } from './signalling.ts';
import { StormGuard } from './storm-guard.ts';
import { gatewayError, remedyFor } from './translate.ts';

/** A registration that stood this long has proved itself, ms: what came before it is forgotten. */
const PROVEN_MS = 10_000;

interface RegistrationDeps {
	readonly settings: TwilioSettings;
	readonly line: LineDeps;
	random(): number;
	credential(signal: AbortSignal): Promise<Credential>;
	discard(): void;
	say(event: LineEvent): void;
	rang(device: VoiceDevice, call: SdkCall): void;
	/** For a Device that must stay as it is, since a call is on it. */
	readonly inCall: { dropped(): void; accepted(): void; refused(error: LineError): void };
}

/**
 * The one Device that is registered. The SDK's own word for it is never believed, and it never reconnects by itself
 * outside a call: whatever goes wrong, the Device is thrown away and another one made after a back-off of ours. While a
 * call is on it, it is left alone, since only the SDK can bring the call back; what was due is done when the call ends.
 */
export class Registration {
	readonly #deps: RegistrationDeps;
	readonly #guard = new StormGuard();
	#attempt = new Scope();
	#device: VoiceDevice | undefined;
	#ready = false;
	#readyAt = 0;
	#failures = 0;
	#cuts = 0;
	#renewed = false;
	#overdue = false;
	#gaveUp = false;

	constructor(deps: RegistrationDeps) {
		this.#deps = deps;
	}

	get device(): VoiceDevice | undefined {
		return this.#device;
	}

	/** Registered, and without a call that lives or rings: what the next call goes over. */
	get free(): VoiceDevice | undefined {
		return this.#ready && this.#device && !this.#device.busy ? this.#device : undefined;
	}

	/** From scratch, as soon as no call is on it. */
	restart(): void {
		this.#gaveUp = false;
		if (this.#device?.busy) {
			this.#overdue = true;
			this.#deps.inCall.dropped();
			if (this.#ready) this.#say({ type: 'ready', receiving: true });
			return;
		}
		if (this.#ready && this.#device) this.#say({ type: 'lost', because: interrupted() });
		this.#begin(0);
	}

	/** A call has left its Device. */
	left(device: VoiceDevice): void {
		if (device !== this.#device || device.busy) return;
		if (this.#gaveUp) this.close();
		else if (this.#overdue || !this.#ready) this.restart();
	}

	/** The gateway has not answered to a call on this Device, so nothing is known of it. */
	doubt(device: VoiceDevice): void {
		if (device === this.#device) this.#overdue = true;
	}

	/** It cannot go on, and waiting does not help. A call that lives is left alone. */
	fail(error: LineError): void {
		this.#gaveUp = true;
		// Whoever tries again wants another token than the one that was no good.
		this.#deps.discard();
		if (!this.#device?.busy) this.close();
		this.#say({ type: 'failed', because: error });
	}

	close(): void {
		this.#attempt.end();
		this.#drop();
	}

	#begin(delay: number): void {
		this.#attempt.end();
		this.#drop();
		this.#overdue = false;
		const attempt = new Scope();
		this.#attempt = attempt;
		attempt.add(this.#deps.line.clock.after(this.#wait(delay), () => void this.#try(attempt)));
	}

	/** ms; the storm guard may make it longer. */
	#wait(delay: number): number {
		return Math.max(delay, this.#guard.wait(this.#deps.line.clock.monotonic()));
	}

	async #try(attempt: Scope): Promise<void> {
		const { line, settings, say, rang } = this.#deps;
		try {
			const credential = await this.#deps.credential(attempt.signal);
			if (attempt.ended) return;
			// Nothing to register for. The socket is opened by the first call: to open one now could only prove that it
			// could be opened now.
			if (!settings.incoming || !credential.receives)
				return this.#stands(() => say({ type: 'ready', receiving: false }));
			const began = line.clock.monotonic();
			const device = new VoiceDevice(settings, line, credential.secret);
			this.#device = device;
			device.sdk.on('incoming', (call: SdkCall) => rang(device, call));
			try {
				await register(device, settings.edges.length, line.clock, attempt.signal);
			} finally {
				// Without a network nothing reaches the gateway: its return must not find us waiting for the gateway's sake.
				if (device.signalling.opened) this.#guard.attempted(began);
			}
			if (attempt.ended) return;
			attempt.add(
				device.signalling.watch((news) =>
					// The SDK is in the middle of telling it to its own listeners.
					queueMicrotask(() => {
						if (!attempt.ended) this.#heard(device, news);
					})
				)
			);
			this.#stands(() => say({ type: 'ready', receiving: true }));
		} catch (error) {
			if (!attempt.ended) this.#failed(asLineError(error, 'app.unexpected'));
		}
	}

	#stands(say: () => void): void {
		// The SDK registers again every 30 s on a socket that is registered: that is no new beginning.
		if (!this.#ready) this.#readyAt = this.#deps.line.clock.monotonic();
		this.#ready = true;
		this.#renewed = false;
		say();
	}

	#heard(device: VoiceDevice, news: SignallingNews): void {
		const { inCall } = this.#deps;
		switch (news.type) {
			case 'connected':
				inCall.accepted();
				// The SDK forgets that it was registered when a socket opens and is cut before this.
				if (device.sdk.state === Device.State.Unregistered) device.sdk.register().catch(() => {});
				return;
			case 'ready':
				return this.#stands(() => this.#say({ type: 'ready', receiving: true }));
			case 'lost':
			case 'dismissed':
				this.#falls();
				if (!device.busy) return this.#failed(interrupted());
				this.#say({ type: 'lost', because: interrupted() });
				if (news.type === 'lost') inCall.dropped();
				else this.#overdue = true;
				return;
			case 'refused': {
				if (news.callSid !== undefined) return;
				const error = gatewayError(news.code);
				if (!device.busy) return this.#failed(error);
				if (remedyFor(error) === 'renew') inCall.refused(error);
			}
		}
	}

	#failed(error: LineError): void {
		this.#falls();
		const remedy = remedyFor(error);
		if (remedy === 'stop' || (remedy === 'renew' && this.#renewed)) {
			return this.fail(error);
		}
		if (remedy === 'renew') {
			this.#renewed = true;
			this.#deps.discard();
			return this.#begin(0);
		}
		this.#failures++;
		if (error.fault === 'twilio-signalling.interrupted') this.#cuts++;
		const unstable = this.#cuts > 1 && error.fault === 'twilio-signalling.interrupted';
		const asked = Number(error.facts['retryAfterSeconds'] ?? 0) * 1000;
		const delay = Math.max(
			asked,
			backoff(this.#failures, () => this.#deps.random())
		);
		this.#say({
			type: 'lost',
			because: unstable ? new LineError('twilio-signalling.unstable') : error,
			nextTryAt: this.#deps.line.clock.now() + this.#wait(delay)
		});
		this.#begin(delay);
	}

	#falls(): void {
		if (!this.#ready) return;
		this.#ready = false;
		if (this.#deps.line.clock.monotonic() - this.#readyAt < PROVEN_MS) return;
		this.#failures = 0;
		this.#cuts = 0;
	}

	#say(event: LineEvent): void {
		this.#deps.say(event);
	}

	#drop(): void {
		this.#falls();
		const device = this.#device;
		this.#device = undefined;
		device?.destroy();
	}
}

const interrupted = () => new LineError('twilio-signalling.interrupted');

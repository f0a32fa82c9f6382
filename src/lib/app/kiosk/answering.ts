import { matchesGlob } from '#lib/core/dialling.ts';
import type { Call } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Log, PhoneSounds } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { Kiosk } from '#lib/state/kiosk-port.ts';

export interface KioskAnsweringDeps {
	readonly phone: Pick<Phone, 'calls' | 'answer'>;
	readonly sounds: Pick<PhoneSounds, 'ring'>;
	readonly duty: Kiosk['duty'];
	/** Callers that are answered without a tap, as config.json has them now. */
	callers(): readonly string[];
	/** Resolves at its end with whether it was heard. Never rejects; stops when `signal` aborts. */
	chime(signal: AbortSignal): Promise<boolean>;
	readonly log: Log;
	readonly scope: Scope;
}

/**
 * Answers the callers that may be answered without a tap, while nobody else calls: first the chime, then the microphone. Where
 * the chime cannot be heard, the call rings on; a caller is tried once.
 */
export class KioskAnswering {
	readonly #deps: KioskAnsweringDeps;
	readonly #answering = new Cell<Call | undefined>(undefined);
	readonly #tried = new WeakSet<Call>();

	constructor(deps: KioskAnsweringDeps) {
		this.#deps = deps;
		deps.scope.add(deps.phone.calls.watch(() => this.#judge()));
		deps.scope.add(deps.duty.watch(() => this.#judge()));
		this.#judge();
	}

	get answering(): Watched<Call | undefined> {
		return this.#answering;
	}

	#judge(): void {
		const { phone, duty, callers, scope } = this.#deps;
		const [call, ...others] = phone.calls.value;
		if (!call || others.length > 0 || this.#answering.value || this.#tried.has(call)) return;
		if (duty.value !== 'on' || scope.ended || !waits(call)) return;
		const { address } = call.party.value;
		if (!callers().some((glob) => matchesGlob(address, glob))) return;
		this.#tried.add(call);
		void this.#answer(call);
	}

	async #answer(call: Call): Promise<void> {
		const { phone, sounds, chime, log, scope } = this.#deps;
		const attempt = scope.child();
		const isAlone = () => phone.calls.value.every((other) => other === call || waits(other));
		// Someone has answered or declined it, the caller has given up, or a call was made meanwhile.
		const look = () => void ((waits(call) && isAlone()) || attempt.end());
		attempt.add(call.state.watch(look));
		attempt.add(phone.calls.watch(look));
		this.#answering.set(call);
		// After whoever makes the ring heard has been told of the call.
		queueMicrotask(() => this.#answering.value === call && sounds.ring(false));
		const isHeard = await chime(attempt.signal);
		const goesOn = !attempt.ended;
		attempt.end();
		try {
			if (goesOn && isHeard) await phone.answer(call);
		} catch (error) {
			log('warn', 'a caller was not answered', { call: call.id, error });
		}
		this.#answering.set(undefined);
		if (scope.ended) return;
		if (waits(call) && isAlone()) sounds.ring(true);
		this.#judge();
	}
}

const waits = (call: Call): boolean => call.direction === 'in' && call.state.value.phase === 'ringing';

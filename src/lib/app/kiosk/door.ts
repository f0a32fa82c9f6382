import type { KeptValue } from '#lib/browser/kept-value.ts';
import { fitsPin, readPinHash } from '#lib/browser/pin.ts';
import {
	afterWrong,
	NO_TRIES,
	readPinTries,
	stricter,
	triesLeft,
	waitLeft,
	type PinTries
} from '#lib/core/pin-tries.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { KioskExit } from '#lib/state/kiosk-port.ts';

export interface KioskExitDeps {
	/** As config.json has it now. Where no PIN can fit it, there is no way out. */
	pinHash(): string | undefined;
	readonly kept: KeptValue;
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
}

/** The one way out of the kiosk: a PIN, and waits after wrong ones. */
export class KioskDoor {
	readonly #deps: KioskExitDeps;
	readonly #exit: Cell<KioskExit>;
	#tries: PinTries = NO_TRIES;
	/** Monotonic: a clock that is set forward while this page lives does not shorten the wait. */
	#waitsUntil = 0;
	#trying: Promise<unknown> = Promise.resolve();
	#cancel = () => {};

	constructor(deps: KioskExitDeps) {
		this.#deps = deps;
		this.#recall();
		this.#exit = new Cell<KioskExit>(this.#shut());
		deps.scope.add(() => this.#cancel());
		this.#show(this.#exit.value);
	}

	get exit(): Watched<KioskExit> {
		return this.#exit;
	}

	/** One after another. A try counts before it is judged: who reloads meanwhile has tried. */
	try(pin: string): Promise<'right' | 'wrong' | 'later'> {
		const judged = this.#trying.then(() => this.#try(pin));
		this.#trying = judged.catch(() => {});
		return judged;
	}

	/** The door is shut again; also to be called when the PIN's hash may have changed. */
	close(): void {
		this.#show(this.#shut());
	}

	/** What was stored of the tries has been changed elsewhere: fewer than were made here are not believed, and put right. */
	restore(): void {
		this.#recall();
		const { kept } = this.#deps;
		if (this.#tries.wrong > 0 && stricter(readPinTries(kept.read()), this.#tries) === this.#tries)
			kept.write(this.#tries);
		if (this.#exit.value.kind !== 'open') this.close();
	}

	async #try(pin: string): Promise<'right' | 'wrong' | 'later'> {
		const { clock, log, pinHash } = this.#deps;
		this.#recall();
		const shut = this.#shut();
		if (shut.kind !== 'shut') {
			if (this.#exit.value.kind !== 'open') this.#show(shut);
			return shut.kind === 'later' ? 'later' : 'wrong';
		}
		const hash = readPinHash(pinHash() ?? '');
		const before = this.#tries;
		this.#keep(afterWrong(before, clock.now()));
		let fits = false;
		try {
			fits = hash !== undefined && (await fitsPin(pin, hash, clock));
		} catch (error) {
			// It was not judged, and may be tried again.
			log('error', 'the PIN could not be checked', { error });
			this.#keep(before);
		}
		if (fits) this.#keep(NO_TRIES);
		this.#show(fits ? { kind: 'open' } : this.#shut());
		return fits ? 'right' : 'wrong';
	}

	#keep(tries: PinTries): void {
		const { kept, clock } = this.#deps;
		this.#tries = tries;
		this.#waitsUntil = clock.monotonic() + waitLeft(tries, clock.now());
		kept.write(tries.wrong === 0 ? undefined : tries);
	}

	/** Another tab may have counted meanwhile, and what somebody has cleared is known here. */
	#recall(): void {
		const stored = stricter(this.#tries, readPinTries(this.#deps.kept.read()));
		if (stored === this.#tries) return;
		this.#tries = stored;
		const { clock } = this.#deps;
		this.#waitsUntil = clock.monotonic() + waitLeft(stored, clock.now());
	}

	#shut(): KioskExit {
		const { clock, pinHash } = this.#deps;
		if (!readPinHash(pinHash() ?? '')) return { kind: 'none' };
		const left = this.#waitsUntil - clock.monotonic();
		return left > 0
			? { kind: 'later', until: clock.now() + left }
			: { kind: 'shut', triesLeft: triesLeft(this.#tries) };
	}

	#show(exit: KioskExit): void {
		this.#cancel();
		this.#exit.set(exit);
		if (exit.kind === 'later')
			this.#cancel = this.#deps.clock.after(this.#waitsUntil - this.#deps.clock.monotonic(), () =>
				this.close()
			);
	}
}

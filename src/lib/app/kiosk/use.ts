import { useOf, type Use } from '#lib/core/idle-reset.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface KioskUseDeps {
	readonly phone: Pick<Phone, 'calls'>;
	readonly clock: Clock;
	readonly scope: Scope;
	resetMs(): number;
}

/** Whether somebody is at the kiosk: who has touched it of late, or is in a call. */
export class KioskUse {
	readonly #deps: KioskUseDeps;
	readonly #use = new Cell<Use>('nobody');
	#touchedAt: number | undefined;
	#cancel = () => {};

	constructor(deps: KioskUseDeps) {
		this.#deps = deps;
		const { phone, scope } = deps;
		let wasInCall = phone.calls.value.length > 0;
		const follow = () => {
			const inCall = phone.calls.value.length > 0;
			if (wasInCall && !inCall) this.#touchedAt = deps.clock.monotonic();
			wasInCall = inCall;
			this.#judge();
		};
		scope.add(phone.calls.watch(follow));
		scope.add(() => this.#cancel());
		this.#judge();
	}

	get use(): Watched<Use> {
		return this.#use;
	}

	touched(): void {
		if (this.#deps.scope.ended) return;
		this.#touchedAt = this.#deps.clock.monotonic();
		this.#judge();
	}

	#judge(): void {
		const { clock, phone, resetMs } = this.#deps;
		this.#cancel();
		const facts = { touchedAt: this.#touchedAt, now: clock.monotonic(), resetMs: resetMs() };
		const { use, changesInMs } = useOf({ ...facts, inCall: phone.calls.value.length > 0 });
		if (changesInMs !== undefined) this.#cancel = clock.after(changesInMs, () => this.#judge());
		this.#use.set(use);
	}
}

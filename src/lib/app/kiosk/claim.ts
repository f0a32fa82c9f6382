import type { Clock, Log, PhoneOwner } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface KioskClaimDeps {
	readonly owner: PhoneOwner;
	/** Undefined where the browser has none: every tab then has a phone of its own. */
	readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
	/** Of the locks; they carry the base path. `phone` is the owner's, `inCall` that of every tab with a call (Leader). */
	readonly names: Readonly<Record<'phone' | 'inCall' | 'kiosk', string>>;
	readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
}

/** From the loss of the phone until it is taken back, and between two looks: tabs that fight for it do not do so without a pause. */
const LOOKS_MS = 5_000;

/**
 * A kiosk that can be seen has the phone: it takes it from an ordinary tab that was left open, after the call that may be
 * going on there. From another kiosk it takes it only when it comes into sight or is touched: the last of them has it.
 */
export class KioskClaim {
	readonly #deps: KioskClaimDeps;
	/** It has come into sight, or somebody is there, and it has not had the phone since. */
	#isNew = true;
	#looks = 0;
	#cancel = () => {};

	constructor(deps: KioskClaimDeps) {
		this.#deps = deps;
		const { owner, locks, document, scope } = deps;
		if (!locks) return;
		this.#holdLock(locks);
		scope.on(document, 'visibilitychange', () => this.#comes());
		scope.add(owner.ownership.watch(() => this.#follow()));
		scope.add(owner.busyElsewhere.watch((busy) => !busy && void this.#look()));
		scope.add(() => this.#cancel());
		this.#follow();
	}

	touched(): void {
		this.#comes();
	}

	/** Tells other kiosks that this tab is one. */
	#holdLock(locks: NonNullable<KioskClaimDeps['locks']>): void {
		const { names, scope, log } = this.#deps;
		const held = new Promise<void>((resolve) => void scope.add(resolve));
		const failed = (error: unknown) => log('debug', 'no lock for a kiosk', { error });
		try {
			locks.request(names.kiosk, { mode: 'shared' }, () => held).catch(failed);
		} catch (error) {
			failed(error);
		}
	}

	#isWanted(): boolean {
		const { owner, document, scope } = this.#deps;
		return owner.ownership.value === 'elsewhere' && document.visibilityState === 'visible' && !scope.ended;
	}

	#comes(): void {
		if (!this.#isWanted()) return;
		this.#isNew = true;
		void this.#look();
	}

	#follow(): void {
		if (this.#deps.owner.ownership.value === 'here') this.#isNew = false;
		if (this.#isNew) void this.#look();
		else this.#wait();
	}

	#wait(): void {
		this.#cancel();
		if (this.#isWanted()) this.#cancel = this.#deps.clock.after(LOOKS_MS, () => void this.#look());
	}

	async #look(): Promise<void> {
		this.#wait();
		const { owner, locks, names, log } = this.#deps;
		const look = ++this.#looks;
		if (!locks || !this.#isWanted()) return;
		try {
			const { held = [] } = await locks.query();
			if (look !== this.#looks || !this.#isWanted() || held.some(({ name }) => name === names.inCall)) return;
			const has = held.find(({ name }) => name === names.phone)?.clientId;
			const isKiosk = held.some(({ name, clientId }) => name === names.kiosk && clientId === has);
			if (isKiosk && !this.#isNew) return;
			log('info', 'the kiosk takes the phone from another tab');
			owner.takeOver();
		} catch (error) {
			log('debug', 'the kiosk could not look who has the phone', { error });
		}
	}
}

import type { Log, Ownership, PhoneOwner } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

/** The part of `navigator.locks` that is needed. */
export type Locks = Pick<LockManager, 'request'>;

/** The part of a BroadcastChannel that is needed. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface LeaderDeps {
	/** Of the lock; carries the base path. */
	readonly name: string;
	/** Of the lock that every tab with a call shares: it tells of a call also where the page is frozen and cannot say so. */
	readonly inCall: string;
	/** Undefined where the browser has no locks: every tab then has a phone of its own. */
	readonly locks: Locks | undefined;
	/** Undefined where the browser has none: nobody then knows of calls in other tabs. */
	readonly channel: Channel | undefined;
	readonly log: Log;
	readonly scope: Scope;
}

/** What tabs say to each other. Foreign input: any page of this origin can speak on the channel. */
export type Word = 'busy' | 'idle' | 'is-anyone-busy';

interface Claim {
	letGo(): void;
	/** Stops the waiting for the lock; a held lock is let go by `letGo`. */
	readonly controller: AbortController;
}

/**
 * One tab has the phone: the one that holds the Web Lock. The others wait in a queue, so that the next one takes over when
 * the owner goes away, however it goes. Only a user takes the phone from an owner that lives ({@link takeOver}); from one
 * that answers no more, challenge.ts does. A held lock also keeps Chromium on the desktop from freezing the page.
 */
export class Leader implements PhoneOwner {
	readonly #deps: LeaderDeps;
	readonly #ownership = new Cell<Ownership>('nobody');
	readonly #busyElsewhere = new Cell(false);
	#claim: Claim | undefined;
	#busy = false;
	/** Lets the lock of the calls go. */
	#callEnds: (() => void) | undefined;

	/** Nothing is asked for before {@link acquire}. */
	constructor(deps: LeaderDeps) {
		this.#deps = deps;
		deps.channel?.addEventListener('message', ({ data }) => this.#hear(data), { signal: deps.scope.signal });
		deps.scope.add(() => {
			this.release();
			deps.channel?.close();
		});
	}

	get ownership(): Watched<Ownership> {
		return this.#ownership;
	}

	get busyElsewhere(): Watched<boolean> {
		return this.#busyElsewhere;
	}

	/** Asks for the phone, and waits for it where another tab has it. Does nothing while it has or waits already. */
	acquire(): void {
		if (this.#claim || this.#deps.scope.ended) return;
		this.#request({ ifAvailable: true });
	}

	/** Lets the phone go, and waits for it no more. */
	release(): void {
		this.setBusy(false);
		const claim = this.#claim;
		this.#claim = undefined;
		this.#is('nobody');
		claim?.controller.abort();
		claim?.letGo();
	}

	takeOver(): void {
		if (this.#ownership.value !== 'elsewhere') return;
		this.#claim?.controller.abort();
		this.#request({ steal: true });
	}

	/** The owner says whether it is in a call, so that the other tabs can warn before they take the phone. */
	setBusy(busy: boolean): void {
		if (busy === this.#busy) return;
		this.#busy = busy;
		if (this.#ownership.value === 'here') this.#say(busy ? 'busy' : 'idle');
		this.#callEnds?.();
		this.#callEnds = undefined;
		if (busy) this.#holdCallLock();
	}

	#holdCallLock(): void {
		const { locks, inCall, log } = this.#deps;
		const held = new Promise<void>((resolve) => (this.#callEnds = resolve));
		const failed = (error: unknown) => log('debug', 'no lock for a call', { error });
		try {
			locks?.request(inCall, { mode: 'shared' }, () => held).catch(failed);
		} catch (error) {
			failed(error);
		}
	}

	#request(options: LockOptions): void {
		const { locks, name, log } = this.#deps;
		if (!locks) {
			this.#claim = { letGo: () => {}, controller: new AbortController() };
			return this.#is('here');
		}
		const controller = new AbortController();
		let letGo = () => {};
		const held = new Promise<void>((resolve) => (letGo = resolve));
		const claim: Claim = { letGo, controller };
		this.#claim = claim;
		const granted = (lock: Lock | null): Promise<void> | undefined => {
			if (this.#claim !== claim) return undefined;
			if (lock) {
				this.#is('here');
				return held;
			}
			this.#waitForIt();
			return undefined;
		};
		const failed = (error: unknown) => {
			if (this.#claim !== claim) return;
			if (isAbort(error)) {
				log('info', 'another tab has taken the phone');
				this.#waitForIt();
				return;
			}
			// Locks are refused on this page (an opaque origin, for one): a phone in each tab is better than none.
			log('warn', 'no lock to be had', { error });
			this.#is('here');
		};
		// A signal goes with neither `ifAvailable` nor `steal`.
		const waits = !options.ifAvailable && !options.steal;
		try {
			const settled = locks.request(name, waits ? { signal: controller.signal } : options, granted);
			settled.catch(failed);
		} catch (error) {
			failed(error);
		}
	}

	#waitForIt(): void {
		this.#is('elsewhere');
		this.#request({});
		this.#say('is-anyone-busy');
	}

	#is(ownership: Ownership): void {
		if (ownership !== 'elsewhere') this.#busyElsewhere.set(false);
		this.#ownership.set(ownership);
		if (ownership === 'here') this.#say(this.#busy ? 'busy' : 'idle');
	}

	#hear(word: unknown): void {
		if (this.#ownership.value === 'here') {
			if (word === ('is-anyone-busy' satisfies Word)) this.#say(this.#busy ? 'busy' : 'idle');
		} else if (this.#ownership.value === 'elsewhere') {
			if (word === ('busy' satisfies Word)) this.#busyElsewhere.set(true);
			if (word === ('idle' satisfies Word)) this.#busyElsewhere.set(false);
		}
	}

	#say(word: Word): void {
		try {
			this.#deps.channel?.postMessage(word);
		} catch {
			// The channel is closed: this tab is going away.
		}
	}
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

/** A `securitypolicyviolation`, without what an address could hide in its query. */
export interface SeenViolation {
	/** Wall time, ms. */
	readonly at: number;
	readonly blocked: string;
	/** The effective directive. */
	readonly directive: string;
	readonly disposition: 'enforce' | 'report';
}

export interface PageWitnessDeps {
	readonly clock: Clock;
	readonly document: EventTarget;
	readonly window: EventTarget;
	readonly scope: Scope;
}

const MOST_VIOLATIONS = 50;
const MOST_CHANGES = 20;

/** What has happened to this page since it was loaded and can be asked of nobody afterwards. */
export class PageWitness {
	readonly #clock: Clock;
	readonly #startedAt: number;
	#violations: readonly SeenViolation[] = [];
	#network: readonly { readonly at: number; readonly online: boolean }[] = [];
	#socketFailures = 0;

	constructor({ clock, document, window, scope }: PageWitnessDeps) {
		this.#clock = clock;
		this.#startedAt = clock.monotonic();
		scope.on(document, 'securitypolicyviolation', (event) => {
			const { blockedURI, effectiveDirective, disposition } = event as SecurityPolicyViolationEvent;
			const blocked = blockedURI.replace(/[?#].*$/s, '').slice(0, 200);
			const seen = { at: clock.now(), blocked, directive: effectiveDirective, disposition };
			this.#violations = [...this.#violations, seen].slice(-MOST_VIOLATIONS);
		});
		for (const online of [true, false]) {
			scope.on(window, online ? 'online' : 'offline', () => {
				this.#network = [...this.#network, { at: clock.now(), online }].slice(-MOST_CHANGES);
			});
		}
	}

	/** Newest last, at most 50. */
	get violations(): readonly SeenViolation[] {
		return this.#violations;
	}

	/** Times at which the network was lost or came back, newest last, at most 20. */
	get network(): readonly { readonly at: number; readonly online: boolean }[] {
		return this.#network;
	}

	/** Since it was made, ms. */
	get ageMs(): number {
		return Math.round(this.#clock.monotonic() - this.#startedAt);
	}

	/** Sockets that are known to have failed before they opened: browsers slow down a page that has had many. */
	get socketFailures(): number {
		return this.#socketFailures;
	}

	/** To be told by whoever opens sockets. */
	failed(): void {
		this.#socketFailures++;
	}
}

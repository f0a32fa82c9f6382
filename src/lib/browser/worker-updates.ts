import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { AppUpdates, Clock, Log, UpdateAnswer, UpdatePhase } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import type { TakeOverAnswer, WorkerWish } from '#lib/core/worker-talk.ts';

export interface WorkerUpdatesDeps {
	readonly container: ServiceWorkerContainer;
	/** Where the app lives, with a slash at the end: the worker's script and its scope. */
	readonly base: string;
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
	/** Whether this tab has a call: it then starts anew only afterwards. */
	readonly isInCall: () => boolean;
	readonly reload: () => void;
}

/** A new build has this long to arrive when somebody waits for it. */
const ARRIVES_MS = 30_000;
const ANSWERS_MS = 4_000;

/** Registers the service worker of this folder and tells of the newer builds that it brings. */
export class WorkerUpdates implements AppUpdates {
	readonly #deps: WorkerUpdatesDeps;
	readonly #phase = new Cell<UpdatePhase>('none');
	#registration: ServiceWorkerRegistration | undefined;
	/** A new build is in force, and this tab still runs the old one. */
	#isBehind = false;

	constructor(deps: WorkerUpdatesDeps) {
		this.#deps = deps;
	}

	get phase(): Cell<UpdatePhase> {
		return this.#phase;
	}

	/** Rejects where the browser refuses; the phone then lives without starts offline. */
	async start(): Promise<void> {
		const { container, base, scope } = this.#deps;
		const known = (await container.getRegistrations()).find((one) => one.scope === base);
		let isFirst = !known?.active;
		// A worker of another phone, higher up on the same host, may be in force until ours is.
		scope.on(container, 'controllerchange', () => {
			if (!isFirst) this.#startAnew();
			isFirst = false;
		});
		const registration = await container.register(workerAddress(base), {
			scope: base,
			updateViaCache: 'none'
		});
		if (scope.ended) return;
		this.#registration = registration;
		scope.on(registration, 'updatefound', () => this.#follow(registration.installing));
		this.#follow(registration.installing);
		this.#follow(registration.waiting);
		this.#look();
	}

	/** Asks the server whether there is a newer build. Never rejects. */
	async check(): Promise<void> {
		await this.#registration?.update().catch(() => {});
	}

	apply(): Promise<UpdateAnswer> {
		return this.#apply(false);
	}

	/** Starts the build that waits if nobody would notice: no tab is in a call or in use. */
	async applyIfIdle(): Promise<void> {
		if (this.#phase.value === 'ready') await this.#apply(true);
	}

	/** What lines of these kinds need is kept, what others need is let go. Never rejects. */
	async keep(kinds: readonly string[]): Promise<void> {
		const worker = this.#registration?.active;
		if (worker) await this.#ask(worker, { wish: 'keep', kinds }).catch(() => {});
	}

	/** Called when this tab's calls are over. */
	callsAreOver(): void {
		if (this.#isBehind) this.#startAnew();
	}

	async #apply(idleOnly: boolean): Promise<UpdateAnswer> {
		if (this.#phase.value === 'applying') return 'applied';
		if (this.#deps.isInCall()) return 'in-call';
		if (!idleOnly) await this.#arrival();
		const waiting = this.#registration?.waiting;
		if (!waiting) return 'nothing-new';
		let answer: TakeOverAnswer;
		try {
			answer = (await this.#ask(waiting, { wish: 'take-over', idleOnly })) as TakeOverAnswer;
		} catch {
			return 'nothing-new';
		}
		if (answer !== 'taken') return 'in-call';
		this.#phase.set('applying');
		return 'applied';
	}

	/** Until the build that is on the server waits here. */
	async #arrival(): Promise<void> {
		const registration = this.#registration;
		if (!registration || registration.waiting) return;
		const { clock } = this.#deps;
		const late = () => new LineError('app.unexpected');
		await deadline(registration.update(), ARRIVES_MS, late, clock).catch(() => {});
		const { installing } = registration;
		if (!installing) return;
		const settled = new Promise<void>((resolve) => {
			installing.addEventListener('statechange', () => installing.state !== 'installing' && resolve());
		});
		await deadline(settled, ARRIVES_MS, late, clock).catch(() => {});
	}

	#follow(worker: ServiceWorker | null): void {
		if (worker) this.#deps.scope.on(worker, 'statechange', () => this.#look());
	}

	#look(): void {
		const waiting = this.#registration?.waiting;
		if (this.#phase.value === 'applying') return;
		if (waiting && this.#phase.value === 'none') this.#deps.log('info', 'a newer build waits');
		this.#phase.set(waiting ? 'ready' : 'none');
	}

	#startAnew(): void {
		this.#isBehind = true;
		if (this.#deps.isInCall()) return;
		this.#phase.set('applying');
		this.#deps.reload();
	}

	#ask(worker: ServiceWorker, wish: WorkerWish): Promise<unknown> {
		const { port1, port2 } = new MessageChannel();
		const answer = new Promise((resolve) => {
			port1.onmessage = ({ data }) => resolve(data);
		});
		worker.postMessage(wish, [port2]);
		const late = () => new LineError('app.unexpected');
		const ms = wish.wish === 'keep' ? ARRIVES_MS : ANSWERS_MS;
		return deadline(answer, ms, late, this.#deps.clock).finally(() => port1.close());
	}
}

interface ScriptPolicy {
	createScriptURL(address: string): string;
}
interface TrustedTypes {
	createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptPolicy;
}

/** The one script that is started by its address; the policy vouches for this address and no other. */
function workerAddress(base: string): string {
	const address = new URL('service-worker.js', base).href;
	const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
	return (
		trustedTypes?.createPolicy('offhook-worker', { createScriptURL: () => address }).createScriptURL('') ??
		address
	);
}

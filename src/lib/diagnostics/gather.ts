import type { Clock } from '#lib/core/ports.ts';
import { redact } from '#lib/core/redact.ts';
import { THRESHOLDS } from './thresholds.ts';
import type { Evidence, Gathered, Gatherer, Subject, Topic } from './types.ts';

/** A gatherer as the runner holds it, whatever it gathers. */
export interface AnyGatherer extends Omit<Gatherer, 'subject' | 'topic' | 'gather'> {
	readonly subject: Subject;
	readonly topic: Topic;
	gather(signal: AbortSignal, soFar: Evidence): Promise<unknown>;
}

export interface GatherOptions {
	readonly gatherers: readonly AnyGatherer[];
	readonly clock: Clock;
	/** The Stop button. */
	readonly signal: AbortSignal;
	/** What is known already; topics that are gathered anew are replaced when they settle. */
	readonly known?: Evidence;
	/** Everything is given up then; {@link THRESHOLDS.runMs} by default. */
	readonly limitMs?: number;
	readonly onGathering?: (gatherer: AnyGatherer) => void;
	/** It takes long by nature. */
	readonly onWaiting?: (gatherer: AnyGatherer, forMs: number) => void;
	readonly onGathered?: (gatherer: AnyGatherer, gathered: Gathered<unknown>, soFar: Evidence) => void;
}

export const NO_EVIDENCE: Evidence = { page: {}, lines: {}, probes: {} };

/**
 * Runs every gatherer once, each as soon as what it builds on has settled, well or not. One that crashes or hangs costs its
 * own topic. Never rejects, and never takes longer than its limit: `stopped` says that something was given up for it.
 */
export function gather(options: GatherOptions): Promise<{ evidence: Evidence; stopped: boolean }> {
	return new Promise((resolve) => new Gathering(options, resolve).begin());
}

type Done = (outcome: { readonly evidence: Evidence; readonly stopped: boolean }) => void;

class Gathering {
	readonly #options: GatherOptions;
	readonly #done: Done;
	readonly #waiting: Set<AnyGatherer>;
	readonly #running = new Map<AnyGatherer, { readonly start: number; end(): void }>();
	#evidence: Evidence;
	#stopped = false;
	#cancelLimit = () => {};

	constructor(options: GatherOptions, done: Done) {
		this.#options = options;
		this.#done = done;
		this.#waiting = new Set(options.gatherers);
		this.#evidence = options.known ?? NO_EVIDENCE;
	}

	begin(): void {
		const { clock, signal, limitMs = THRESHOLDS.runMs } = this.#options;
		if (signal.aborted) return this.#stop();
		signal.addEventListener('abort', this.#stop);
		this.#cancelLimit = clock.after(limitMs, this.#stop);
		this.#next();
	}

	/** Starts whatever can start. Those that wait for each other are started all the same. */
	#next(): void {
		const ready = [...this.#waiting].filter((gatherer) => this.#isReady(gatherer));
		const stuck = ready.length === 0 && this.#running.size === 0 ? [...this.#waiting] : [];
		for (const gatherer of [...ready, ...stuck]) if (this.#waiting.delete(gatherer)) this.#start(gatherer);
		if (this.#waiting.size > 0 || this.#running.size > 0) return;
		this.#cancelLimit();
		this.#options.signal.removeEventListener('abort', this.#stop);
		this.#done({ evidence: this.#evidence, stopped: this.#stopped });
	}

	#isReady({ subject, after = [] }: AnyGatherer): boolean {
		const unsettled = [...this.#waiting, ...this.#running.keys()];
		return !unsettled.some((other) => after.includes(other.topic) && concerns(subject, other.subject));
	}

	#start(gatherer: AnyGatherer): void {
		const { clock, onGathering, onWaiting } = this.#options;
		const controller = new AbortController();
		const start = clock.monotonic();
		const late = clock.after(gatherer.timeoutMs, () =>
			this.#settle(gatherer, failure('timeout', `${gatherer.timeoutMs} ms`))
		);
		const waits =
			gatherer.topic === 'token' && gatherer.timeoutMs > THRESHOLDS.tokenWaitingMs
				? clock.after(THRESHOLDS.tokenWaitingMs, () => onWaiting?.(gatherer, THRESHOLDS.tokenWaitingMs))
				: () => {};
		const end = () => {
			late();
			waits();
			controller.abort();
		};
		this.#running.set(gatherer, { start, end });
		onGathering?.(gatherer);
		gathered(gatherer, controller.signal, this.#evidence).then(
			(value) => this.#settle(gatherer, { ok: true, value }),
			(error: unknown) => this.#settle(gatherer, failure(reasonOf(error), textOf(error)))
		);
	}

	/** The first word counts; what comes after a timeout or a stop is dropped. */
	#settle(gatherer: AnyGatherer, outcome: Outcome): void {
		const running = this.#running.get(gatherer);
		if (!running) return;
		this.#running.delete(gatherer);
		running.end();
		const ms = Math.round(this.#options.clock.monotonic() - running.start);
		this.#put(gatherer, { ...outcome, ms });
		this.#next();
	}

	#put(gatherer: AnyGatherer, gathered: Gathered<unknown>): void {
		this.#evidence = withTopic(this.#evidence, gatherer.subject, gatherer.topic, gathered);
		this.#options.onGathered?.(gatherer, gathered, this.#evidence);
	}

	readonly #stop = (): void => {
		this.#stopped = true;
		const stopped = failure('stopped', '');
		const waiting = [...this.#waiting];
		this.#waiting.clear();
		for (const gatherer of waiting) this.#put(gatherer, { ...stopped, ms: 0 });
		for (const gatherer of [...this.#running.keys()]) this.#settle(gatherer, stopped);
		this.#next();
	};
}

type Outcome =
	| { readonly ok: true; readonly value: unknown }
	| Pick<Extract<Gathered<unknown>, { ok: false }>, 'ok' | 'why' | 'detail'>;

type Why = Extract<Gathered<unknown>, { ok: false }>['why'];

const failure = (why: Why, detail: string): Extract<Outcome, { ok: false }> => ({ ok: false, why, detail });

/** What a gatherer waits for: topics of its own subject and of the page; one of the page waits for everybody's. */
function concerns(own: Subject, other: Subject): boolean {
	return own.scope === 'page' || other.scope === 'page' || isSame(own, other);
}

export function isSame(one: Subject, other: Subject): boolean {
	const idOf = (subject: Subject) => (subject.scope === 'page' ? '' : subject.id);
	return one.scope === other.scope && idOf(one) === idOf(other);
}

/** Also one that throws instead of rejecting. */
async function gathered(gatherer: AnyGatherer, signal: AbortSignal, soFar: Evidence): Promise<unknown> {
	return await gatherer.gather(signal, soFar);
}

const REASONS: Readonly<Record<string, Why>> = {
	NotSupportedError: 'unsupported',
	NotAllowedError: 'denied',
	SecurityError: 'denied'
};

function reasonOf(error: unknown): Why {
	return REASONS[nameOf(error)] ?? 'crashed';
}

const nameOf = (error: unknown): string =>
	error instanceof Object && 'name' in error ? String(error.name) : typeof error;

function textOf(error: unknown): string {
	const message = error instanceof Object && 'message' in error ? String(error.message) : '';
	return redact(`${nameOf(error)}: ${message}`).slice(0, 200);
}

function withTopic(
	evidence: Evidence,
	subject: Subject,
	topic: Topic,
	gathered: Gathered<unknown>
): Evidence {
	// Which value belongs to which topic is the gatherer's type's business.
	const entry = { [topic]: gathered };
	if (subject.scope === 'page') return { ...evidence, page: { ...evidence.page, ...entry } };
	const { lines, probes } = evidence;
	if (subject.scope === 'line')
		return { ...evidence, lines: { ...lines, [subject.id]: { ...lines[subject.id], ...entry } } };
	return { ...evidence, probes: { ...probes, [subject.id]: { ...probes[subject.id], ...entry } } };
}

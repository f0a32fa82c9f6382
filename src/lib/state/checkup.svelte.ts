import type { CheckResult, CheckupRun, RunEvent, Subject, Topic } from '#lib/diagnostics/types.ts';
import { constant } from '#lib/core/watched.ts';
import type { App } from './app.ts';
import type { Checkup, RunWish } from './checkup-port.ts';
import { callPath, linesOf, type CallPath } from './call-path.ts';
import type { LinesView } from './lines-view.svelte.ts';
import { reactiveFrom } from './reactive.svelte.ts';
import { changesSince, keptRun, lastGood, type KeptRun } from './run-changes.ts';

/** What is being looked at. */
export interface Looking {
	readonly subject: Subject;
	readonly topic: Topic;
	/** Wall ms. */
	readonly since: number;
	/** Known to take long; how long it is waited for, ms. */
	readonly forMs?: number;
}

type Phase = 'never' | 'running' | 'ended';

const EMPTY: readonly CheckResult[] = [];

/** One page's checkup: the run that goes on or has ended, and the ones before it. */
export class CheckupView {
	readonly #app: () => App;
	readonly #lines: LinesView;
	readonly #kept;
	phase = $state<Phase>('never');
	/** The run that has ended last. */
	run = $state.raw<CheckupRun | undefined>();
	/** Its code did not arrive. */
	broken = $state(false);
	/** Of a run that looks at one check again. */
	again = $state<string | undefined>();
	#port = $state.raw<Checkup | undefined>();
	#coming = $state.raw<readonly CheckResult[]>(EMPTY);
	#looking = $state.raw<readonly Looking[]>([]);
	#steps = $state.raw({ done: 0, of: 0 });
	#abort: AbortController | undefined;

	constructor(app: () => App, lines: LinesView) {
		this.#app = app;
		this.#lines = lines;
		const none = constant<readonly KeptRun[]>([]);
		this.#kept = reactiveFrom(() => this.#port?.runs ?? none);
	}

	/** Brings the checkup's code. Safe to call at any time. */
	async load(): Promise<Checkup> {
		try {
			const port = await this.#app().checkup();
			this.broken = false;
			this.#port = port;
			return port;
		} catch (error) {
			this.broken = true;
			throw error;
		}
	}

	get port(): Checkup | undefined {
		return this.#port;
	}

	get running(): boolean {
		return this.phase === 'running';
	}

	/** Of the run that goes on, or of the one that has ended. */
	readonly results: readonly CheckResult[] = $derived.by(() =>
		this.phase === 'running' && this.again === undefined ? this.#coming : (this.run?.results ?? EMPTY)
	);

	/** The longest under way first. */
	readonly looking: readonly Looking[] = $derived.by(() =>
		[...this.#looking].sort(
			(a, b) => Number(b.forMs !== undefined) - Number(a.forMs !== undefined) || a.since - b.since
		)
	);

	/** How many of the things to look at have been looked at. */
	get steps(): { readonly done: number; readonly of: number } {
		return this.#steps;
	}

	readonly path: CallPath = $derived.by(() => {
		const { run } = this;
		const running = this.phase === 'running' && this.again === undefined;
		const lines =
			run && !running
				? linesOf(run)
				: this.#lines.all.map(({ id, kind }) => ({ id, local: kind === 'practice' }));
		const wanted = this.#only === undefined ? lines : lines.filter(({ id }) => id === this.#only);
		return callPath({
			lines: wanted,
			results: this.results,
			findings: running ? [] : (run?.findings ?? []),
			running: running || this.phase === 'never'
		});
	});
	#only = $state<string | undefined>();

	readonly earlier: readonly KeptRun[] = $derived.by(() =>
		this.#kept.current.filter(({ startedAt }) => startedAt !== this.run?.startedAt)
	);

	/** The newest earlier run in which everything worked, with what is different now. */
	readonly sinceGood = $derived.by(() => {
		const { run } = this;
		const good = run && lastGood(this.earlier, run);
		return run && good ? { good, changes: changesSince(good, keptRun(run)) } : undefined;
	});

	async start(wish: RunWish = {}): Promise<void> {
		this.stop();
		const abort = new AbortController();
		this.#abort = abort;
		this.again = wish.again && keyOf(wish.again.check, wish.again.subject);
		if (!wish.again) this.#only = wish.onlyLine;
		this.#coming = EMPTY;
		this.#looking = [];
		this.#steps = { done: 0, of: 0 };
		this.phase = 'running';
		try {
			const port = await this.load();
			const run = await port.run(wish, abort.signal, (event) => {
				if (this.#abort === abort) this.#hear(event);
			});
			if (this.#abort === abort) this.run = run;
		} finally {
			if (this.#abort === abort) {
				this.phase = this.run ? 'ended' : 'never';
				this.#looking = [];
				this.again = undefined;
				this.#abort = undefined;
			}
		}
	}

	/** Ends with what is known by then. */
	stop(): void {
		this.#abort?.abort();
	}

	#hear(event: RunEvent): void {
		if (event.type === 'started') this.#steps = { done: 0, of: event.gatherers };
		if (event.type === 'gathering') {
			const { subject, topic } = event;
			this.#looking = [...this.#looking, { subject, topic, since: Date.now() }];
		}
		if (event.type === 'waiting') {
			this.#looking = this.#looking.map((one) => (isSame(one, event) ? { ...one, forMs: event.forMs } : one));
		}
		if (event.type === 'gathered') {
			this.#looking = this.#looking.filter((one) => !isSame(one, event));
			this.#steps = { ...this.#steps, done: this.#steps.done + 1 };
			const fresh = new Set(event.results.map((result) => keyOfResult(result)));
			this.#coming = [...this.#coming.filter((result) => !fresh.has(keyOfResult(result))), ...event.results];
		}
	}
}

const isSame = (a: Pick<Looking, 'subject' | 'topic'>, b: Pick<Looking, 'subject' | 'topic'>): boolean =>
	a.topic === b.topic && idOf(a.subject) === idOf(b.subject);

const idOf = (subject: Subject): string =>
	subject.scope === 'page' ? 'page' : `${subject.scope}:${subject.id}`;

const keyOf = (check: string, subject: Subject): string => `${check} ${idOf(subject)}`;

export const subjectOf = ({ line, probe }: Pick<CheckResult, 'line' | 'probe'>): Subject =>
	line !== null
		? { scope: 'line', id: line }
		: probe !== null
			? { scope: 'probe', id: probe }
			: { scope: 'page' };

export const keyOfResult = (result: CheckResult): string => keyOf(result.check, subjectOf(result));

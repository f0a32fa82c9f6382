import { isMoment } from '#lib/core/moment.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { KeptRun } from '#lib/state/run-changes.ts';

interface KeptRunsDeps {
	/** Under which name they are kept; carries the base path. */
	readonly key: string;
	/** Throwing, where the browser refuses storage: they then last as long as the page. */
	storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
	readonly clock: Clock;
	/** As the history of calls; 0 keeps nothing beyond this page. */
	keepDays(): number;
}

const MOST_RUNS = 20;
const DAY_MS = 86_400_000;

/** Earlier runs of the checkup on this device, the newest first. Never throws. */
export class KeptRuns {
	readonly #deps: KeptRunsDeps;
	readonly #runs: Cell<readonly KeptRun[]>;

	constructor(deps: KeptRunsDeps) {
		this.#deps = deps;
		this.#runs = new Cell(this.#young(this.#read()));
	}

	get runs(): Watched<readonly KeptRun[]> {
		return this.#runs;
	}

	add(run: KeptRun): void {
		const others = this.#runs.value.filter(({ startedAt }) => startedAt !== run.startedAt);
		this.#put([run, ...others].slice(0, MOST_RUNS));
	}

	clear(): void {
		this.#put([]);
	}

	#put(runs: readonly KeptRun[]): void {
		this.#runs.set(runs);
		const { key, storage } = this.#deps;
		const kept = this.#young(runs);
		try {
			if (kept.length === 0) storage().removeItem(key);
			else storage().setItem(key, JSON.stringify(kept));
		} catch {
			// Storage is full or refused; the cell has them.
		}
	}

	#young(runs: readonly KeptRun[]): readonly KeptRun[] {
		const since = this.#deps.clock.now() - this.#deps.keepDays() * DAY_MS;
		return runs.filter(({ startedAt }) => startedAt > since);
	}

	#read(): readonly KeptRun[] {
		try {
			const stored: unknown = JSON.parse(this.#deps.storage().getItem(this.#deps.key) ?? '[]');
			return Array.isArray(stored) ? stored.filter(isKeptRun) : [];
		} catch {
			return [];
		}
	}
}

const VERDICTS: readonly unknown[] = [
	'healthy',
	'degraded',
	'blocked',
	'unknown'
] satisfies KeptRun['verdict'][];

/** Another version of the app may have written it, or another page of the origin. */
function isKeptRun(stored: unknown): stored is KeptRun {
	if (typeof stored !== 'object' || stored === null) return false;
	const { startedAt, verdict, findings, marks } = stored as Partial<Record<keyof KeptRun, unknown>>;
	return (
		isMoment(startedAt) &&
		VERDICTS.includes(verdict) &&
		Array.isArray(findings) &&
		findings.every((one: { cause?: unknown } | null) => typeof one?.cause === 'string') &&
		typeof marks === 'object' &&
		marks !== null
	);
}

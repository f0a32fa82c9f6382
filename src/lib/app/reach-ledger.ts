import type { Call, Line } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import { ReachBook } from '#lib/core/reach-book.ts';
import { reachOf, type Reachability, type ReachSpan } from '#lib/core/reach.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface LedgerDeps {
	readonly lines: Watched<readonly Line[]>;
	readonly calls: Watched<readonly Call[]>;
	readonly clock: Clock;
	/** What the browser says of the network. */
	readonly online: Watched<boolean>;
	readonly isHidden: () => boolean;
	/** Stores spans; one of the same line and beginning is replaced. */
	readonly keep: (spans: readonly ReachSpan[]) => void;
	readonly scope: Scope;
}

const TICK_MS = 10_000;
/** What is lost at most when the page is killed. */
const KEEP_EVERY_MS = 60_000;
/** A shorter absence is worth no word. */
const WORTH_TELLING_MS = 20_000;

/** Writes down for every line that can be called when it could be reached in this page, and why not. */
export class ReachLedger {
	readonly #deps: LedgerDeps;
	readonly #book: ReachBook;
	readonly #absence = new Cell<ReachSpan | undefined>(undefined);
	readonly #followed = new Map<Line, () => void>();
	readonly #heard = new WeakSet<Call>();
	#keptAt: number;
	#cancelTick = () => {};

	constructor(deps: LedgerDeps) {
		this.#deps = deps;
		const { lines, calls, online, clock, scope } = deps;
		this.#keptAt = clock.now();
		this.#book = new ReachBook(this.#keptAt);
		scope.add(lines.watch((all) => this.#follow(all)));
		scope.add(online.watch(() => this.note()));
		scope.add(calls.watch((all) => this.#ring(all)));
		scope.add(() => {
			this.#cancelTick();
			for (const stop of this.#followed.values()) stop();
			this.save();
		});
		this.#follow(lines.value);
		this.#tick();
	}

	/** The last absence of 20 s or more that is over, of those that this page knows of. */
	get absence(): Watched<ReachSpan | undefined> {
		return this.#absence;
	}

	/** What is not stored yet, or not up to now. */
	get open(): readonly ReachSpan[] {
		return this.#book.open;
	}

	/** The page stops now, and this is the last that it does. */
	freeze(): void {
		this.#write(this.#book.stop(this.#deps.clock.now()));
	}

	/** The page runs again. */
	thaw(): void {
		this.#look();
	}

	/** Writes down how things are now. */
	note(): void {
		// Lines that are closed because the page stops are no news of the lines.
		if (!this.#book.isStopped) this.#look();
	}

	/** Writes down how things are now, and stores all of it. */
	save(): void {
		this.note();
		this.#write(this.#book.open);
	}

	#tick(): void {
		this.note();
		this.#cancelTick = this.#deps.clock.after(TICK_MS, () => this.#tick());
	}

	#look(): void {
		const { clock, online, isHidden } = this.#deps;
		const now = clock.now();
		const said = new Map<string, Reachability>();
		for (const { id, state } of this.#followed.keys()) {
			const reach = reachOf(state.value, online.value);
			if (reach) said.set(id, reach);
		}
		const news = this.#book.note(now, said, isHidden());
		const isDue = Math.abs(now - this.#keptAt) >= KEEP_EVERY_MS;
		this.#write(isDue ? [...news, ...this.#book.open] : news);
		for (const id of said.keys()) {
			const absence = this.#book.backFrom(id);
			if (absence && absence.to - absence.from >= WORTH_TELLING_MS) this.#absence.set(absence);
		}
	}

	#follow(all: readonly Line[]): void {
		for (const [line, stop] of this.#followed) {
			if (all.includes(line)) continue;
			stop();
			this.#followed.delete(line);
		}
		for (const line of all) {
			if (this.#followed.has(line) || !line.can.receives || line.kind === 'practice') continue;
			this.#followed.set(
				line,
				line.state.watch((state) => {
					// Ready is what the far side has confirmed this very moment.
					if (state.phase === 'ready' && state.receiving) this.#prove(line.id);
					else this.note();
				})
			);
		}
		this.note();
	}

	#ring(all: readonly Call[]): void {
		for (const call of all) {
			if (call.direction !== 'in' || this.#heard.has(call)) continue;
			this.#heard.add(call);
			this.#prove(call.lineId);
		}
	}

	#prove(line: string): void {
		// First what was before: the page may have slept until now.
		this.note();
		this.#book.prove(line, this.#deps.clock.now());
		this.note();
	}

	#write(spans: readonly ReachSpan[]): void {
		if (spans.length === 0) return;
		this.#keptAt = this.#deps.clock.now();
		this.#deps.keep(spans);
	}
}

import type { Line } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { ReadLine } from '#lib/lines/index.ts';
import { IncompleteLine } from './incomplete-line.ts';

export interface OpenLinesDeps {
	readonly phone: Pick<Phone, 'add'>;
	readonly log: Log;
	readonly scope: Scope;
	/** Brings the line's code and opens it; rejects only when the code does not arrive. */
	open(line: ReadLine): Promise<Line>;
}

interface Opened {
	/** Kind and settings: what makes it another line when it changes. */
	readonly key: string;
	readonly scope: Scope;
	/** Absent while its code is on the way. */
	line?: Line;
}

/** The lines that are open now, kept in step with those that are wanted. */
export class OpenLines {
	readonly #deps: OpenLinesDeps;
	readonly #opened = new Map<string, Opened>();
	#wanted: readonly ReadLine[] = [];

	constructor(deps: OpenLinesDeps) {
		this.#deps = deps;
	}

	/**
	 * Opens what is new, closes what is gone, and opens anew what has changed. A line of the configuration that is gone or
	 * has changed while it carries a call goes when the call has ended; `now` names those that go at once.
	 */
	want(lines: readonly ReadLine[], now: (id: string) => boolean): void {
		this.#wanted = lines;
		for (const [id, opened] of this.#opened) {
			const wanted = lines.find(({ settings }) => settings.id === id);
			if (wanted && keyOf(wanted) === opened.key) continue;
			if (!now(id) && opened.line && opened.line.calls.value.length > 0) this.#whenIdle(opened, opened.line);
			else this.#close(id, opened);
		}
		for (const line of lines) if (!this.#opened.has(line.settings.id)) this.#open(line);
	}

	#whenIdle(opened: Opened, line: Line): void {
		const waiting = opened.scope.child();
		waiting.add(
			line.calls.watch((calls) => {
				if (calls.length > 0) return;
				waiting.end();
				// The call's own last words come first.
				queueMicrotask(() => this.want(this.#wanted, () => false));
			})
		);
	}

	#close(id: string, { scope }: Opened): void {
		this.#opened.delete(id);
		scope.end();
	}

	#open(wanted: ReadLine): void {
		const opened: Opened = { key: keyOf(wanted), scope: this.#deps.scope.child() };
		this.#opened.set(wanted.settings.id, opened);
		void this.#bring(wanted, opened);
	}

	async #bring(wanted: ReadLine, opened: Opened): Promise<void> {
		const { log, phone, open } = this.#deps;
		const line = await open(wanted).catch((error: unknown) => {
			log('error', 'code of a line did not arrive', { line: wanted.settings.id, kind: wanted.kind, error });
			return this.#standIn(wanted, opened, error);
		});
		if (opened.scope.ended) return void this.#letGo(line);
		opened.line = line;
		opened.scope.add(phone.add(line));
		// Ends before it is taken out, so that the screens hear of the end of its calls.
		opened.scope.add(() => this.#letGo(line));
	}

	/** Shows what is missing until someone tries again. */
	#standIn(wanted: ReadLine, opened: Opened, cause: unknown): Line {
		const again = async () => {
			const line = await this.#deps.open(wanted);
			if (opened.scope.ended || this.#opened.get(line.id) !== opened) return this.#letGo(line);
			opened.scope.end();
			const next: Opened = { key: opened.key, scope: this.#deps.scope.child(), line };
			this.#opened.set(line.id, next);
			next.scope.add(this.#deps.phone.add(line));
			next.scope.add(() => this.#letGo(line));
		};
		return new IncompleteLine(wanted, cause, again);
	}

	#letGo(line: Line): void {
		line
			.close()
			.catch((error: unknown) => this.#deps.log('warn', 'line did not close', { line: line.id, error }));
	}
}

const keyOf = ({ kind, settings }: ReadLine): string => JSON.stringify([kind, settings]);

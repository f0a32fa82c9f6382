import { readConfigFile, type ConfigFileDeps } from '#lib/browser/config-file.ts';
import { PENDING_CONFIG, type ConfigState } from '#lib/config/config.ts';
import type { Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import { readLines, type ReadLine } from '#lib/lines/index.ts';

export interface ConfigWatchDeps extends ConfigFileDeps {
	readonly log: Log;
	readonly scope: Scope;
}

/** The configuration in force: read at the start, and again as often as it says itself. */
export class ConfigWatch {
	readonly #deps: ConfigWatchDeps;
	readonly #state = new Cell<ConfigState>(PENDING_CONFIG);
	#lines: readonly ReadLine[] = [];
	#seen = '';
	#reading: Promise<void> | undefined;
	#cancelNext = () => {};

	constructor(deps: ConfigWatchDeps) {
		this.#deps = deps;
		deps.scope.add(() => this.#cancelNext());
	}

	/** With the problems of its lines, and each line under the label it goes by. Changes only when the file does. */
	get state(): Watched<ConfigState> {
		return this.#state;
	}

	/** The entries that are in order, of the state's config. */
	get lines(): readonly ReadLine[] {
		return this.#lines;
	}

	/** Never rejects. */
	read(): Promise<void> {
		this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
		return this.#reading;
	}

	async #read(): Promise<void> {
		const { clock, log, scope } = this.#deps;
		const state = await readConfigFile(this.#deps);
		if (scope.ended) return;
		const { source, problems, error, config } = state;
		const seen = JSON.stringify(state);
		if (seen !== this.#seen) {
			this.#seen = seen;
			const { lines, problems: ofLines } = readLines(config.lines);
			this.#lines = lines;
			const all = [...problems, ...ofLines];
			log(error ? 'warn' : 'info', 'config', { source, lines: lines.length, problems: all.length, error });
			const named = new Map(lines.map(({ settings }) => [settings.id, settings.label]));
			const known = config.lines.map((line) => ({
				...line,
				label: named.get(line.id) ?? line.label ?? line.id
			}));
			this.#state.set({ ...state, config: { ...config, lines: known }, problems: all });
		}
		const minutes = config.configRefreshMinutes;
		this.#cancelNext();
		if (minutes > 0) this.#cancelNext = clock.after(minutes * 60_000, () => void this.read());
	}
}

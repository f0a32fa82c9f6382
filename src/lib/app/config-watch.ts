import { readConfigFile, type ConfigFileDeps } from '#lib/browser/config-file.ts';
import { PENDING_CONFIG, type ConfigState } from '#lib/config/config.ts';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import { configInForce, type SiteFile } from '#lib/config/site-file.ts';
import type { Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import { readLines, type ReadLine } from '#lib/lines/index.ts';

export interface ConfigWatchDeps extends ConfigFileDeps {
	readonly log: Log;
	readonly scope: Scope;
	/** What was set up on this device. */
	readonly own: Watched<WrittenConfig | undefined>;
}

/** The configuration in force: read at the start, and again as often as it says itself. */
export class ConfigWatch {
	readonly #deps: ConfigWatchDeps;
	readonly #state = new Cell<ConfigState>(PENDING_CONFIG);
	#site: SiteFile | undefined;
	#written: WrittenConfig = {};
	#lines: readonly ReadLine[] = [];
	#seen = '';
	#reading: Promise<void> | undefined;
	#cancelNext = () => {};

	constructor(deps: ConfigWatchDeps) {
		this.#deps = deps;
		deps.scope.add(() => this.#cancelNext());
		deps.scope.add(deps.own.watch(() => this.#site && this.#show(this.#site)));
	}

	/** With the problems of its lines, and each line under the label it goes by. Changes only when what is written does. */
	get state(): Watched<ConfigState> {
		return this.#state;
	}

	/** The entries that are in order, of the state's config. */
	get lines(): readonly ReadLine[] {
		return this.#lines;
	}

	/** What the site's own file says; undefined before it has been read. */
	get site(): SiteFile | undefined {
		return this.#site;
	}

	/** The state's config as it is written, unchecked: it may hold what the state was spared. */
	get written(): WrittenConfig {
		return this.#written;
	}

	/** Never rejects. */
	read(): Promise<void> {
		this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
		return this.#reading;
	}

	async #read(): Promise<void> {
		const { clock, scope } = this.#deps;
		const site = await readConfigFile(this.#deps);
		if (scope.ended) return;
		// A file that does not arrive again takes nothing away, also where storage has kept no copy of it.
		const known = this.#site?.raw;
		this.#site = site.error && known ? { raw: known, source: 'last-good', error: site.error } : site;
		this.#show(this.#site);
		const minutes = this.#state.value.config.configRefreshMinutes;
		this.#cancelNext();
		if (minutes > 0) this.#cancelNext = clock.after(minutes * 60_000, () => void this.read());
	}

	#show(site: SiteFile): void {
		const { log, own } = this.#deps;
		const { state, written } = configInForce(site, own.value);
		this.#written = written;
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
	}
}

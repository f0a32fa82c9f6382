import { readOffered, type Unreadable } from '#lib/config/offered-text.ts';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import type { Problem } from '#lib/config/problem.ts';
import { readSettingsFile, type PortableSettings } from '#lib/config/settings-file.ts';
import { isSetupFragment, readSetupFragment } from '#lib/config/setup-link.ts';
import { Secret } from '#lib/core/secret.ts';
import type { App } from './app.ts';
import { draftConfig, draftLine, EMPTY_DRAFT, type Draft } from './setup-draft.ts';
import type { Judged, LineTrial, Setup, SharedSetup } from './setup-port.ts';
import { Trial } from './trial.svelte.ts';

/** What somebody else's link or file would do. Nothing of it is in force before the person agrees. */
export interface Offer {
	readonly from: 'link' | 'file';
	/** Why it could not even be read. */
	readonly unreadable?: Unreadable;
	readonly problems: readonly Problem[];
	/** Absent: it has none, or cannot be applied. */
	readonly config?: WrittenConfig;
	readonly judged?: Judged;
	readonly settings: Partial<PortableSettings>;
	/** Everything of it can be applied. */
	readonly fits: boolean;
}

export const STEPS = ['line', 'details', 'try', 'save', 'sound', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** The set-up page: what is being filled in, what was offered, and what is in force. Outlives a look at another page. */
export class SetupView {
	readonly #app: () => App;
	port = $state.raw<Setup | undefined>();
	/** Its code did not arrive. */
	broken = $state(false);
	draft = $state.raw<Draft>(EMPTY_DRAFT);
	step = $state<Step>('line');
	offer = $state.raw<Offer | undefined>();
	/** What was applied last lasts only as long as the page. */
	fleeting = $state(false);
	/** Counts what was applied: what is in force is asked for anew. */
	applied = $state(0);
	readonly trial = new Trial<LineTrial>();
	#tried = $state('');

	constructor(app: () => App) {
		this.#app = app;
	}

	/** Brings the set-up's code. Safe to call at any time. */
	async load(): Promise<void> {
		try {
			this.port = await this.#app().setup();
			this.broken = false;
		} catch {
			this.broken = true;
		}
	}

	get closedBy(): ReturnType<Setup['closedBy']> {
		void this.applied;
		return this.port?.closedBy();
	}

	get isOwn(): boolean {
		void this.applied;
		return this.port?.isOwn() ?? false;
	}

	get shared(): SharedSetup | undefined {
		void this.applied;
		return this.port?.toShare();
	}

	file(): string {
		return this.port?.file() ?? '';
	}

	// ── Somebody else's ─────────────────────────────────────────────────────────────────────────────────────────────

	/** Shows what a link would change; true when it was one. */
	offerLink(fragment: string): boolean {
		if (!isSetupFragment(fragment) || !this.port) return false;
		const read = readSetupFragment(fragment);
		this.offer = read.ok
			? this.#judged('link', read.value, {}, [], '')
			: { from: 'link', unreadable: read.error, problems: [], settings: {}, fits: false };
		return true;
	}

	/** Shows what a file would change. */
	offerFile(text: string): void {
		const read = readOffered(text);
		if (!read.ok) {
			this.offer = { from: 'file', unreadable: read.error, problems: [], settings: {}, fits: false };
			return;
		}
		const { config, settings, problems, configPath } = readSettingsFile(read.value);
		this.offer = this.#judged('file', config, settings, problems, configPath);
	}

	#judged(
		from: Offer['from'],
		config: WrittenConfig | undefined,
		settings: Offer['settings'],
		ofFile: readonly Problem[],
		configPath: string
	): Offer {
		const judged = config && this.port?.judge(config);
		const inside = (judged?.problems ?? []).map((one) => ({ ...one, path: joined(configPath, one.path) }));
		const problems = [...ofFile, ...inside];
		const fits =
			(judged !== undefined || Object.keys(settings).length > 0) &&
			problems.every(({ severity }) => severity !== 'error');
		return { from, problems, settings, fits, ...(config ? { config } : {}), ...(judged ? { judged } : {}) };
	}

	refuseOffer(): void {
		this.offer = undefined;
	}

	/** The person has agreed. */
	acceptOffer(): void {
		const { offer } = this;
		if (!offer?.fits) return;
		if (offer.config) this.#apply(offer.config);
		if (Object.keys(offer.settings).length > 0) this.port?.choose(offer.settings);
		this.offer = undefined;
		if (offer.config) this.step = 'sound';
	}

	forget(): void {
		this.port?.forget();
		this.applied += 1;
	}

	// ── What is filled in ───────────────────────────────────────────────────────────────────────────────────────────

	fill(fields: Partial<Draft>): void {
		this.draft = { ...this.draft, ...fields };
	}

	/** Whoever writes a config as text begins with the one in force, if it was set up at all. */
	begin(): void {
		const inForce = this.port?.inForce() ?? {};
		const isBlank = this.draft.preset === 'json' && this.draft.json.trim() === '';
		if (isBlank && Object.keys(inForce).length > 0) this.fill({ json: JSON.stringify(inForce, null, 2) });
	}

	/** For another line. */
	clear(): void {
		this.trial.stop();
		this.draft = EMPTY_DRAFT;
	}

	/** The draft as a config, or why it is none. */
	get drafted(): { readonly config?: WrittenConfig; readonly unreadable?: Unreadable } {
		const { draft, port } = this;
		if (draft.preset !== 'json') return { config: draftConfig(draft, port?.inForce() ?? {}) };
		const read = readOffered(draft.json);
		return read.ok ? { config: read.value } : { unreadable: read.error };
	}

	/** The line that can be tried before it is in force: the first that asks a token server. */
	get triable(): WrittenConfig | undefined {
		if (this.draft.preset !== 'json') return draftLine(this.draft);
		const lines = this.drafted.config?.['lines'];
		const entries = Array.isArray(lines) ? (lines as readonly WrittenConfig[]) : [];
		return entries.find((line) => line['token'] !== undefined);
	}

	/** What is known of the draft as it is now. */
	get tried(): LineTrial | undefined {
		return this.#tried === JSON.stringify(this.triable) ? this.trial.result : undefined;
	}

	attempt(): void {
		const { port, triable } = this;
		if (!port || !triable) return;
		this.#tried = JSON.stringify(triable);
		void this.trial.run((signal) => port.tryLine(triable, signal));
	}

	/** For that origin alone; tries again with it. */
	giveKey(origin: string, key: string): void {
		this.#app().giveBearer(origin, new Secret(key));
		this.attempt();
	}

	/** The person has agreed to what the draft changes. */
	save(): void {
		const { config } = this.drafted;
		if (!config) return;
		this.#apply(config);
		this.step = 'sound';
	}

	#apply(config: WrittenConfig): void {
		if (!this.port) return;
		this.fleeting = !this.port.apply(config);
		this.applied += 1;
	}
}

const joined = (base: string, path: string): string =>
	base === '' || path === '' ? base || path : path.startsWith('[') ? base + path : `${base}.${path}`;

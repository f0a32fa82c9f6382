import type { Lockable } from '#lib/config/config.ts';
import type { EndReason } from '#lib/core/call-state.ts';
import type { Fault } from '#lib/core/errors.ts';
import type { App } from './app.ts';
import { CallsView } from './calls-view.svelte.ts';
import type { CheckupView } from './checkup.svelte.ts';
import { Desk } from './desk.svelte.ts';
import type { lastLineFor } from './line-memory.ts';
import { LinesView } from './lines-view.svelte.ts';
import type { FormatNumber } from './number-editing.ts';
import type { Parts, RoomCallScreen } from './parts.ts';
import type { Reach } from './reach-port.ts';
import { reactiveFrom } from './reactive.svelte.ts';
import { ScreenPause } from './screen-pause.ts';
import type { SetupView } from './setup.svelte.ts';

/** What happened, why, and what to do and who does it: in the language of the moment. */
export interface FaultText {
	readonly title: string;
	readonly why: string;
	readonly todo: string;
}

/** What the screen remembers: one for the life of the page, handed down by context. */
export class Screen {
	#app = $state.raw() as App;
	#hasStarted = () => {};
	readonly #starts = new Promise<void>((resolve) => (this.#hasStarted = resolve));
	readonly config;
	readonly settings;
	readonly history;
	readonly historyKept;
	readonly ownership;
	readonly soundBlocked;
	readonly permission;
	readonly bearersWanted;
	readonly slowTokens;
	readonly lines: LinesView;
	readonly calls: CallsView;
	readonly desk: Desk;
	/** The visitor's languages, the preferred one first; empty before the page runs. */
	visitorLanguages = $state.raw<readonly string[]>([]);
	/** The screens that the first paint does without. Come right after it. */
	parts = $state.raw<Parts | undefined>();
	RoomCall = $state.raw<RoomCallScreen | undefined>();
	/** Comes with the checkup's page, and stays. */
	checkup = $state.raw<CheckupView | undefined>();
	/** Comes with the set-up's page, and stays. */
	setup = $state.raw<SetupView | undefined>();
	/** Comes soon after the start. */
	reach = $state.raw<Reach | undefined>();
	/** Comes after the first paint. */
	faultWords = $state.raw<((fault: Fault) => FaultText) | undefined>();
	/** What to do after a call that ended so; '' where nothing needs to be said. Comes after the first paint. */
	endWords = $state.raw<((reason: EndReason) => string) | undefined>();
	/** How numbers are written: while they are typed, and when they are shown. Comes after the first paint. */
	formats = $state.raw<{ asYouType: FormatNumber; pretty: (address: string) => string } | undefined>();
	/** Comes after the first paint. */
	lastLineFor = $state.raw<typeof lastLineFor | undefined>();
	/** False while prerendered or not yet started: what is not known is not shown as if it were. */
	started = $state(false);

	/** `inert` stands in until {@link start}. */
	constructor(inert: App) {
		this.#app = inert;
		const app = () => this.#app;
		const pause = new ScreenPause();
		this.config = reactiveFrom(() => app().config);
		this.settings = reactiveFrom(() => app().settings);
		this.history = reactiveFrom(() => app().history.rows, pause);
		this.historyKept = reactiveFrom(() => app().history.kept);
		this.ownership = reactiveFrom(() => app().owner.ownership);
		this.soundBlocked = reactiveFrom(() => app().sounds.blocked);
		this.permission = reactiveFrom(() => app().hardware.permission);
		this.bearersWanted = reactiveFrom(() => app().bearersWanted);
		this.slowTokens = reactiveFrom(() => app().slowTokens);
		this.lines = new LinesView(app, () => this.#remembered);
		this.calls = new CallsView(app, pause);
		this.desk = new Desk(app, this.lines, this.calls, {
			country: () => this.country,
			started: this.#starts,
			pause
		});
	}

	get app(): App {
		return this.#app;
	}

	start(app: App): void {
		this.#app = app;
		this.started = true;
		this.#hasStarted();
		// Where it does not come, the phone works without.
		app.reach().then(
			(reach) => (this.reach = reach),
			() => {}
		);
	}

	/** Languages in the order in which they are wished for: the user's choice, the configuration's, the visitor's. */
	readonly languages: readonly string[] = $derived.by(() => {
		const chosen = [this.settings.current.language, this.config.current.config.language];
		return [...chosen.filter((tag) => tag !== 'auto'), ...this.visitorLanguages];
	});

	/** Whether this phone's configuration closes that part of it. False until the configuration is known. */
	isLocked(place: Lockable): boolean {
		return this.config.current.config.locked.includes(place);
	}

	/** ISO 3166, two letters: whose way of writing numbers is at home here. */
	readonly country: string = $derived.by(
		() => this.config.current.config.dialling.country ?? countryOf(this.visitorLanguages)
	);

	/** The line that was last used for what is typed. */
	readonly #remembered: string | undefined = $derived.by(() => {
		const usable = this.lines.all.flatMap(({ id, can }) => (can ? [{ id, can }] : []));
		return this.lastLineFor?.(this.desk.text, this.history.current, usable, this.country);
	});

	readonly scheme: 'auto' | 'light' | 'dark' = $derived.by(() => {
		const { scheme } = this.settings.current;
		return scheme === 'auto' ? this.config.current.config.theme.scheme : scheme;
	});
}

/** The region that the first language with one names: 'es-MX' is MX, 'de' most likely DE. US where nothing tells. */
export function countryOf(languages: readonly string[]): string {
	for (const tag of languages) {
		try {
			// Most tags name it; to ask the browser takes 7 ms the first time.
			const region = /^[a-z]{2,3}-([A-Z]{2})$/.exec(tag)?.[1] ?? new Intl.Locale(tag).maximize().region;
			if (region && /^[A-Z]{2}$/.test(region)) return region;
		} catch {
			continue;
		}
	}
	return 'US';
}

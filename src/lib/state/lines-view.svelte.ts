import type { Config } from '#lib/config/config.ts';
import type { LineState } from '#lib/core/line-state.ts';
import type { Abilities, Line } from '#lib/core/line.ts';
import type { App } from './app.ts';
import { reactive, reactiveFrom, type Reactive } from './reactive.svelte.ts';

/** A line as the screen shows it: also one that is switched off, not opened yet, or set aside for its configuration. */
export interface ShownLine {
	readonly id: string;
	readonly label: string;
	readonly kind: string;
	readonly state: Reactive<LineState>;
	/** Set aside, since its entry in config.json has mistakes. */
	readonly broken: boolean;
	/** Absent until the line is open. */
	readonly line: Line | undefined;
	readonly can: Abilities | undefined;
}

const OFF: Reactive<LineState> = { current: { phase: 'off' } };
const OPENING: Reactive<LineState> = { current: { phase: 'opening' } };

/** All lines of the configuration in its order, and which of them is called with. */
export class LinesView {
	readonly #app: () => App;
	readonly #open;
	readonly #config;
	readonly #settings;
	readonly #ownership;
	readonly #remembered: () => string | undefined;
	/** From the address bar; counts until another line is chosen. */
	#wished = $state('');
	/** Nobody has chosen a line for the call that comes next. */
	#undecided = $state(true);

	/** @param remembered the line that was last used for what is typed */
	constructor(app: () => App, remembered: () => string | undefined) {
		this.#app = app;
		this.#remembered = remembered;
		this.#open = reactiveFrom(() => app().phone.lines);
		this.#config = reactiveFrom(() => app().config);
		this.#settings = reactiveFrom(() => app().settings);
		this.#ownership = reactiveFrom(() => app().owner.ownership);
	}

	readonly all: readonly ShownLine[] = $derived.by(() => {
		const { config, problems } = this.#config.current;
		const off = this.#settings.current.linesOff;
		const broken = problems.filter(({ severity }) => severity === 'error').map(({ path }) => path);
		const shown = config.lines.map((entry) =>
			this.#shown(
				entry,
				off.includes(entry.id),
				broken.some((path) => path === entry.path || path.startsWith(`${entry.path}.`))
			)
		);
		const known = new Set(shown.map(({ id }) => id));
		const others = this.#open.current.filter(({ id }) => !known.has(id));
		return [...shown, ...others.map((line) => openLine(line))];
	});

	/** Undefined only while no line is known at all. */
	readonly chosen: ShownLine | undefined = $derived.by(() => {
		const proposed = this.#undecided ? this.#remembered() : undefined;
		const wanted = proposed ?? (this.#wished || this.#settings.current.line);
		return (
			this.all.find(({ id }) => id === wanted) ??
			this.all.find(({ id, broken }) => !broken && !this.isOff(id)) ??
			this.all[0]
		);
	});

	/** Another tab has the phone: here all lines are off, switched on or not. */
	get elsewhere(): boolean {
		return this.#ownership.current === 'elsewhere';
	}

	isOff(id: string): boolean {
		return this.#settings.current.linesOff.includes(id);
	}

	label(id: string): string {
		return this.all.find((line) => line.id === id)?.label ?? id;
	}

	/** Where the line gets its tokens; '' when it needs none, or gets them from the page's own server. */
	tokenHost(id: string): string {
		const entry = this.#config.current.config.lines.find((line) => line.id === id)?.raw;
		const url = text(property(property(entry, 'token'), 'url'));
		return url !== undefined && URL.canParse(url) ? new URL(url).host : '';
	}

	/** What the line's entry expects its token to say. */
	expected(id: string): { readonly twimlAppSid?: string; readonly accountSid?: string } {
		const entry = this.#config.current.config.lines.find((line) => line.id === id)?.raw;
		const expect = property(entry, 'expect');
		const twimlAppSid = text(property(expect, 'twimlAppSid'));
		const accountSid = text(property(expect, 'accountSid'));
		return { ...(twimlAppSid ? { twimlAppSid } : {}), ...(accountSid ? { accountSid } : {}) };
	}

	choose(id: string): void {
		this.#wished = '';
		this.#undecided = false;
		this.#app().change({ line: id });
	}

	/** For this visit only. */
	wish(id: string): void {
		this.#wished = id;
		this.#undecided = false;
	}

	/** The call that a line was chosen for has been placed: from now on the line may follow the number again. */
	settle(): void {
		this.#undecided = true;
	}

	switch(id: string, on: boolean): void {
		const others = this.#settings.current.linesOff.filter((other) => other !== id);
		this.#app().change({ linesOff: on ? others : [...others, id] });
	}

	#shown(entry: Config['lines'][number], off: boolean, broken: boolean): ShownLine {
		const line = this.#open.current.find(({ id }) => id === entry.id);
		if (line) return openLine(line);
		return {
			id: entry.id,
			label: entry.label ?? entry.id,
			kind: entry.kind,
			state: off || this.elsewhere ? OFF : OPENING,
			broken: broken && !off,
			line: undefined,
			can: undefined
		};
	}
}

function openLine(line: Line): ShownLine {
	const { id, label, kind, can } = line;
	return { id, label, kind, can, line, broken: false, state: reactive(line.state) };
}

const property = (value: unknown, key: string): unknown =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

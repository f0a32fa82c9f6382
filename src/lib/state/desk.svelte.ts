import type { Address } from '#lib/core/address.ts';
import type { ConfirmBecause } from '#lib/core/dialling.ts';
import { asLineError, LineError } from '#lib/core/errors.ts';
import type { HistoryRow } from '#lib/core/history.ts';
import type { Abilities, Call } from '#lib/core/line.ts';
import type { PhoneDialOptions } from '#lib/core/outgoing.ts';
import { until } from '#lib/core/watched.ts';
import type { App } from './app.ts';
import type { CallsView, ShownCall } from './calls-view.svelte.ts';
import type { LinesView, ShownLine } from './lines-view.svelte.ts';
import { followed } from './follow.ts';
import { isForged } from './forged-press.ts';
import { cleaned } from './number-editing.ts';
import { isOwn, ownKey } from './own-address.ts';
import type { ScreenPause } from './screen-pause.ts';

/** Why a number was not dialled at once. `confirm` goes on when the user says so. */
export type Objection =
	| { readonly kind: 'confirm'; readonly number: string; readonly because: ConfirmBecause }
	| { readonly kind: 'error'; readonly number: string; readonly error: LineError };

interface DeskDeps {
	/** ISO 3166, two letters. */
	country(): string;
	/** Resolves once the App runs. */
	readonly started: Promise<void>;
	/** Begun with every call, until its invite has left. */
	readonly pause: ScreenPause;
}

/** A wish to call waits so long for the phone and its line to be there, as Phone.dial lets it age. */
const INTENT_MS = 10_000;

/** While the line is not open yet: the rules for emergency numbers speak all the same. */
const EVERYTHING: Pick<Abilities, 'dials'> = { dials: ['number', 'client', 'sip', 'code'] };

/** The place where numbers are typed, and from where calls are placed and commanded. */
export class Desk {
	readonly #app: () => App;
	readonly #lines: LinesView;
	readonly #calls: CallsView;
	readonly #deps: DeskDeps;
	/** As it stands in the field, separators included. */
	text = $state('');
	/** '' lets the line decide. */
	callerId = $state('');
	objection = $state.raw<Objection | undefined>();
	#filler: ((text: string) => void) | undefined;
	/** A part of what the App brings with it, and nothing reads an address before that. At the tap it is there. */
	readonly #reading;
	/** Between the tap on Call and the call's appearance, so that an impatient second tap does not count. */
	#placing = false;

	constructor(app: () => App, lines: LinesView, calls: CallsView, deps: DeskDeps) {
		this.#app = app;
		this.#lines = lines;
		this.#calls = calls;
		this.#deps = deps;
		this.#reading = deps.started.then(() => import('#lib/core/address.ts'));
		// Whoever dials is told.
		this.#reading.catch(() => {});
	}

	/** Whoever shows the field is told what to put in, so that it can format and place the caret. Returns the way to stop. */
	onFill(filler: (text: string) => void): () => void {
		this.#filler = filler;
		return () => {
			if (this.#filler === filler) this.#filler = undefined;
		};
	}

	/** Puts a number in; never dials it. Text from outside is cleaned. */
	fill(foreign: string): void {
		const text = cleaned(foreign);
		this.text = text;
		this.#filler?.(text);
	}

	/** Puts a row's number and line in; the line alone where that is whom it calls anyway. */
	redial(row: HistoryRow): void {
		if (this.#lines.all.some(({ id }) => id === row.lineId)) this.#lines.wish(row.lineId);
		this.fill(this.#isOwn(row.lineId, row.address) ? '' : row.address);
	}

	/**
	 * Calls what is typed. With nothing typed it calls whom the line has of its own; where it has nobody, the number dialled
	 * last is put in, and called only when asked again.
	 */
	call(): Promise<void> {
		if (this.text.trim() !== '') return this.#dial(this.text.trim(), false);
		const last = this.#lastDialled();
		const can = this.#lines.chosen?.can;
		if (can?.own || (!can && !last)) return this.#dial('', false);
		if (last) this.redial(last);
		return Promise.resolve();
	}

	/** Where the history is closed, its last number is not shown this way either. */
	#lastDialled(): HistoryRow | undefined {
		const { config, history } = this.#app();
		if (config.value.config.locked.includes('history')) return undefined;
		return history.rows.value.find(({ direction }) => direction === 'out');
	}

	/** Goes on after an objection of the kind `confirm`. */
	callConfirmed(): Promise<void> {
		const number = this.objection?.number ?? '';
		this.objection = undefined;
		return this.#dial(number, true);
	}

	/** Calls the other party of an ended call, on the same line. */
	callAgain({ call, party }: ShownCall): Promise<void> {
		if (this.#lines.all.some(({ id }) => id === call.lineId)) this.#lines.wish(call.lineId);
		const { address } = party.current;
		return this.#dial(this.#isOwn(call.lineId, address) ? '' : address, false);
	}

	answer(call: Call): Promise<void> {
		this.#calls.padInFront = false;
		return this.act(() => this.#app().phone.answer(call));
	}

	hold(call: Call, held: boolean): Promise<void> {
		const { phone } = this.#app();
		return this.act(() => (held ? phone.hold(call) : phone.resume(call)));
	}

	hangUp(call: Call): Promise<void> {
		return this.act(() => this.#app().phone.hangUp(call));
	}

	/** Runs a command of a button. What it was too late for is no news: the screen shows why. The rest is told. */
	async act(command: () => Promise<void>): Promise<void> {
		try {
			await command();
		} catch (reason) {
			const error = asLineError(reason, 'app.unexpected');
			if (error.fault !== 'command.not-now') this.objection = { kind: 'error', number: '', error };
		}
	}

	#isOwn(lineId: string, address: string): boolean {
		const own = this.#lines.all.find(({ id }) => id === lineId)?.can?.own;
		return own !== undefined && isOwn(address, own);
	}

	/** @param number '' is whom the line has of its own; nothing happens where it has nobody */
	async #dial(number: string, confirmed: boolean): Promise<void> {
		if (this.#placing || isForged()) return;
		this.#placing = true;
		try {
			await this.#deps.started;
			const line = await this.#line();
			const { parseAddress } = await this.#reading;
			const own = number === '' ? line?.can?.own : undefined;
			if (number === '' && !own) return;
			const read = parseAddress(own ? ownKey(own) : number, line?.can ?? EVERYTHING, this.#deps.country());
			if (!read.ok) throw read.error;
			const { address, digits } = read.value;
			const found = this.#app().phone.judge(address, digits);
			if (found.verdict === 'confirm' && !confirmed) {
				this.objection = { kind: 'confirm', number, because: found.because };
				return;
			}
			const callerId = line?.can?.callerIds.includes(this.callerId) ? this.callerId : '';
			await this.#place(line?.id ?? '', address, {
				confirmed,
				...(own && line ? { name: line.label } : {}),
				...(digits ? { digits } : {}),
				...(callerId ? { callerId } : {})
			});
			this.#calls.padInFront = false;
			this.text = '';
			this.#lines.settle();
		} catch (reason) {
			this.objection = { kind: 'error', number, error: asLineError(reason, 'app.unexpected') };
		} finally {
			this.#placing = false;
		}
	}

	/** Nothing is drawn before the invite has left. */
	async #place(lineId: string, to: Address, options: PhoneDialOptions): Promise<void> {
		const { pause } = this.#deps;
		const invited = pause.begin();
		try {
			await this.#app().phone.dial(lineId, to, { ...options, invited });
			await pause.over;
		} finally {
			invited();
		}
	}

	/** The chosen line, once it is known and open; without it when it does not open in time: Phone.dial says why. */
	async #line(): Promise<ShownLine | undefined> {
		const signal = AbortSignal.timeout(INTENT_MS);
		const { config, phone } = this.#app();
		try {
			await until(config, ({ source }) => source !== 'pending', signal);
			await followed(
				() => config.value.config.lines.length === 0 || this.#lines.chosen !== undefined,
				signal
			);
			const id = this.#lines.chosen?.id ?? '';
			if (id === '' || this.#lines.isOff(id) || this.#lines.chosen?.broken) return this.#lines.chosen;
			await until(phone.lines, (lines) => lines.some((line) => line.id === id), signal);
			await followed(() => this.#lines.all.some((line) => line.id === id && line.line), signal);
		} catch {
			throw new LineError('line.not-ready');
		}
		return this.#lines.chosen;
	}
}

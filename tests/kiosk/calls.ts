import type { Page } from '@playwright/test';
import type { Exchange, Observation } from '../exchange/exchange.ts';
import { askWire, type DayClock } from './day-clock.ts';
import { AUTO_CALLER, CALLER, type KioskScreen } from './screen.ts';

/**
 * `out` a button is tapped, `out-left` likewise and the far side hangs up; `in` is answered by a tap, `in-left` likewise and
 * the caller hangs up; `auto` is answered by the kiosk itself; `missed` is given up while it rings.
 */
export type CallKind = 'out' | 'out-left' | 'in' | 'in-left' | 'auto' | 'missed';

const DOZEN: readonly CallKind[] = [
	...(['out', 'auto', 'out', 'in', 'out', 'missed'] as const),
	...(['out-left', 'in-left', 'out', 'auto', 'out', 'in'] as const)
];

export const kindOf = (at: number): CallKind => DOZEN[at % DOZEN.length] ?? 'out';

export interface CallsDeps {
	readonly exchange: Exchange;
	readonly identity: string;
	readonly page: Page;
	readonly screen: KioskScreen;
	readonly clock: DayClock;
}

/** Packets that the far end has to hear: a tenth of a second of speech. */
const ENOUGH = 5;
/** Beyond what the screens after a call and the way back to the first one take, ms. */
const BACK_MS = 60_000;

export class Calls {
	readonly #deps: CallsDeps;
	readonly made: { readonly kind: CallKind; readonly tapToCall: number | undefined }[] = [];

	constructor(deps: CallsDeps) {
		this.#deps = deps;
	}

	/** One call from the first screen to the first screen. In its middle `meanwhile` happens. */
	async make(kind: CallKind, meanwhile?: (far: () => Observation) => Promise<void>): Promise<void> {
		const { exchange, identity, screen, page } = this.#deps;
		const isOut = kind === 'out' || kind === 'out-left';
		let tapToCall: number | undefined;
		if (isOut) await screen.dial();
		else {
			const from = kind === 'auto' ? AUTO_CALLER : CALLER;
			await exchange.ring({ identity, from, behaviour: 'tone-700' });
			await screen.rings();
		}
		if (kind === 'missed') exchange.hangUp(this.#far().sid);
		else {
			if (kind === 'in' || kind === 'in-left') await screen.answer();
			await screen.talks();
			if (isOut) tapToCall = await askWire(page, 'tapToCall');
			await this.#isHeardBothWays();
			await meanwhile?.(() => this.#far());
			if (kind.endsWith('left')) exchange.hangUp(this.#far().sid);
			else await screen.hangUp();
		}
		await screen.isFree();
		await this.back();
		this.made.push({ kind, tapToCall });
	}

	/** Until the kiosk shows its first screen again, of itself. */
	async back(): Promise<void> {
		const { screen, clock } = this.#deps;
		await clock.pass(BACK_MS);
		await screen.rests();
	}

	async #isHeardBothWays(): Promise<void> {
		await askWire(this.#deps.page, 'hears');
		const isHeard = () => this.#far().media === 'connected' && this.#far().rtpIn >= ENOUGH;
		await until(isHeard, 'the far end hears nothing');
	}

	#far(): Observation {
		const newest = this.#deps.exchange.calls(this.#deps.identity).at(-1);
		if (!newest) throw new Error('The exchange has no call.');
		return newest;
	}
}

const LATE_MS = 30_000;
const LOOKS_MS = 10;

/** Looks until it is so; throws when it does not become so in half a minute. */
export async function until(is: () => boolean, otherwise: string): Promise<void> {
	const end = performance.now() + LATE_MS;
	while (!is()) {
		if (performance.now() > end) throw new Error(`Stuck: ${otherwise}.`);
		await new Promise((resolve) => setTimeout(resolve, LOOKS_MS));
	}
}

import type { Page } from '@playwright/test';
import type { Exchange } from '../exchange/exchange.ts';
import type { Wire } from './wire.ts';

/** Asks the wire of the document that is there, also while one document goes and the next one comes. */
export async function askWire<K extends keyof Wire>(
	page: Page,
	question: K
): Promise<Awaited<ReturnType<Wire[K]>>> {
	for (;;) {
		try {
			const answer = await page.evaluate<unknown, keyof Wire>((name) => window.kioskWire[name](), question);
			return answer as Awaited<ReturnType<Wire[K]>>;
		} catch (error) {
			if (!/context was destroyed|navigat/i.test(String(error))) throw error;
			await page.waitForLoadState();
		}
	}
}

/**
 * After each step the page comes to rest. A token has 60 s to come, and it alone is asked for while nobody does anything: its
 * time cannot be over before its answer had a chance.
 */
const STEP_MS = 30_000;

/** Lets hours pass in seconds, in the page and at the token server. */
export class DayClock {
	readonly #page: Page;
	readonly #exchange: Exchange;
	#aheadMs = 0;
	/** The page's wall time, ms. */
	now = 0;

	constructor(page: Page, exchange: Exchange) {
		this.#page = page;
		this.#exchange = exchange;
	}

	/** Before the page is opened. */
	async start(at: number): Promise<void> {
		this.#setServers(at);
		await this.#page.clock.install({ time: at });
		this.now = at;
	}

	/** Until the page asks for nothing; brings the token server to the page's time. */
	async rest(): Promise<void> {
		this.now = await askWire(this.#page, 'quiet');
		this.#setServers(this.now);
	}

	/** What the clock of a server shows that goes with the page's: HTTP date. */
	get date(): string {
		return new Date(Date.now() + this.#aheadMs).toUTCString();
	}

	async pass(ms: number): Promise<void> {
		await this.rest();
		await this.#run(this.now + ms);
	}

	/** Until the page's clock shows `at`; nothing if it does already. */
	async reach(at: number): Promise<void> {
		await this.rest();
		await this.#run(at);
	}

	async #run(at: number): Promise<void> {
		while (this.now < at) {
			await this.#page.clock.runFor(Math.min(STEP_MS, at - this.now));
			await this.rest();
		}
	}

	#setServers(now: number): void {
		this.#aheadMs = now - Date.now();
		this.#exchange.setClock(this.#aheadMs);
	}
}

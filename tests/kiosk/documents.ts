import type { CDPSession, Page } from '@playwright/test';
import { heapOf } from '../bench/heap.ts';
import { askWire, type DayClock } from './day-clock.ts';
import { WORDS, type KioskScreen } from './screen.ts';

/** Memory of one document of the day, bytes after all garbage has gone. */
export interface DocumentHeap {
	/** After the twelfth call in it: every kind of call has been there, and the code that it needs has come. */
	readonly first: number;
	readonly last: number;
	/** Calls between the two. */
	readonly calls: number;
}

const WARM_UP = 12;
/** A build that waits takes over within this much of the page's time, and a reload comes. */
const AT_MOST_MS = 600_000;
const PACE_MS = 5_000;

/** The documents that the page goes through in the day, as builds and reloads replace one by another. */
export class Documents {
	readonly #page: Page;
	readonly #clock: DayClock;
	readonly #screen: KioskScreen;
	readonly #cdp: CDPSession;
	#name = '';
	#calls = 0;
	#first = 0;
	readonly heaps: DocumentHeap[] = [];
	readonly builds: string[] = [];

	static async of(page: Page, clock: DayClock, screen: KioskScreen): Promise<Documents> {
		return new Documents(page, clock, screen, await page.context().newCDPSession(page));
	}

	constructor(page: Page, clock: DayClock, screen: KioskScreen, cdp: CDPSession) {
		this.#page = page;
		this.#clock = clock;
		this.#screen = screen;
		this.#cdp = cdp;
	}

	/** The page has a document, and it is at rest. */
	async begin(): Promise<void> {
		this.#name = await this.#nameNow();
		this.#calls = 0;
		this.#first = 0;
	}

	/** A call has been made. */
	async counts(): Promise<void> {
		this.#calls++;
		if (this.#calls === WARM_UP) this.#first = await heapOf(this.#cdp);
	}

	async end(): Promise<void> {
		const text = (await this.#page.textContent('body')) ?? '';
		this.builds.push(WORDS.find((one) => text.includes(one)) ?? 'unknown');
		if (this.#first === 0) return;
		this.heaps.push({ first: this.#first, last: await heapOf(this.#cdp), calls: this.#calls - WARM_UP });
	}

	/** The phone finds the new build, as it does once an hour; time passes until that has taken over, as nobody would notice. */
	async update(): Promise<void> {
		await this.end();
		await this.#page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
		await this.#page.waitForFunction(
			async () => (await navigator.serviceWorker.ready).waiting?.state === 'installed'
		);
		await this.#next();
	}

	/** Time passes until the page has reloaded by itself, at `at` or soon after. */
	async nightlyReload(at: number): Promise<void> {
		await this.#clock.reach(at);
		await this.end();
		await this.#next();
	}

	async #next(): Promise<void> {
		const end = this.#clock.now + AT_MOST_MS;
		while ((await this.#nameNow()) === this.#name) {
			if (this.#clock.now > end) throw new Error('Stuck: the page does not begin anew.');
			await this.#clock.pass(PACE_MS);
		}
		await this.#screen.rests();
		await this.begin();
	}

	#nameNow(): Promise<string> {
		return askWire(this.#page, 'name');
	}
}

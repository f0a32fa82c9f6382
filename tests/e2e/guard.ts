import { expect, type BrowserContext } from '@playwright/test';
import { putWitness } from './witness.ts';

/**
 * Watches every page of a test. The test fails at its end if there was a policy violation, an error that nobody caught, an
 * error in the console, or a request to a host that was not declared; and if a page that is still open has a microphone or
 * a peer connection open: stories end with their calls ended.
 */
export class Guard {
	readonly #hosts = new Set<string>();
	readonly #seen: string[] = [];
	readonly #allowed: RegExp[] = [];
	readonly #possible: RegExp[] = [];
	#callsMayGoOn = false;

	/** Addresses whose hosts may be asked. */
	constructor(addresses: readonly string[]) {
		for (const address of addresses) this.allowHost(address);
	}

	/** What was seen so far, one line each. */
	get seen(): readonly string[] {
		return this.#seen;
	}

	allowHost(address: string): void {
		this.#hosts.add(new URL(address).host);
	}

	/** Declares what this story is bound to cause: a line that matches is no failure. It must come, or the test fails. */
	expectToSee(line: RegExp): void {
		this.#allowed.push(line);
	}

	/** As {@link expectToSee}, but it need not come: whether it does is the browser's own affair. */
	mayLog(line: RegExp): void {
		this.#possible.push(line);
	}

	/** This story ends in the middle of a call. */
	callsMayGoOn(): void {
		this.#callsMayGoOn = true;
	}

	async watch(context: BrowserContext): Promise<void> {
		await context.exposeBinding('tellTest', (_source, what: string, words: string) => {
			this.#seen.push(`${what}: ${words}`);
		});
		await context.addInitScript(putWitness);
		context.on('weberror', (error) =>
			this.#seen.push(`uncaught: ${error.error().stack ?? error.error().message}`)
		);
		context.on('console', (message) => {
			if (message.type() === 'error')
				this.#seen.push(`console: ${message.text()} (${message.location().url})`);
		});
		context.on('request', (request) => this.#visit(request.url()));
		context.on('page', (page) => page.on('websocket', (socket) => this.#visit(socket.url())));
	}

	async judge(context: BrowserContext): Promise<void> {
		const known = [...this.#allowed, ...this.#possible];
		const unexpected = this.#seen.filter((line) => !known.some((allowed) => allowed.test(line)));
		expect(unexpected, 'what the pages did that nobody expected').toEqual([]);
		const missing = this.#allowed.filter((allowed) => !this.#seen.some((line) => allowed.test(line)));
		expect(missing.map(String), 'what was announced and did not come').toEqual([]);
		if (this.#callsMayGoOn) return;
		for (const page of context.pages()) {
			const open = () => page.evaluate(() => (window.witness as typeof window.witness | undefined)?.live());
			await expect
				.poll(open, { message: 'what a page has open after its calls', timeout: 3_000 })
				.toEqual(
					page.url() === 'about:blank' ? expect.anything() : expect.objectContaining({ tracks: 0, peers: 0 })
				);
		}
	}

	#visit(address: string): void {
		const { protocol, host } = new URL(address);
		if (!/^(https?|wss?):$/.test(protocol) || this.#hosts.has(host)) return;
		this.#seen.push(`request to a stranger: ${address}`);
	}
}

import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../support/chromium.ts';
import type { FarSide } from './far-side.ts';
import type { Injection } from './injection.ts';

const TRUST_ANYTHING = '--ignore-certificate-errors';

/** Browsers by their flags: cases that want the same share one, each with a context of its own. */
export class Browsers {
	readonly #side: FarSide;
	readonly #open = new Map<string, Promise<Browser>>();

	constructor(side: FarSide) {
		this.#side = side;
	}

	/** Every name leads to this machine or nowhere; certificates count, but for those of the far side. */
	for({ flags = [], withoutFlags = [], names = [] }: Injection): Promise<Browser> {
		const { args = [], ...launch } = chromiumLaunch();
		const gateway = this.#side.exchange.gateway.split(':')[1] ?? '';
		const mapped = [
			...names,
			`voice-js.roaming.twilio.com 127.0.0.1:${gateway}`,
			'*.test 127.0.0.1',
			'* ~NOTFOUND'
		].map((name) => `MAP ${name}`);
		const all = [
			...args.filter((flag) => flag !== TRUST_ANYTHING && !withoutFlags.includes(flag)),
			`--ignore-certificate-errors-spki-list=${this.#side.trusted.join(',')}`,
			`--host-resolver-rules=${[...mapped, 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'].join(',')}`,
			...flags
		];
		const key = all.join(' ');
		const browser = this.#open.get(key) ?? chromium.launch({ ...launch, args: all });
		this.#open.set(key, browser);
		return browser;
	}

	async close(): Promise<void> {
		await Promise.all([...this.#open.values()].map(async (browser) => (await browser).close()));
	}
}

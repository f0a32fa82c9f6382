import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { startExchange, type Exchange, type Observation } from '../exchange/exchange.ts';
import { startSite, type Site } from '../support/site.ts';
import { Guard } from './guard.ts';
import { Phone } from './phone.ts';

export { expect };
export type { Page, Phone };

/** A `config.json`: an object, or text as it is. */
export type Config = object | string;

interface WorkerFixtures {
	exchange: Exchange;
	served: Served;
}

interface Served {
	readonly site: Site;
	/** What `config.json` says; undefined: the one that was built. */
	config: Config | undefined;
	/** Paths that were asked for. */
	readonly asked: string[];
}

interface TestFixtures {
	/** Fails the test on whatever nobody expected; see guard.ts. */
	guard: Guard;
	/** Of this test alone. */
	identity: string;
	/** What `config.json` says from now on. */
	setConfig: (config: Config) => void;
	/** A Twilio line on the exchange, alone in the configuration; `more` is put over its entry. */
	setTwilioLine: (more?: object, rest?: object) => void;
	phone: Phone;
	/** A phone in another tab of the same browser. */
	newTab: () => Promise<Phone>;
	/** The calls of this test's identity as the far end has them, oldest first. */
	farCalls: () => readonly Observation[];
	/** The newest of them. */
	farCall: () => Observation | undefined;
}

const FOLDER = process.env.OUT ?? 'build';
export const TWILIO_LABEL = 'Support desk';

export const test = base.extend<TestFixtures, WorkerFixtures>({
	exchange: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed
		async ({}, use) => {
			const exchange = await startExchange();
			await use(exchange);
			await exchange.close();
		},
		{ scope: 'worker' }
	],
	served: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed
		async ({}, use) => {
			const built = join(FOLDER, 'index.html');
			if (!existsSync(built)) throw new Error(`There is no ${built}. Build the phone first: npm run build`);
			const asked: string[] = [];
			const overlay: Record<string, unknown> = {};
			const site = await startSite({
				folder: FOLDER,
				overlay,
				handle: (request) => {
					asked.push(request.url ?? '');
					return Promise.resolve(false);
				}
			});
			await use({
				site,
				asked,
				get config() {
					return overlay['config.json'] as Config | undefined;
				},
				set config(config) {
					if (config === undefined) delete overlay['config.json'];
					else overlay['config.json'] = config;
				}
			});
			await site.close();
		},
		{ scope: 'worker' }
	],

	baseURL: async ({ served }, use) => use(served.site.url),
	// eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed
	identity: async ({}, use, { testId, repeatEachIndex }) => use(`t_${testId.slice(-12)}_${repeatEachIndex}`),

	guard: [
		async ({ context, served, exchange }, use) => {
			served.config = undefined;
			served.asked.length = 0;
			const guard = new Guard([served.site.url, exchange.httpUrl, `https://${exchange.gateway}`]);
			await guard.watch(context);
			await use(guard);
			await guard.judge(context);
		},
		{ auto: true }
	],

	setConfig: async ({ served }, use) => use((config) => void (served.config = config)),
	setTwilioLine: async ({ setConfig, exchange, identity }, use) =>
		use((more = {}, rest = {}) => {
			const line = {
				id: 'desk',
				kind: 'twilio',
				label: TWILIO_LABEL,
				token: { url: exchange.tokenUrl() },
				identity,
				gateway: exchange.gateway
			};
			setConfig({ lines: [{ ...line, ...more }], ...rest });
		}),

	phone: async ({ page, guard }, use) => {
		expect(guard).toBeDefined();
		await use(new Phone(page));
	},
	newTab: async ({ context }, use) => use(async () => new Phone(await context.newPage())),

	farCalls: async ({ exchange, identity }, use) => use(() => exchange.calls(identity)),
	farCall: async ({ farCalls }, use) => use(() => farCalls().at(-1))
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { startExchange, type Exchange, type Observation } from '../exchange/exchange.ts';
import { startLiveKit, type LiveKit, type RoomObservation } from '../livekit/livekit.ts';
import { startSite, type Site } from '../support/site.ts';
import { Guard } from './guard.ts';
import { Phone } from './phone.ts';

export { expect };
export type { Page, Phone };

/** A `config.json`: an object, or text as it is. */
export type Config = object | string;

interface WorkerFixtures {
	/** Path of the phone on its host; a project of playwright.config.ts may choose another one. */
	base: string;
	exchange: Exchange;
	/** Started only where a story asks for it. */
	livekit: LiveKit;
	served: Served;
}

interface Served {
	readonly site: Site;
	/** What `config.json` says; undefined: nothing, as it is shipped, whatever this copy of the repository says. */
	config: Config | undefined;
	/** Paths that were asked for. */
	readonly asked: string[];
	/** What stands below `/evil/` on the same host, by path below it. */
	readonly evil: Record<string, string>;
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
	/** A LiveKit line, alone in the configuration; `more` is put over its entry. The room's name chooses who is there. */
	setLiveKitLine: (more?: object, rest?: object) => void;
	phone: Phone;
	/** A phone in another tab of the same browser. */
	newTab: () => Promise<Phone>;
	/** The calls of this test's identity as the far end has them, oldest first. */
	farCalls: () => readonly Observation[];
	/** The newest of them. */
	farCall: () => Observation | undefined;
	/** The newest room that this test's identity has been in, as the other side has it. */
	farRoom: () => Promise<RoomObservation | undefined>;
}

/** The folder that is tested. */
export const BUILT = process.env.OUT ?? 'build';
const SHIPPED: Config = { $schema: './config.schema.json' };
export const TWILIO_LABEL = 'Support desk';
export const LIVEKIT_LABEL = 'Voice agent';
/** Where a second phone stands on the same host, and a site that means harm. */
export const NEIGHBOUR = '/other/';
export const EVIL = '/evil/';

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
	livekit: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed
		async ({}, use) => {
			const livekit = await startLiveKit({ say: (words) => console.log(words) });
			await livekit.ready;
			await use(livekit);
			await livekit.close();
		},
		// Go builds the server where there is none.
		{ scope: 'worker', timeout: 600_000 }
	],
	base: ['/', { scope: 'worker', option: true }],
	served: [
		async ({ base }, use) => {
			const built = join(BUILT, 'index.html');
			if (!existsSync(built)) throw new Error(`There is no ${built}. Build the phone first: npm run build`);
			const asked: string[] = [];
			const overlay: Record<string, unknown> = { 'config.json': SHIPPED };
			const evil: Record<string, string> = {};
			const site = await startSite({
				folder: BUILT,
				base,
				overlay,
				neighbours: [
					{ base: NEIGHBOUR, folder: BUILT, overlay: { 'config.json': SHIPPED } },
					{ base: EVIL, folder: join(BUILT, 'nothing'), overlay: evil }
				],
				handle: (request) => {
					asked.push(request.url ?? '');
					return Promise.resolve(false);
				}
			});
			await use({
				site,
				asked,
				evil,
				get config() {
					return overlay['config.json'] === SHIPPED ? undefined : (overlay['config.json'] as Config);
				},
				set config(config) {
					overlay['config.json'] = config ?? SHIPPED;
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

	setLiveKitLine: async ({ setConfig, livekit, guard, identity }, use) => {
		guard.allowHost(livekit.httpUrl);
		guard.allowHost(livekit.url);
		await use((more = {}, rest = {}) => {
			const line = {
				id: 'agent',
				kind: 'livekit',
				label: LIVEKIT_LABEL,
				token: { url: livekit.tokenUrl() },
				identity
			};
			setConfig({ lines: [{ ...line, ...more }], ...rest });
		});
	},

	phone: async ({ page, guard }, use) => {
		expect(guard).toBeDefined();
		await use(new Phone(page));
	},
	newTab: async ({ context }, use) => use(async () => new Phone(await context.newPage())),

	farCalls: async ({ exchange, identity }, use) => use(() => exchange.calls(identity)),
	farCall: async ({ farCalls }, use) => use(() => farCalls().at(-1)),
	farRoom: async ({ livekit, identity }, use) => use(async () => (await livekit.observe({ identity })).at(-1))
});

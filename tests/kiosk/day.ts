import type { Browser } from '@playwright/test';
import { startExchange, type Observation, type PhoneObservation } from '../exchange/exchange.ts';
import { startSite } from '../support/site.ts';
import { nextBuild, type NextBuild } from '../support/next-build.ts';
import { askWire, DayClock } from './day-clock.ts';
import { Calls, kindOf, type CallKind } from './calls.ts';
import { Drops } from './drops.ts';
import { Documents, type DocumentHeap } from './documents.ts';
import { KIOSK, KioskScreen, WORDS } from './screen.ts';
import { layWire } from './wire.ts';

/** One day of a kiosk, as it was seen from outside. */
export interface KioskDay {
	/** Real time from the first call to the last rest. */
	readonly seconds: number;
	/** What the page's clock showed at its end, and the offset of its zone from UTC then, minutes. */
	readonly from: { readonly at: number; readonly offset: number };
	readonly to: { readonly at: number; readonly offset: number };
	readonly calls: readonly { readonly kind: CallKind; readonly tapToCall: number | undefined }[];
	/** The exchange's own record. */
	readonly far: readonly Observation[];
	readonly phone: PhoneObservation | undefined;
	/** Requests for a token. */
	readonly tokens: number;
	/** What the screen said while the network was gone, a list for each time. */
	readonly drops: readonly (readonly string[])[];
	readonly heaps: readonly DocumentHeap[];
	/** Text of the first screen at the end of each document: which build it was. */
	readonly builds: readonly string[];
	readonly tested: string;
	/** What is open at the end. */
	readonly open: { readonly sockets: number; readonly peers: number; readonly tracks: number };
	/** Errors that nobody caught, errors in the console but those of cut sockets, violations of the policy. */
	readonly troubles: readonly string[];
}

export interface DayOptions {
	readonly browser: Browser;
	/** Folder of the build. */
	readonly build: string;
	/** 288 make a whole day; fewer end it earlier. */
	readonly calls: number;
	say?(words: string): void;
}

/** What browsers write for a cut socket and for a network that is away, and for the self-test's look at the gateway. */
const EXPECTED =
	/WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|https:\/\/localhost:\d+\/signal/;
const IDENTITY = 'kiosk';
const ZONE = 'Europe/Berlin';
/** The day before the clocks are set back in Germany, noon. Off the full minutes at which a kiosk does things by itself. */
const FROM = Date.parse('2026-10-24T12:02:00+02:00');
const SELF_TEST = Date.parse('2026-10-25T02:30:00+02:00');
const RELOAD = Date.parse('2026-10-25T03:30:00+01:00');
const SLOT_MS = 300_000;
/** Every so many calls the network goes: twelve times in 288 calls. */
const DROP_EVERY = 24;
const DROP_AT = 15;
/** After these calls there is a new build on the server. */
const FIRST_UPDATE = 59;
const SECOND_UPDATE = 239;

/** Lets the day pass. Throws where anything is stuck: what is waited for comes within 30 s or not at all. */
export async function kioskDay({ browser, build, calls: count, say }: DayOptions): Promise<KioskDay> {
	const exchange = await startExchange();
	const place = { folder: build };
	const line = { id: 'desk', kind: 'twilio', label: 'Front desk', identity: IDENTITY };
	const token = { url: exchange.tokenUrl() };
	const config = {
		name: 'Front desk',
		lines: [{ ...line, token, gateway: exchange.gateway }],
		kiosk: KIOSK
	};
	let dated: DayClock | undefined;
	const site = await startSite({
		get folder() {
			return place.folder;
		},
		overlay: { 'config.json': config },
		maxAge: 0,
		handle: (_request, response) => {
			response.setHeader('date', dated?.date ?? new Date().toUTCString());
			return Promise.resolve(false);
		}
	});
	const context = await browser.newContext({
		ignoreHTTPSErrors: true,
		locale: 'en-US',
		permissions: ['microphone'],
		// What drifts for seconds of real time would hold up every tap.
		reducedMotion: 'reduce',
		serviceWorkers: 'allow',
		timezoneId: ZONE,
		viewport: { width: 1024, height: 768 }
	});
	context.setDefaultTimeout(30_000);
	const builds: NextBuild[] = [];
	try {
		const page = await context.newPage();
		const troubles: string[] = [];
		page.on('pageerror', (error) => troubles.push(error.stack ?? error.message));
		page.on('console', (message) => {
			const words = `${message.text()} (${message.location().url})`;
			if (message.type() === 'error' && !EXPECTED.test(words)) troubles.push(words);
		});
		let tokens = 0;
		page.on('request', (request) => {
			if (request.url().startsWith(token.url) && request.method() === 'POST') tokens++;
		});
		await page.addInitScript(layWire);
		const clock = new DayClock(page, exchange);
		dated = clock;
		await clock.start(FROM);
		const screen = new KioskScreen(page, clock);
		const documents = await Documents.of(page, clock, screen);
		const calls = new Calls({ exchange, identity: IDENTITY, page, screen, clock });
		const drops = new Drops({ exchange, identity: IDENTITY, page, screen, clock, calls });
		const publish = async (at: 1 | 2) => {
			const next = await nextBuild(place.folder, WORDS[at === 1 ? 0 : 1], WORDS[at]);
			builds.push(next);
			place.folder = next.folder;
			await documents.update();
		};
		const offset = () => page.evaluate(() => -new Date().getTimezoneOffset());

		await page.goto(`${site.url}?kiosk`);
		await screen.rests();
		await documents.begin();
		const began = performance.now();
		const from = { at: clock.now, offset: await offset() };
		let tested = '';
		for (let at = 0; at < count; at++) {
			const due = FROM + (at + 1) * SLOT_MS;
			if (clock.now < SELF_TEST && due >= SELF_TEST) tested = await selfTest();
			if (clock.now < RELOAD && due >= RELOAD) await documents.nightlyReload(RELOAD);
			await clock.reach(due);
			if (at % DROP_EVERY === DROP_AT) await drops.next(kindOf(at));
			else await calls.make(kindOf(at));
			await documents.counts();
			if (at === FIRST_UPDATE) await publish(1);
			if (at === SECOND_UPDATE) await publish(2);
			if (at % DROP_EVERY === DROP_EVERY - 1)
				say?.(`  ${at + 1} calls, ${new Date(clock.now).toISOString()}`);
		}
		await documents.end();
		const seconds = (performance.now() - began) / 1000;

		async function selfTest(): Promise<string> {
			await clock.reach(SELF_TEST);
			const asked = await askWire(page, 'asked');
			// From its first request on it has its time, since it has deadlines of its own.
			while ((await askWire(page, 'asked')) === asked) {
				if (clock.now > SELF_TEST + SLOT_MS) throw new Error('Stuck: there is no self-test.');
				await clock.pass(100);
			}
			return screen.tested();
		}

		return {
			seconds,
			from,
			to: { at: clock.now, offset: await offset() },
			calls: calls.made,
			far: exchange.calls(IDENTITY),
			phone: exchange.phones().find(({ identity }) => identity === IDENTITY),
			tokens,
			drops: drops.said,
			heaps: documents.heaps,
			builds: documents.builds,
			tested,
			open: await askWire(page, 'open'),
			troubles
		};
	} catch (error) {
		const screens = await Promise.all(context.pages().map((page) => page.innerText('body').catch(() => '')));
		const facts = {
			screen: screens.join(' | ').replaceAll(/\s+/g, ' '),
			'last call of the exchange': exchange.calls(IDENTITY).at(-1),
			phones: exchange.phones()
		};
		const where = `after ${exchange.calls(IDENTITY).length} calls, its clock at ${dated?.date ?? 'noon'}`;
		const why = error instanceof Error ? error.message : String(error);
		throw new Error(`The day got stuck ${where}: ${why}\n${JSON.stringify(facts, undefined, 2)}`, {
			cause: error
		});
	} finally {
		// It fails where the browser has crashed, which has been thrown by then.
		await context.close().catch(() => undefined);
		await site.close();
		await exchange.close();
		for (const next of builds) next.remove();
	}
}

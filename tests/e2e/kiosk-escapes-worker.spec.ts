import { ownName } from '#lib/core/own-name.ts';
import { nextBuild } from '../support/next-build.ts';
import { evilPage } from './evil.ts';
import { EVIL, expect, test, type Page } from './fixtures.ts';
import { startHostSite } from './host-site.ts';
import { isKiosk, nobodyWasCalled, watchEscapes } from './kiosk-escapes.ts';
import {
	awaitsLast,
	FORGED_DATA,
	heardLast,
	LAST_WORD,
	NEIGHBOUR,
	notificationsOf,
	OWN_WORDS,
	sayAsWorker,
	STRANGE_WORDS,
	tapNotification
} from './kiosk-escapes-words.ts';
import { Kiosk, kioskOf, NAME, PIN, pinHash } from './kiosk-page.ts';
import { THINGS } from './names.ts';
import { FOLDER, isKept, newBuildWaits, startHost } from './pwa-site.ts';

/** The synthetic tap is nobody's, and Chromium says so. */
const SYNTHETIC = /waitUntil|Not allowed to (focus|open)/;

test.use({ serviceWorkers: 'allow' });
test.beforeEach(async ({ page, context }) => {
	await context.addInitScript(watchEscapes);
	expect(page.url()).toBe('about:blank');
});

test('words of workers, of neighbours and on every channel lead nowhere', async ({
	page,
	phone,
	context,
	base,
	served,
	setConfig
}) => {
	setConfig(kioskOf({ pinHash: await pinHash() }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await isKept(page);
	const evil = await evilPage(phone, served.evil);
	await evil.evaluate(async () => {
		await navigator.serviceWorker.register('worker.js');
		await navigator.serviceWorker.ready;
	});
	await page.bringToFront();
	const words = [...OWN_WORDS, ...STRANGE_WORDS, LAST_WORD];
	for (const folder of [base, EVIL]) {
		await awaitsLast(page, 'worker');
		await sayAsWorker(context, folder, words);
		await heardLast(page);
		await isKiosk(page, `the worker of ${folder}`);
		await expect(kiosk.button('Reception')).toBeVisible();
	}
	for (const thing of [...THINGS, 'kiosk', 'kiosk-pin']) {
		await awaitsLast(page, ownName(base, thing));
		await evil.evaluate(
			([name, all]) => {
				const channel = new BroadcastChannel(name);
				for (const word of all) channel.postMessage(word);
				channel.close();
			},
			[ownName(base, thing), words] as const
		);
		await heardLast(page);
		await isKiosk(page, `the channel ${thing}`);
	}
	await awaitsLast(page, 'window');
	await page.evaluate((all) => all.forEach((word) => postMessage(word, '*')), words);
	await heardLast(page);
	await isKiosk(page, 'words to itself');
	for (const [what, act] of Object.entries(NEIGHBOUR)) {
		await act(evil, base);
		await isKiosk(page, what);
		for (const address of ['./settings/?forged', './history', './']) {
			await page.goto(address);
			await isKiosk(page, `${what}, and ${address}`);
		}
	}
	await nobodyWasCalled(page, base);
});

test('the page that has opened it, and may speak to phones, says nothing to a kiosk', async ({
	page,
	context,
	base,
	guard,
	served,
	setConfig
}) => {
	const host = await startHostSite();
	guard.allowHost(host.origin);
	guard.mayLog(/favicon\.ico/);
	host.html = '<!doctype html><title>Host</title><button>Open</button>';
	await context.addInitScript(() => {
		const { addEventListener } = window;
		window.addEventListener = function (this: Window, ...args: Parameters<typeof addEventListener>) {
			if (args[0] === 'message') Object.assign(window, { listens: true });
			addEventListener.apply(this, args);
		};
	});
	setConfig({ ...kioskOf({ pinHash: await pinHash() }), embed: { origins: [host.origin] } });
	await new Kiosk(page).start();
	const from = await context.newPage();
	await from.goto(host.origin);
	for (const address of ['?kiosk', 'settings/', '?to=1']) {
		const opening = context.waitForEvent('page');
		await from.evaluate((url) => {
			const heard: unknown[] = [];
			const opened = open(url, 'phone');
			onmessage = ({ data, source }) => source === opened && heard.push(data);
			Object.assign(window, { opened, heard });
		}, `${served.site.url}${address}`);
		const opened = await opening;
		await isKiosk(opened, `${address}, opened by a host`);
		// What hears hosts comes late.
		await opened.waitForFunction(() => (window as unknown as { listens?: boolean }).listens === true);
		await awaitsLast(opened, 'window');
		await awaitsLast(from, 'window');
		await from.evaluate(
			([words, origin]) => {
				const { opened } = window as unknown as { opened: Window };
				for (const word of words) opened.postMessage(word, origin);
			},
			[[...OWN_WORDS, ...STRANGE_WORDS, LAST_WORD], new URL(served.site.url).origin] as const
		);
		await heardLast(opened);
		await opened.evaluate((last) => (opener as Window).postMessage(last, '*'), LAST_WORD);
		await heardLast(from);
		const heard = await from.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
		expect(heard).toEqual([LAST_WORD]);
		await isKiosk(opened, `${address}, and spoken to`);
		await opened.close();
	}
	await nobodyWasCalled(page, base);
	await host.close();
});

test('taps on notifications, its own and forged ones, lead nowhere', async ({
	page,
	context,
	base,
	guard,
	setTwilioLine,
	exchange,
	identity,
	farCalls
}) => {
	guard.mayLog(SYNTHETIC);
	// The calls that ring here are none that it has made.
	guard.mayLog(/^escaped: \d+ a call /);
	await context.grantPermissions(['microphone', 'notifications']);
	setTwilioLine(
		{},
		{ name: NAME, kiosk: { buttons: [{ label: 'Reception', to: '1' }], pinHash: await pinHash() } }
	);
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await isKept(page);
	const pages = context.pages().length;
	for (const data of FORGED_DATA)
		for (const action of ['', 'answer', 'decline', 'open', 'settings', 'call-back']) {
			await tapNotification(context, base, action, data ?? null);
			await expect.poll(() => notificationsOf(context, base)).toBe(0);
		}
	await isKiosk(page, 'forged notifications');
	await expect(kiosk.button('Reception')).toBeVisible();

	await page.evaluate(() => Object.assign(document, { hasFocus: () => false }));
	const rings = async () => {
		await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
		await expect(page.getByRole('alertdialog', { name: 'Incoming call from Ada Caller' })).toBeVisible();
		await expect.poll(() => notificationsOf(context, base)).toBe(1);
	};
	for (const action of ['', 'open', 'settings', 'dial', './history/']) {
		await rings();
		await tapNotification(context, base, action);
		await expect.poll(() => notificationsOf(context, base)).toBe(0);
		await isKiosk(page, `"${action}" on the notification`);
		// What was tapped only shows who calls.
		await kiosk.button('Decline').click();
		await expect(page.getByRole('alertdialog')).toHaveCount(0);
	}
	await rings();
	await tapNotification(context, base, 'decline');
	await expect(page.getByRole('alertdialog')).toHaveCount(0);
	await isKiosk(page, 'declined');
	await rings();
	await tapNotification(context, base, 'answer');
	await kiosk.reaches('In call');
	await kiosk.isAll();
	await expect(page.locator('html')).toHaveAttribute('data-kiosk', 'is');
	await kiosk.hangUp();
	// A call that is missed leaves no way in, either.
	await exchange.ring({ identity, from: '+12025550177', behaviour: 'cancels' });
	await expect.poll(() => farCalls().at(-1)?.ended?.how).toBe('cancel');
	await expect.poll(() => notificationsOf(context, base)).toBe(0);
	await expect(kiosk.button('Reception')).toBeVisible({ timeout: 20_000 });
	await isKiosk(page, 'missed');
	expect(context.pages()).toHaveLength(pages);
	expect(farCalls().filter(({ direction }) => direction === 'out')).toEqual([]);
});

/** The page follows its worker: that comes some time after everything else. */
const follows = (page: Page) =>
	page.waitForFunction(() => (window as unknown as { follows?: boolean }).follows === true);

test('a new build that takes over finds it locked, and leaves it so', async ({ page, guard }) => {
	const START = ['Start the phone', 'Begin with the phone'] as const;
	await page.addInitScript(() => {
		const { register } = ServiceWorkerContainer.prototype;
		ServiceWorkerContainer.prototype.register = function (...args) {
			Object.assign(window, { follows: true });
			return register.apply(this, args);
		};
	});
	const host = await startHost('/softphone/');
	guard.allowHost(host.site.url);
	guard.mayLog(/status of 50\d/);
	const next = await nextBuild(FOLDER, START[0], START[1]);
	const file = { ...kioskOf({ pinHash: await pinHash() }) };
	host.config = file;
	const kiosk = new Kiosk(page);
	await page.goto(`${host.site.url}?kiosk`);
	await kiosk.button(START[0]).click();
	await expect(kiosk.button('Reception')).toBeVisible();
	await isKept(page);

	const before: Readonly<Record<string, () => Promise<unknown>>> = {
		'in the middle of everything': () => page.goto(`${host.site.url}settings/`),
		'while the PIN is asked for': async () => {
			await kiosk.knock();
			await expect(kiosk.pin).toBeVisible();
		},
		'while staff is inside': async () => {
			await kiosk.knock();
			await kiosk.enter(PIN);
			await expect(kiosk.staff).toBeVisible();
		},
		'with a file that cannot be read': () => Promise.resolve((host.config = '{ "kiosk": {' as never)),
		'with a set-up of its own without a kiosk': async () => {
			host.config = file;
			await page.evaluate(([key, own]) => localStorage.setItem(key, own), [
				ownName('/softphone/', 'own-config'),
				'{"lines":[],"kiosk":null}'
			] as const);
		}
	};
	let build = 0;
	for (const [how, prepare] of Object.entries(before)) {
		await page.getByRole('button').first().waitFor();
		await prepare();
		await isKiosk(page, `${how}, before`);
		build = 1 - build;
		host.folder = build === 1 ? next.folder : FOLDER;
		await follows(page);
		await newBuildWaits(page);
		await page.evaluate(() => (document.documentElement.dataset.old = ''));
		await page.evaluate(async () => {
			const { waiting } = await navigator.serviceWorker.ready;
			waiting?.postMessage({ wish: 'take-over', idleOnly: false });
		});
		await expect(page.locator('html[data-old]'), how).toHaveCount(0, { timeout: 15_000 });
		await isKiosk(page, how);
		await expect(kiosk.staff, how).toHaveCount(0);
		await expect(kiosk.pin, how).toHaveCount(0);
		await expect(kiosk.button(START[build] ?? ''), how).toBeVisible();
		await kiosk.button(START[build] ?? '').click();
		await expect(kiosk.button('Reception'), how).toBeVisible();
	}
	await nobodyWasCalled(page, '/softphone/');
	next.remove();
	await host.site.close();
});

import { ownName } from '../../src/lib/core/own-name.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk, kioskOf, PIN, pinHash } from './kiosk-page.ts';
import { cached, isKept } from './pwa-site.ts';

const SHOWN = { timeout: 15_000 };

test('a device with a PIN stays a kiosk at every address, over reloads and in other tabs @anywhere', async ({
	page,
	setConfig,
	context,
	served
}) => {
	setConfig(kioskOf({ pinHash: await pinHash() }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	const addresses = [
		'./',
		'./?to=1&line=practice',
		'./history/',
		'./settings/',
		'./diagnostics/?run',
		'./setup/#setup=e30'
	];
	for (const address of addresses) {
		await page.goto(address);
		await expect(kiosk.button('Start the phone')).toBeVisible(SHOWN);
		await kiosk.isAll();
	}
	await page.reload();
	await expect(kiosk.button('Start the phone')).toBeVisible(SHOWN);

	const other = new Kiosk(await context.newPage());
	await other.page.goto('./');
	// The kiosk that was opened last has the phone.
	await expect(kiosk.button('Use here')).toBeVisible(SHOWN);
	await expect(other.button('Start the phone')).toBeVisible(SHOWN);
	await other.isAll();
	// Who clears the storage there, clears nothing here.
	const mark = ownName(new URL(served.site.url).pathname, 'kiosk');
	await other.page.evaluate(() => localStorage.clear());
	await expect.poll(() => page.evaluate((name) => localStorage.getItem(name), mark)).toBe('1');
});

test('before the configuration is known nothing is shown, and no key counts', async ({
	page,
	setConfig,
	phone
}) => {
	setConfig(kioskOf({}));
	let goOn = () => {};
	const held = new Promise<void>((resolve) => (goOn = resolve));
	await page.route('**/config.json', async (route) => {
		await held;
		await route.continue();
	});
	const asked = page.waitForRequest('**/config.json');
	await page.goto('./?kiosk', { waitUntil: 'commit' });
	await asked;
	await expect(page.locator('#number')).toBeHidden();
	await expect(phone.pad).toBeHidden();
	await page.keyboard.type('1');
	await page.keyboard.press('Enter');
	goOn();
	await new Kiosk(page).button('Start the phone').click();
	await expect(new Kiosk(page).button('Reception')).toBeVisible();
	await expect(new Kiosk(page).state).toHaveCount(0);
});

test('the PIN leads out, wrong ones are counted and waited for', async ({ page, setConfig, phone }) => {
	setConfig(kioskOf({ pinHash: await pinHash() }));
	const kiosk = new Kiosk(page);
	await page.clock.install();
	await kiosk.start();
	await kiosk.knock();
	for (const left of [4, 3, 2, 1]) {
		await kiosk.enter('000000');
		await expect(page.getByRole('dialog')).toContainText(`Tries left: ${left}`);
	}
	await page.reload();
	await kiosk.button('Start the phone').click();
	await kiosk.knock();
	await kiosk.enter('000000');
	await expect(page.getByRole('dialog')).toContainText('Too many wrong PINs.');
	await expect(kiosk.pin).not.toBeEditable();
	await page.clock.runFor(70_000);
	await kiosk.knock();
	await kiosk.enter('999999');
	await expect(page.getByRole('dialog')).toContainText('Too many wrong PINs.');
	await page.clock.runFor(130_000);
	await kiosk.knock();
	await kiosk.enter(PIN);
	await expect(kiosk.staff).toBeVisible();

	await kiosk.button('Back to the kiosk').click();
	await expect(kiosk.button('Reception')).toBeVisible();
	await kiosk.knock();
	await kiosk.enter(PIN);
	await page.getByRole('button', { name: /^Leave the kiosk/ }).click();
	await expect(phone.number).toBeVisible(SHOWN);
	await page.reload();
	await expect(phone.number).toBeVisible();
});

test('staff tests the phone and looks at the checkup without leaving; nobody there shuts the door', async ({
	page,
	setConfig
}) => {
	setConfig(kioskOf({ pinHash: await pinHash(), idleResetSeconds: 60 }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.knock();
	// By its own digits.
	for (const digit of PIN) await kiosk.button(digit).click();
	await kiosk.button('OK').click();
	await page.getByRole('button', { name: /^Self-test now/ }).click();
	await expect(page.getByText(/^Self-test \d+:\d\d/)).toBeVisible({ timeout: 60_000 });
	await page.getByRole('button', { name: 'Open the checkup' }).click();
	await expect(page.getByRole('button', { name: 'Run checks' })).toBeVisible();
	await page.clock.install();
	await page.getByRole('button', { name: 'Close the checkup' }).click();
	await page.clock.runFor(61_000);
	await expect(kiosk.button('Touch the screen to call')).toBeVisible();
	await expect(kiosk.staff).toHaveCount(0);
});

test('without a PIN nothing leads out, but another address does', async ({ page, setConfig, phone }) => {
	setConfig(kioskOf({}));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.knock();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(kiosk.button('Reception')).toBeVisible();
	await page.goto('./');
	await expect(phone.number).toBeVisible();
});

test('Escape, held, asks for the PIN too', async ({ page, setConfig }) => {
	setConfig(kioskOf({ pinHash: await pinHash() }));
	const kiosk = new Kiosk(page);
	await page.clock.install();
	await kiosk.start();
	await page.keyboard.press('Escape');
	await page.clock.runFor(5_000);
	await expect(kiosk.pin).toHaveCount(0);
	await page.keyboard.down('Escape');
	await page.clock.runFor(3_000);
	await expect(kiosk.pin).toBeVisible();
	// It is held on, and repeats.
	await page.keyboard.down('Escape');
	await page.keyboard.up('Escape');
	await expect(kiosk.pin).toBeFocused();
	await page.keyboard.type(PIN);
	await page.keyboard.press('Enter');
	await expect(kiosk.staff).toBeVisible();
});

test('what leads away from a page leads nowhere', async ({ page, setConfig }) => {
	setConfig(kioskOf({ pinHash: await pinHash() }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	const address = page.url();
	const prevented = await page.evaluate(() => {
		const events: Event[] = [
			new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
			...['dragstart', 'dragover', 'drop'].map(
				(type) => new DragEvent(type, { bubbles: true, cancelable: true })
			),
			new ClipboardEvent('paste', { bubbles: true, cancelable: true }),
			...[
				{ key: 'F5' },
				{ key: 'F11' },
				{ key: 'r', ctrlKey: true },
				{ key: 'p', ctrlKey: true },
				{ key: 's', metaKey: true },
				{ key: 'ArrowLeft', altKey: true },
				{ key: 'Backspace' }
			].map((key) => new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))
		];
		return events.filter((event) => document.body.dispatchEvent(event)).map(({ type }) => type);
	});
	expect(prevented, 'what was let through').toEqual([]);
	// Zooming and moving by keyboard is everybody's.
	const free = await page.evaluate(() =>
		[{ key: '+', ctrlKey: true }, { key: '0', ctrlKey: true }, { key: 'Tab' }, { key: 'Enter' }].filter(
			(key) =>
				!document.body.dispatchEvent(
					new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true })
				)
		)
	);
	expect(free).toEqual([]);

	await page.getByRole('heading', { level: 1 }).click();
	for (let times = 0; times < 2; times++) {
		await page.evaluate(() => {
			const back = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
			history.back();
			return back.then(() => undefined);
		});
	}
	await expect(kiosk.button('Reception')).toBeVisible();
	expect(page.url()).toBe(address);
});

test.describe('without a network', () => {
	test.use({ serviceWorkers: 'allow' });

	test('a kiosk starts as a kiosk, and other phones keep nothing of it', async ({
		page,
		phone,
		setConfig,
		context,
		guard,
		served
	}) => {
		guard.mayLog(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
		const cache = ownName(new URL(served.site.url).pathname, 'cache:kiosk');
		await phone.open();
		await isKept(page);
		expect(Object.keys(await cached(page))).not.toContain(cache);

		setConfig(kioskOf({ pinHash: await pinHash() }));
		const kiosk = new Kiosk(page);
		await kiosk.start();
		await expect
			.poll(async () => (await cached(page))[cache]?.length ?? 0, { timeout: 30_000 })
			.toBeGreaterThan(1);
		await context.setOffline(true);
		await page.goto('./settings/');
		await kiosk.button('Start the phone').click();
		await kiosk.isAll();
		await kiosk.button('Reception').click();
		await kiosk.reaches('In call');
		await kiosk.hangUp();
		await context.setOffline(false);
	});
});

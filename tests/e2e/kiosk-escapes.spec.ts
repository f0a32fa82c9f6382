import { ownName } from '#lib/core/own-name.ts';
import { evilPage } from './evil.ts';
import { expect, test } from './fixtures.ts';
import { isKiosk, nobodyWasCalled, watchEscapes } from './kiosk-escapes.ts';
import { HANDS, STORAGE, TRIES, type Names } from './kiosk-hands.ts';
import { ADDRESSES, MOVES } from './kiosk-moves.ts';
import { Kiosk, kioskOf, pinHash } from './kiosk-page.ts';

test.beforeEach(async ({ page, context, setConfig }) => {
	await context.addInitScript(watchEscapes);
	setConfig(kioskOf({ pinHash: await pinHash() }));
	await new Kiosk(page).start();
});

test(`${ADDRESSES.length} addresses lead to the kiosk`, async ({ page, base }) => {
	for (const address of ADDRESSES) {
		await page.goto(address);
		await isKiosk(page, address);
		await page.goto('about:blank');
	}
	await new Kiosk(page).start('./history/');
	await isKiosk(page, 'afterwards');
	expect(await page.evaluate((name) => localStorage.getItem(name), ownName(base, 'own-config'))).toBeNull();
	await nobodyWasCalled(page, base);
});

test(`${Object.keys(MOVES).length} ways to move about lead nowhere`, async ({ page, base }) => {
	for (const [how, move] of Object.entries(MOVES)) {
		await move(page);
		await page.waitForLoadState();
		await isKiosk(page, how);
	}
	await nobodyWasCalled(page, base);
});

test(`${Object.keys(HANDS).length} things that hands can do lead nowhere`, async ({ page, base }) => {
	for (const [how, act] of Object.entries(HANDS)) {
		await act(page);
		await isKiosk(page, how);
	}
	await expect(new Kiosk(page).button('Reception')).toBeVisible();
	await nobodyWasCalled(page, base);
});

test(`${Object.keys(STORAGE).length} changes of what is stored by a neighbour lead nowhere`, async ({
	page,
	phone,
	base,
	served
}) => {
	const evil = await evilPage(phone, served.evil);
	const name = (thing: string) => ownName(base, thing);
	const names: Names = {
		...{ mark: name('kiosk'), tries: name('kiosk-pin'), own: name('own-config'), file: name('config') },
		...{ settings: name('settings'), history: name('history') }
	};
	for (const [how, change] of Object.entries(STORAGE)) {
		await change(evil, names);
		await isKiosk(page, how);
		// What is gone is put back, so that it is a kiosk at every other address, too.
		await expect
			.poll(() => page.evaluate((key) => localStorage.getItem(key), names.mark), how)
			.not.toBeNull();
		await page.goto('./settings/');
		await isKiosk(page, `${how}, and loaded anew`);
	}
	await nobodyWasCalled(page, base);
});

test('no number of guesses opens it, whatever is loaded anew, stored, or done to the clock', async ({
	page,
	phone,
	base,
	served
}) => {
	const kiosk = new Kiosk(page);
	const evil = await evilPage(phone, served.evil);
	await page.bringToFront();
	await kiosk.knock();
	// Not the PIN: its beginning, its end, with blanks, in other digits, nothing.
	for (const guess of ['24681', '2468100', '\u{ff12}\u{ff14}\u{ff16}\u{ff18}\u{ff11}\u{ff10}', ' 24 68 11']) {
		await kiosk.enter(guess);
		await expect(page.getByRole('dialog')).toContainText('Tries left');
	}
	await page.reload();
	await kiosk.button('Start the phone').click();
	await kiosk.knock();
	await kiosk.enter('000000');
	await expect(page.getByRole('dialog')).toContainText('Too many wrong PINs.');
	for (const stored of TRIES) {
		await evil.evaluate(([key, text]) => localStorage.setItem(key, text), [
			ownName(base, 'kiosk-pin'),
			stored
		] as const);
		await page.evaluate(() => {
			const field = document.querySelector<HTMLInputElement>('input[type=password]');
			if (!field) return;
			field.readOnly = false;
			field.value = '246810';
			field.dispatchEvent(new Event('input', { bubbles: true }));
			field.form?.requestSubmit();
		});
		await expect(kiosk.staff, stored).toHaveCount(0);
		await expect(page.getByRole('dialog'), stored).toContainText('Too many wrong PINs.');
	}
	// Forgotten by a neighbour, and loaded anew.
	await evil.evaluate((key) => localStorage.removeItem(key), ownName(base, 'kiosk-pin'));
	await expect
		.poll(() => page.evaluate((key) => localStorage.getItem(key), ownName(base, 'kiosk-pin')))
		.toContain('5');
	await page.reload();
	await kiosk.button('Start the phone').click();
	await kiosk.knock();
	await expect(page.getByRole('dialog')).toContainText('Too many wrong PINs.');
	// The page's own clock is set forward, and back.
	for (const hours of [24, -24]) {
		await page.evaluate((ms) => {
			const { now } = Date;
			Date.now = () => now() + ms;
		}, hours * 3_600_000);
		await kiosk.knock();
		await expect(kiosk.staff, `${hours} hours`).toHaveCount(0);
	}
	expect(await page.evaluate(() => window.escapes())).toEqual([]);
	await nobodyWasCalled(page, base);
});

test('there are 60 ways and more', () => {
	const tables = [ADDRESSES, Object.keys(MOVES), Object.keys(HANDS), Object.keys(STORAGE), TRIES];
	expect(tables.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThanOrEqual(60);
});

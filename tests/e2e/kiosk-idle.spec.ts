import { expect, test } from './fixtures.ts';
import { Kiosk, kioskOf } from './kiosk-page.ts';

test('left alone it asks whether anybody is there, and goes back to its first screen', async ({
	page,
	setConfig
}) => {
	setConfig(kioskOf({}));
	const kiosk = new Kiosk(page);
	const asked = page.getByRole('dialog', { name: 'Are you still there?' });
	const first = kiosk.button('Touch the screen to call');
	await page.clock.install({ time: '2026-03-02T10:00:00' });
	await kiosk.start();
	// From here on the time goes on by hand.
	await page.clock.pauseAt('2026-03-02T11:00:00');
	await page.clock.runFor(30_000);
	await first.click();
	await expect(kiosk.lamp).toBeVisible();
	await page.clock.runFor(39_000);
	await expect(asked).toHaveCount(0);
	await page.clock.runFor(1_500);
	await expect(asked).toContainText('in 20 seconds');
	const dialog = await asked.elementHandle();
	await kiosk.button('I am still here').click();
	await expect(asked).toHaveCount(0);
	await page.clock.runFor(41_500);
	// Browsers tell of a closing with the next frame, which may come late.
	await dialog?.evaluate((gone) => gone.dispatchEvent(new Event('close')));
	await expect(asked).toContainText('in 19 seconds');
	await expect(kiosk.button('Reception')).toBeAttached();
	await page.clock.runFor(19_000);
	await expect(asked).toHaveCount(0);
	await expect(first).toBeVisible();
	await expect(kiosk.button('Reception')).toHaveCount(0);
});

test('a short time without a touch is warned of in its middle', async ({ page, setConfig }) => {
	setConfig(kioskOf({ idleResetSeconds: 6 }));
	const kiosk = new Kiosk(page);
	const asked = page.getByRole('dialog', { name: 'Are you still there?' });
	await page.clock.install({ time: '2026-03-02T10:00:00' });
	await kiosk.start();
	await page.clock.pauseAt('2026-03-02T11:00:00');
	await page.clock.runFor(30_000);
	await kiosk.button('Touch the screen to call').click();
	await expect(kiosk.lamp).toBeVisible();
	await page.clock.runFor(2_900);
	await expect(asked).toHaveCount(0);
	await page.clock.runFor(600);
	await expect(asked).toContainText('in 3 seconds');
});

test('a device so slow that the time has moved on at each look at the clock still shows it', async ({
	page,
	setConfig
}) => {
	await page.addInitScript(() => {
		let now = Date.now();
		Date.now = () => ++now;
	});
	setConfig(kioskOf({}));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.isAll();
	await expect(page.getByText(/^\d{1,2}:\d{2}/)).toBeVisible();
});

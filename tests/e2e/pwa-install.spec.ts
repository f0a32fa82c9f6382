import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../support/chromium.ts';
import { expect, test } from './fixtures.ts';
import { isKept, startHost } from './pwa-site.ts';

for (const base of ['/', '/softphone/', '/a/b/']) {
	test(`Chromium finds nothing to object to in the installable phone at ${base}`, async () => {
		const host = await startHost(base);
		const profile = mkdtempSync(join(tmpdir(), 'offhook-profile-'));
		// A private window installs nothing.
		const context = await chromium.launchPersistentContext(profile, {
			...chromiumLaunch(),
			serviceWorkers: 'allow'
		});
		const page = context.pages()[0] ?? (await context.newPage());
		await page.goto(host.site.url);
		await isKept(page);
		const devtools = await context.newCDPSession(page);
		const { errors, url, data } = await devtools.send('Page.getAppManifest');
		expect(errors).toEqual([]);
		expect(url).toBe(`${host.site.url}manifest.webmanifest`);
		expect(JSON.parse(data ?? '{}')).not.toHaveProperty('id');
		expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] });
		expect(await devtools.send('Page.getAppId')).toMatchObject({ appId: host.site.url });
		await context.close();
		await host.site.close();
		rmSync(profile, { recursive: true, force: true });
	});
}

test('the settings tell how to install, by a button where the browser has one', async ({ phone }) => {
	await phone.page.goto('./settings/');
	const guide = phone.page.getByRole('region', { name: 'Install the phone' });
	await expect(guide).toContainText('Add to Dock');
	await phone.page.evaluate(() => {
		const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
			prompt: () => Promise.resolve(void (document.title = 'asked'))
		});
		dispatchEvent(offer);
	});
	await guide.getByRole('button', { name: 'Install', exact: true }).click();
	await expect(phone.page).toHaveTitle('asked');
});

test('on an iPhone they name Share and Add to Home Screen', async ({ phone, context }) => {
	await context.addInitScript(() => {
		Object.defineProperty(navigator, 'standalone', { value: false });
		Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 });
	});
	await phone.page.goto('./settings/');
	const guide = phone.page.getByRole('region', { name: 'Install the phone' });
	await expect(guide.getByRole('listitem')).toHaveText([
		/tap Share/,
		/Add to Home Screen/,
		/allow the microphone/
	]);
});

test('a tel: link that is opened while the phone is open puts its number in, and dials nothing', async ({
	phone,
	context
}) => {
	await context.addInitScript(() => {
		Object.defineProperty(window, 'launchQueue', {
			value: { setConsumer: (consumer: unknown) => Object.assign(window, { launch: consumer }) }
		});
	});
	await phone.open();
	await phone.number.fill('12');
	await phone.page.evaluate(() => {
		const { launch } = window as unknown as { launch(params: { targetURL: string }): void };
		const handled = (number: string) => new URL(`./?to=${encodeURIComponent(number)}`, location.href).href;
		launch({ targetURL: location.href });
		launch({ targetURL: handled('tel:+1-201-555-0123') });
	});
	await expect(phone.number).toHaveValue(/201.*555.*0123/);
	await expect(phone.call).toBeVisible();
});

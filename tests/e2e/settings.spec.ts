import { expect, test } from './fixtures.ts';

test('settings outlive a reload', { tag: '@anywhere' }, async ({ phone }) => {
	await phone.open('settings/');
	const colours = phone.page.getByLabel('Colours', { exact: true });
	const tones = phone.page.getByRole('switch', { name: 'Key tones' });
	await colours.selectOption('Dark');
	await expect(phone.page.locator('html')).toHaveAttribute('data-scheme', 'dark');
	const before = await tones.isChecked();
	await tones.setChecked(!before);
	await phone.page.reload();
	await expect(phone.page.locator('html')).toHaveAttribute('data-scheme', 'dark');
	await expect(tones).toBeChecked({ checked: !before });
	await expect(colours).toHaveValue('dark');
});

test('a line is switched off and on again', async ({ phone }) => {
	await phone.open('settings/');
	const on = phone.page.getByRole('switch', { name: 'Line Practice line switched on' });
	await on.uncheck();
	await expect(phone.status('Practice line')).toHaveText('Off');
	await phone.page.reload();
	await expect(phone.status('Practice line')).toHaveText('Off');
	await expect(on).not.toBeChecked();
	await on.check();
	await expect(phone.status('Practice line')).toHaveText('Ready');
});

test('the microphone is tried out before the first call, and let go', async ({ phone }) => {
	await phone.open('settings/');
	await phone.button('Test the microphone').click();
	await expect(phone.page.getByText('The microphone hears you')).toBeVisible();
	await phone.button('Stop').click();
	await expect.poll(async () => (await phone.live()).tracks).toBe(0);
	await phone.button('Test the speaker').click();
	await phone.isAudible();
	await expect(phone.page.getByLabel('Microphone', { exact: true }).getByRole('option')).not.toHaveCount(1);
});

test('the phone speaks Spanish, chosen or from the browser', async ({ phone, browser, served }) => {
	await phone.open('settings/');
	await phone.page.getByLabel('Language', { exact: true }).selectOption('Español');
	await expect(phone.page.locator('html')).toHaveAttribute('lang', 'es');
	await expect(phone.page.getByLabel('Idioma', { exact: true })).toBeVisible();
	await phone.page.reload();
	await expect(phone.page.locator('html')).toHaveAttribute('lang', 'es');

	const context = await browser.newContext({ locale: 'es-ES', baseURL: served.site.url });
	const page = await context.newPage();
	await page.goto('./');
	await expect(page.locator('html')).toHaveAttribute('lang', 'es');
	await expect(page.getByRole('button', { name: 'Call', exact: true })).toBeHidden();
	await context.close();
});

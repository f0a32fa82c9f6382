import { readFile } from 'node:fs/promises';
import { isAccessible } from './axe.ts';
import { expect, test, TWILIO_LABEL, type Page, type Phone } from './fixtures.ts';

// The wizard's stories look at the light colours.
test.use({ colorScheme: 'dark' });

const link = (config: object) => `setup/#setup=${Buffer.from(JSON.stringify(config)).toString('base64url')}`;
const heading = (phone: Phone, name: string) => phone.page.getByRole('heading', { level: 2, name });
const changes = (phone: Phone) => phone.page.getByRole('list', { name: 'What changes' });
const kept = (page: Page) =>
	page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(':own-config')));

/** Every address that the page's address bar has had since its document began. */
const watched = (page: Page) =>
	page.addInitScript(() => {
		addEventListener('DOMContentLoaded', () => {
			document.documentElement.dataset.seenAtStart = location.href;
		});
	});

const PRACTICE = { id: 'mine', kind: 'practice', label: 'From the link' };

test('a set-up link shows what it changes, leaves the address bar, and waits for a yes @anywhere', async ({
	phone,
	setTwilioLine,
	exchange,
	identity
}) => {
	setTwilioLine();
	await watched(phone.page);
	const offered = {
		lines: [
			{
				id: 'desk',
				kind: 'twilio',
				label: TWILIO_LABEL,
				token: { url: 'https://tokens.evil.example/t' },
				identity
			},
			PRACTICE
		]
	};
	await phone.open(link(offered), TWILIO_LABEL);
	await expect(heading(phone, 'A link wants to set up this phone')).toBeFocused();
	const seen = await phone.page.evaluate(() => [location.href, document.documentElement.dataset.seenAtStart]);
	for (const address of seen) expect(address).toMatch(/\/setup\/$/);
	const desk = changes(phone).getByRole('listitem').filter({ hasText: TWILIO_LABEL });
	await expect(desk).toContainText(new URL(exchange.tokenUrl()).host);
	await expect(desk).toContainText('tokens.evil.example');
	await expect(desk).toContainText(exchange.gateway);
	await expect(desk).toContainText('twilio.com');
	await isAccessible(phone.page, 'a set-up link');
	expect(await kept(phone.page)).toEqual([]);
	await phone.button('Do not apply').click();
	await expect(changes(phone)).toHaveCount(0);
	expect(await kept(phone.page)).toEqual([]);
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');

	// Another one, put into the address bar of this very page, and agreed to.
	await phone.page.evaluate(
		(hash) => void (location.hash = hash),
		link({ lines: [PRACTICE] }).split('#')[1] ?? ''
	);
	await phone.button('Apply').click();
	await expect(phone.status('From the link')).toHaveText('Ready');
	await expect(phone.page).toHaveURL(/\/setup\/$/);
	expect(await phone.page.evaluate(() => window.witness.made().microphones)).toBe(0);
	await expect(phone.status(TWILIO_LABEL)).toHaveCount(0);
	await phone.open('./', 'From the link');
});

test('a link that is not in order is refused as a whole, with what is wrong', async ({ phone }) => {
	await phone.open(link({ lines: [{ ...PRACTICE }], kiosk: { autoAnswer: ['*'] }, locked: ['setup'] }));
	await expect(heading(phone, 'This set-up link cannot be used')).toBeFocused();
	for (const path of ['kiosk', 'locked']) await expect(phone.page.getByRole('main')).toContainText(path);
	await expect(phone.button('Apply')).toHaveCount(0);
	await isAccessible(phone.page, 'a refused link');
	await phone.button('Close').click();
	expect(await kept(phone.page)).toEqual([]);
	for (const [fragment, words] of [
		['e30+', 'cut or changed on its way'],
		['%E0%A4%A', 'cut or changed on its way'],
		['', 'There is nothing in it.'],
		[Buffer.from('{"lines":').toString('base64url'), 'line 1, column 10']
	] as const) {
		await phone.page.goto('about:blank');
		await phone.open(`setup/#setup=${fragment}`);
		await expect(phone.page.getByRole('main')).toContainText(words);
		await expect(phone.page).toHaveURL(/\/setup\/$/);
	}
	expect(await kept(phone.page)).toEqual([]);
});

test('where the set-up is closed, a link changes nothing', async ({ phone, setConfig }) => {
	setConfig({ lines: [{ id: 'practice', kind: 'practice', label: 'Practice line' }], locked: ['setup'] });
	await phone.open(link({ lines: [PRACTICE] }));
	await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText('Set up is closed on this phone');
	await expect(phone.button('Apply')).toHaveCount(0);
	await expect(phone.page).toHaveURL(/\/setup\/$/);
	expect(await kept(phone.page)).toEqual([]);
});

test('a set-up goes from one phone to the next by its link, its code and its file', async ({
	phone,
	setTwilioLine,
	setConfig,
	exchange
}) => {
	const token = { url: exchange.tokenUrl('bearer'), auth: { kind: 'bearer' } };
	setTwilioLine({ token });
	await phone.open('setup/', TWILIO_LABEL, /^Not working/);
	const address = await phone.page.getByRole('textbox', { name: 'Set-up link' }).inputValue();
	await phone.button('Show as QR code').click();
	await expect(phone.page.getByRole('img', { name: 'QR code of the set-up link' })).toBeVisible();
	const [saved] = await Promise.all([
		phone.page.waitForEvent('download'),
		phone.button('Save as a file').click()
	]);
	const path = await saved.path();
	expect(saved.suggestedFilename()).toBe('offhook-settings.json');
	const file = JSON.parse(await readFile(path, 'utf8')) as { config: { lines: object[] } };
	expect(file.config.lines).toEqual([expect.not.objectContaining({ gateway: expect.anything() })]);

	setConfig('{}');
	await phone.page.goto('about:blank');
	await phone.open(new URL(address).pathname.slice(1) + new URL(address).hash);
	await expect(changes(phone)).toContainText(new URL(token.url).host);
	await phone.button('Do not apply').click();
	await phone.page.getByLabel('Open a file').setInputFiles(path);
	await expect(heading(phone, 'This file wants to set up this phone')).toBeFocused();
	await isAccessible(phone.page, 'a file');
	await phone.button('Apply').click();
	await expect(phone.status(TWILIO_LABEL)).toHaveText(/^Not working/);
	await phone.page.goto('about:blank');
	await phone.open('setup/', TWILIO_LABEL, /^Not working/);
	expect(await phone.page.getByRole('textbox', { name: 'Set-up link' }).inputValue()).toBe(address);
});

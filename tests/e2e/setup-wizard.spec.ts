import { isAccessible } from './axe.ts';
import { expect, test, TWILIO_LABEL, type Phone } from './fixtures.ts';

const step = (phone: Phone, name: string) => phone.page.getByRole('heading', { level: 2, name, exact: true });
const field = (phone: Phone, name: string) => phone.page.getByRole('textbox', { name });
const note = (phone: Phone) => phone.page.getByRole('main').getByRole('status');

test('a line is set up, tried, and called with, from a phone that nobody has set up', async ({
	phone,
	exchange,
	livekit,
	identity,
	guard
}) => {
	guard.allowHost(livekit.httpUrl);
	guard.allowHost(livekit.url);
	// The browser's own note of what the trials meet: an address that is not there, and LiveKit's word that it wants a token.
	guard.mayLog(/status of 404|status of 401.*rtc\/validate/);
	await phone.open();
	await phone.page.getByRole('link', { name: 'Set up a line' }).click();
	await expect(step(phone, 'What do you call with?')).toBeVisible();
	await isAccessible(phone.page, 'the first step');
	await phone.button('Next').click();
	await expect(step(phone, 'About the line')).toBeFocused();

	// A mistake is told at its field, which has the focus.
	await field(phone, 'Name of the line').fill('My number');
	await field(phone, 'Address of the token server').fill('http://tokens.example.com');
	await phone.button('Next').click();
	await expect(field(phone, 'Address of the token server')).toBeFocused();
	await expect(field(phone, 'Address of the token server')).toHaveAccessibleDescription(/not possible/);
	await isAccessible(phone.page, 'a field with a mistake');

	// A token server that is not there, in the checkup's words; then the right one.
	await field(phone, 'Address of the token server').fill(exchange.tokenUrl('404'));
	await field(phone, 'Identity').fill(identity);
	await phone.button('Next').click();
	await phone.button('Test token').click();
	await expect(phone.page.locator('[data-cause="token-endpoint.not-found"]')).toBeVisible();
	await expect(phone.button('Go on without it')).toBeVisible();
	await isAccessible(phone.page, 'a token server that is not there');
	await phone.button('Back').click();
	await expect(field(phone, 'Name of the line')).toHaveValue('My number');
	await field(phone, 'Address of the token server').fill(exchange.tokenUrl());
	await phone.button('Next').click();
	await phone.button('Test token').click();
	await expect(note(phone).filter({ hasText: 'It works' })).toBeVisible();

	// Another kind of line; what was filled in stays.
	await phone.button('Back').click();
	await phone.button('Back').click();
	await phone.page.getByRole('radio', { name: /^My own LiveKit server/ }).check();
	await phone.button('Next').click();
	await expect(field(phone, 'Name of the line')).toHaveValue('My number');
	await field(phone, 'Name of the line').fill('Rooms');
	await field(phone, 'Address of the token server').fill(livekit.tokenUrl());
	await field(phone, 'Address of the LiveKit server').fill(livekit.url);
	await phone.button('Next').click();
	await phone.button('Test token').click();
	await expect(note(phone).filter({ hasText: 'It works' })).toBeVisible();
	await phone.button('Next').click();

	// Nothing is in force before it is saved.
	await expect(phone.status('Rooms')).toHaveCount(0);
	const changes = phone.page.getByRole('list', { name: 'What changes' });
	await expect(changes.getByRole('listitem').filter({ hasText: 'Rooms' })).toContainText(
		new URL(livekit.tokenUrl()).host
	);
	await isAccessible(phone.page, 'what changes');
	await phone.button('Save on this device').click();
	await expect(step(phone, 'Microphone and speaker')).toBeFocused();
	await phone.button('Test the microphone').click();
	await expect(phone.page.getByText('The microphone hears you')).toBeVisible();
	await phone.button('Test the speaker').click();
	await phone.isAudible();
	await phone.button('Next').click();
	await expect(step(phone, 'It is saved')).toBeFocused();
	await isAccessible(phone.page, 'the last step');
	await phone.page.getByRole('link', { name: 'Call now' }).click();
	await expect(phone.status('Rooms')).toHaveText('Ready');
	await phone.dial('people-standup');
	await phone.reaches('In call');
	await phone.hangUp();
	await phone.close();

	// It outlives the page, and is forgotten when it is asked to be.
	await phone.open('setup/', 'Rooms');
	await phone.button('Forget this set-up').click();
	await phone.button('Forget it').click();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await expect(phone.button('Forget this set-up')).toHaveCount(0);
});

test('a token server that wants a key gets it for its own origin alone', async ({
	phone,
	exchange,
	guard
}) => {
	guard.mayLog(/status of 401/);
	await phone.open('setup/');
	await phone.button('Next').click();
	await field(phone, 'Address of the token server').fill(exchange.tokenUrl('bearer'));
	await phone.page.getByRole('checkbox', { name: /asks for an access key/ }).check();
	await phone.button('Next').click();
	await phone.button('Test token').click();
	await phone.page.getByLabel('Access key').fill('open-sesame');
	await phone.button('Use').click();
	await expect(note(phone).filter({ hasText: 'It works' })).toBeVisible();
	const kept = await phone.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
	expect(kept).not.toContain('open-sesame');
});

test('a configuration as text: where it stops being JSON, what is wrong, and what may not stand there', async ({
	phone
}) => {
	await phone.open('setup/');
	await phone.page.getByRole('radio', { name: /^Something else/ }).check();
	await phone.button('Next').click();
	const text = field(phone, 'Configuration as JSON');
	await text.fill('{\n  "lines": [,]\n}');
	await phone.button('Next').click();
	const alert = phone.page.getByRole('main').getByRole('alert').filter({ visible: true });
	await expect(alert.filter({ hasText: 'line 2, column 13' })).toBeVisible();
	const line = { id: 'desk', kind: 'twilio', token: { url: 'ftp://x' }, gateway: 'evil.example:443' };
	await text.fill(JSON.stringify({ lines: [line], kiosk: {} }));
	await phone.button('Next').click();
	for (const path of ['lines[0].token.url', 'lines[0].gateway', 'kiosk'])
		await expect(alert.filter({ hasText: path })).toBeVisible();
	await isAccessible(phone.page, 'problems of a configuration');
	await text.fill(JSON.stringify({ name: 'Acme', lines: [{ id: 'mine', kind: 'practice', label: 'Mine' }] }));
	await phone.button('Next').click();
	await expect(phone.page.getByText('there is nothing to try')).toBeVisible();
	await phone.button('Next').click();
	await phone.button('Save on this device').click();
	await expect(phone.status('Mine')).toHaveText('Ready');
	await expect(phone.page).toHaveTitle(/Acme/);
});

test('where the set-up is closed, it is neither linked nor shown, and a key still has its place', async ({
	phone,
	setTwilioLine,
	exchange
}) => {
	setTwilioLine(
		{ token: { url: exchange.tokenUrl('bearer'), auth: { kind: 'bearer' } } },
		{ locked: ['settings', 'setup'] }
	);
	await phone.open('setup/', TWILIO_LABEL, /^Not working/);
	await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText('Set up is closed on this phone');
	await expect(phone.page.getByRole('main')).toContainText('take "setup" out of "locked"');
	await expect(phone.page.getByRole('main').getByRole('textbox')).toHaveCount(0);
	await phone.button('All lines and what is wrong').click();
	await phone.page.getByLabel('Access key').fill('open-sesame');
	await phone.button('Use').click();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
});

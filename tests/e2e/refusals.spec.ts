import { expect, test } from './fixtures.ts';

test('an emergency number is refused with what to do instead', async ({ phone }) => {
	await phone.open();
	await phone.dial('911');
	const sheet = phone.page.getByRole('dialog', { name: 'This phone cannot call for help' });
	await expect(sheet.getByRole('link', { name: 'Call 911 with this device' })).toHaveAttribute(
		'href',
		'tel:911'
	);
	await sheet.getByRole('button', { name: 'Close' }).last().click();
	await expect(phone.state).toBeHidden();
	expect(await phone.page.evaluate(() => window.witness.made().microphones)).toBe(0);
	await phone.go('History');
	await expect(phone.page.getByText('No calls yet.')).toBeVisible();
});

test('an expensive number is asked about first', async ({ phone, setTwilioLine, farCalls }) => {
	setTwilioLine();
	await phone.open('./', 'Support desk');
	await phone.dial('+19005550100');
	const sheet = phone.page.getByRole('dialog', { name: /^Call .*900.*\?$/ });
	await expect(sheet).toContainText('usually costs extra');
	await sheet.getByRole('button', { name: 'Cancel' }).click();
	expect(farCalls()).toEqual([]);
	await phone.call.click();
	await sheet.getByRole('button', { name: 'Call anyway' }).click();
	await phone.reaches('Ended: The number does not exist');
	expect(farCalls()).toHaveLength(1);
});

test('what the configuration does not allow is not dialled', async ({ phone, setTwilioLine, farCalls }) => {
	setTwilioLine({}, { dialling: { country: 'US', allow: ['+1202*'] } });
	await phone.open('./', 'Support desk');
	await phone.dial('+442079460000');
	await expect(phone.page.getByRole('dialog', { name: 'This phone may not call that number' })).toBeVisible();
	expect(farCalls()).toEqual([]);
});

test('mistakes in config.json are named, and the rest works', async ({ phone, setConfig }) => {
	setConfig({
		lnies: [],
		lines: [
			{ id: 'practice', kind: 'practice' },
			{ id: 'desk', kind: 'twilio', label: 'Desk', token: { url: 'http://tokens.example.com/' } }
		]
	});
	await phone.open('./', 'Practice line');
	await expect(phone.status('Desk')).toHaveText(/^Not working: .+/);
	await phone.go('Settings');
	await expect(phone.page.getByRole('main')).toContainText('lnies');
	await expect(phone.page.getByRole('main')).toContainText('lines[1].token.url');
});

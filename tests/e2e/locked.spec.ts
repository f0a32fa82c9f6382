import { expect, test } from './fixtures.ts';

const LINES = [{ id: 'practice', kind: 'practice', label: 'Practice line' }];

for (const [place, title] of [
	['history', 'History'],
	['settings', 'Settings']
] as const) {
	test(`a locked page is neither linked nor shown: ${place}`, async ({ phone, setConfig }) => {
		setConfig({ lines: LINES, locked: [place] });
		await phone.open(`${place}/`);
		const { page } = phone;
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${title} is closed on this phone`);
		await expect(page.getByRole('main')).toContainText(`take "${place}" out of "locked" in config.json`);
		await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0);
		await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(0);
		await expect(page.getByRole('link', { name: title, exact: true })).toHaveCount(0);
		await page.getByRole('link', { name: 'To the phone' }).click();
		await expect(phone.number).toBeVisible();
	});
}

test('where the history is locked, no earlier call is shown on the phone either', async ({
	phone,
	setConfig
}) => {
	await phone.open();
	await phone.dial('2');
	await phone.reaches('Ended: Busy');
	setConfig({ lines: LINES, locked: ['history'] });
	await phone.open();
	await expect(phone.page.getByText('Hear your own voice')).toBeAttached();
	await expect(phone.page.getByText('Recent calls')).toHaveCount(0);
	await phone.call.click();
	await expect(phone.number).toHaveValue('');
});

test('where the pad is locked, calls come from a link, the recent calls or outside, and menus still take keys', async ({
	phone,
	setConfig
}) => {
	setConfig({ lines: LINES, locked: ['dialpad'] });
	await phone.open();
	await expect(phone.page.getByText('No numbers are typed on this phone.')).toBeVisible();
	await expect(phone.pad).toBeHidden();
	await expect(phone.number).toBeHidden();
	await expect(phone.call).toBeHidden();
	await phone.page.keyboard.type('2');
	await expect(phone.call).toBeHidden();

	await phone.open('./?to=1');
	await phone.call.click();
	await phone.reaches('In call');
	await phone.button('Keypad').click();
	await phone.button('5').click();
	await expect(phone.page.getByRole('status', { name: 'Digits sent' })).toHaveText('5');
	await phone.hangUp();
	await phone.button('Close').click();
	await phone.page.getByRole('button', { name: /^Put in the number of 1/ }).click();
	await expect(phone.call).toBeVisible();
});

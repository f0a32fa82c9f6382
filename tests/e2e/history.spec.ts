import { expect, test } from './fixtures.ts';

test('every attempt has one row, and a row redials', async ({ phone }) => {
	await phone.open();
	for (const number of ['2', '9']) {
		await phone.dial(number);
		await phone.reaches(/^Ended: /);
		await phone.close();
	}
	await phone.go('History');
	await expect(phone.rows).toHaveCount(2);
	await expect(phone.rows.nth(0)).toContainText('The number does not exist');
	await expect(phone.rows.nth(1)).toContainText('Busy');
	await phone.rows
		.nth(1)
		.getByRole('button', { name: /^Put in the number of 2/ })
		.click();
	await expect(phone.number).toHaveValue('2');
	await expect(phone.state).toBeHidden();
	await phone.call.click();
	await phone.reaches('Ended: Busy');
});

test('rows outlive a reload, are found, and are deleted', { tag: '@anywhere' }, async ({ phone }) => {
	await phone.open();
	await phone.dial('2');
	await phone.reaches('Ended: Busy');
	await phone.open('history/');
	await expect(phone.rows).toHaveCount(1);
	const search = phone.page.getByRole('searchbox', { name: 'Search calls' });
	await search.fill('nobody');
	await expect(phone.rows).toHaveCount(0);
	await expect(phone.page.getByText('No call matches.')).toBeVisible();
	await search.fill('');
	await phone.button('Delete all').click();
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Delete all calls' }).click();
	await expect(phone.page.getByText('No calls yet.')).toBeVisible();
	await phone.page.reload();
	await expect(phone.page.getByText('No calls yet.')).toBeVisible();
});

test('a reload in the middle of a call leaves a row that says so, and the microphone is free', async ({
	phone
}) => {
	await phone.open();
	await phone.talks('1');
	await expect(phone.time).toHaveText(/0:0[1-9]$/);
	phone.page.on('dialog', (dialog) => void dialog.accept());
	await phone.page.reload();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	expect((await phone.live()).tracks).toBe(0);
	await phone.go('History');
	await expect(phone.rows).toHaveCount(1);
	await expect(phone.rows.first()).toContainText('The page was closed');
});

test('a row stands there before the call is answered', async ({ phone, newTab }) => {
	await phone.open();
	await phone.dial('3');
	await phone.reaches('Ringing');
	const other = await newTab();
	await other.page.goto('history/');
	await expect(other.rows).toHaveCount(1);
	await expect(other.rows.first()).toContainText('Going on');
	await phone.button('Hang up').click();
	await expect(other.rows.first()).toContainText('Cancelled');
});

import { expect, test } from './fixtures.ts';

test.beforeEach(({ phone }) => phone.open());

test('digits are formatted while they are typed, and the physical keyboard needs no focus', async ({
	phone
}) => {
	await phone.page.keyboard.type('2025550100');
	await expect(phone.number).toHaveValue('(202) 555-0100');
	await phone.page.keyboard.press('Backspace');
	await expect(phone.number).toHaveValue('(202) 555-010');
	await phone.number.fill('');
	await phone.number.pressSequentially('+442079460000');
	await expect(phone.number).toHaveValue('+44 20 7946 0000');
});

test('what is pasted is cleaned', async ({ phone, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const table = [
		['  tel:+1-202-555-0100 ', '+1 202 555 0100'],
		['+1\u{a0}(202)\u{2011}555\u{2011}0100\n', '+1 202 555 0100'],
		['\u{202a}+12025550100\u{202c}', '+1 202 555 0100']
	] as const;
	for (const [pasted, shown] of table) {
		await phone.number.fill('');
		await phone.page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
		await phone.number.press('Control+v');
		await expect(phone.number).toHaveValue(shown);
	}
});

test('a long press on 0 gives +, a short one 0, and the backspace takes one away', async ({ phone }) => {
	const zero = phone.pad.getByRole('button', { name: '0', exact: true });
	await zero.click({ delay: 800 });
	await expect(phone.number).toHaveValue('+');
	await zero.click();
	await expect(phone.number).toHaveValue('+0');
	await phone.button('Delete digit').click();
	await expect(phone.number).toHaveValue('+');
	await phone.button('Delete digit').click({ delay: 800 });
	await expect(phone.number).toHaveValue('');
	await phone.button('Undo clear').click();
	await expect(phone.number).toHaveValue('+');
});

test('every key of the pad types itself', async ({ phone }) => {
	for (const key of ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'Star', '0', 'Hash'])
		await phone.pad.getByRole('button', { name: key, exact: true }).click();
	await expect
		.poll(async () => (await phone.number.inputValue()).replace(/[^\d*#]/g, ''))
		.toBe('123456789*0#');
});

test('Enter in the field calls', async ({ phone }) => {
	await phone.number.fill('2');
	await phone.number.press('Enter');
	await phone.reaches('Ended: Busy');
});

import { expect, test, type Phone } from './fixtures.ts';

/** Presses Tab until the element with this name has the focus. */
async function tabTo(
	phone: Phone,
	role: 'button' | 'link' | 'switch' | 'combobox',
	name: string
): Promise<void> {
	const wanted = phone.page.getByRole(role, { name, exact: true });
	const hasFocus = () => wanted.evaluate((element) => element === document.activeElement);
	for (let press = 0; press < 80 && !(await hasFocus()); press++) await phone.page.keyboard.press('Tab');
	await expect(wanted).toBeFocused();
	await expect(wanted).toBeInViewport();
}

test('everything is done with the keyboard alone', async ({ phone }) => {
	const { keyboard } = phone.page;
	await phone.open();
	await keyboard.type('1');
	await keyboard.press('Enter');
	await phone.reaches('In call');

	await tabTo(phone, 'button', 'Mute');
	await keyboard.press('Space');
	await expect(phone.button('Unmute')).toBeFocused();
	await keyboard.press('Space');
	await tabTo(phone, 'button', 'Hold');
	await keyboard.press('Enter');
	await phone.reaches('On hold');
	await keyboard.press('Enter');
	await phone.reaches('In call');
	await keyboard.type('12#');
	await expect(phone.page.getByRole('status', { name: 'Digits sent' })).toHaveText('12#');
	await tabTo(phone, 'button', 'Hang up');
	await keyboard.press('Enter');
	await phone.reaches(/^Ended/);
	await tabTo(phone, 'button', 'Close');
	await keyboard.press('Enter');

	await keyboard.type('5');
	await tabTo(phone, 'button', 'Call');
	await keyboard.press('Enter');
	await phone.reaches(/^Ended/);
	await expect(phone.incoming).toBeVisible({ timeout: 10_000 });
	await keyboard.press('Escape');
	await phone.isSilent();
	await tabTo(phone, 'button', 'Answer');
	await keyboard.press('Enter');
	await phone.reaches('In call');
	await tabTo(phone, 'button', 'Hang up');
	await keyboard.press('Space');
	await phone.reaches(/^Ended/);

	await tabTo(phone, 'link', 'Settings');
	await keyboard.press('Enter');
	await tabTo(phone, 'switch', 'Key tones');
	const before = await phone.page.getByRole('switch', { name: 'Key tones' }).isChecked();
	await keyboard.press('Space');
	await expect(phone.page.getByRole('switch', { name: 'Key tones' })).toBeChecked({ checked: !before });
	await tabTo(phone, 'link', 'History');
	await keyboard.press('Enter');
	await expect(phone.rows).toHaveCount(3);
});

test('who types while it begins to ring neither answers nor declines', async ({ phone }) => {
	await phone.open();
	await phone.page.keyboard.type('5');
	await phone.page.keyboard.press('Enter');
	await phone.reaches(/^Ended/);
	await phone.incoming.waitFor({ timeout: 10_000 });
	await phone.page.keyboard.press('Enter');
	await phone.page.keyboard.press('Space');
	await expect(phone.incoming).toBeVisible();
	await phone.button('Decline').click();
	await expect(phone.incoming).toBeHidden();
});

test('the arrow keys walk over the pad', async ({ phone }) => {
	await phone.open();
	await phone.pad.getByRole('button', { name: '5', exact: true }).focus();
	await phone.page.keyboard.press('ArrowDown');
	await expect(phone.pad.getByRole('button', { name: '8', exact: true })).toBeFocused();
	await phone.page.keyboard.press('ArrowLeft');
	await phone.page.keyboard.press('Space');
	await expect(phone.number).toHaveValue('7');
});

import { expect, test, type Page, type Phone } from './fixtures.ts';

/** Opens the phone and keeps its program back; what is handed out lets it come. */
async function openWithoutProgram(page: Page, path = './'): Promise<() => Promise<void>> {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await released;
		await route.continue();
	});
	await page.goto(path, { waitUntil: 'commit' });
	await page.waitForFunction(() => 'firstKeys' in window);
	return async () => {
		release();
		await page.waitForFunction(() => !('firstKeys' in window));
	};
}

const key = (phone: Phone, name: string) => phone.pad.getByRole('button', { name, exact: true });

test('keys count before the program has arrived, and none of them twice', async ({ phone }) => {
	const { page } = phone;
	const programComes = await openWithoutProgram(page);
	await key(phone, '5').tap();
	await key(phone, 'Star').tap();
	await page.keyboard.press('5');
	await phone.button('Plus').tap();
	await expect(phone.number).toHaveValue('5*5+');
	await phone.number.press('Home');
	await phone.number.press('7');
	await key(phone, '8').tap();
	await expect(phone.number).toHaveValue('785*5+');

	await programComes();
	await expect(phone.number).toHaveValue('785*5+');
	await key(phone, '9').tap();
	await expect(phone.number).toHaveValue('7895*5+');
	await phone.number.blur();
	await page.keyboard.press('1');
	await expect(phone.number).toHaveValue('78915*5+');
});

test('a number typed before gets its separators, and what was pasted is cleaned', async ({ phone }) => {
	const programComes = await openWithoutProgram(phone.page);
	await phone.number.fill('tel:+442079460000');
	await programComes();
	await expect(phone.number).toHaveValue('+44 20 7946 0000');
});

test('a long press on 0 gives + then, too', async ({ phone }) => {
	const programComes = await openWithoutProgram(phone.page);
	await key(phone, '0').click({ delay: 800 });
	await key(phone, '0').click();
	await expect(phone.number).toHaveValue('+0');
	await programComes();
	await expect(phone.number).toHaveValue('+0');
});

test('a press that the program comes into counts once', async ({ phone }) => {
	const { page } = phone;
	const programComes = await openWithoutProgram(page);
	await key(phone, '6').hover();
	await page.mouse.down();
	await programComes();
	await page.mouse.up();
	await expect(phone.number).toHaveValue('6');
	await page.mouse.down();
	await page.mouse.up();
	await expect(phone.number).toHaveValue('66');
});

test('a long press that the program comes into gives + alone', async ({ phone }) => {
	const { page } = phone;
	const programComes = await openWithoutProgram(page);
	await key(phone, '0').hover();
	await page.mouse.down();
	await programComes();
	await expect(phone.number).toHaveValue('+');
	await page.mouse.up();
	await key(phone, '1').tap();
	await expect(phone.number).toHaveValue('+1');
});

for (const how of ['button', 'Enter'] as const) {
	test(`a call asked for before is placed once the program is there: ${how}`, async ({ phone }) => {
		const programComes = await openWithoutProgram(phone.page);
		await phone.page.keyboard.press('1');
		if (how === 'button') await phone.call.tap();
		else await phone.page.keyboard.press('Enter');
		await programComes();
		await phone.reaches('In call');
		await phone.hangUp();
		await phone.close();
		await expect(phone.number).toHaveValue('');
	});
}

test('a call is not placed long after it was asked for', async ({ phone }) => {
	await phone.page.clock.install();
	const programComes = await openWithoutProgram(phone.page);
	await key(phone, '1').tap();
	await phone.call.tap();
	await phone.page.clock.fastForward(10_000);
	await programComes();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await expect(phone.number).toHaveValue('1');
	await expect(phone.call).toBeVisible();
});

test('what was typed stands against a number in the address', async ({ phone }) => {
	const programComes = await openWithoutProgram(phone.page, '?to=2025550100');
	await key(phone, '4').tap();
	await programComes();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await expect(phone.number).toHaveValue('4');
});

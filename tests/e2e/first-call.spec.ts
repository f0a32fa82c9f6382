import { expect, test } from './fixtures.ts';

test(
	'whoever opens the phone for the first time hears their own voice',
	{ tag: '@anywhere' },
	async ({ phone }) => {
		await phone.open();
		await expect(phone.line.getByRole('option')).toHaveText(['Practice line']);
		await expect(phone.page.getByRole('heading', { name: 'Connect a line of your own' })).toBeVisible();
		expect(await phone.live()).toEqual({ tracks: 0, peers: 0, sockets: 0 });

		await phone.pad.getByRole('button', { name: '1', exact: true }).click();
		await expect(phone.number).toHaveValue('1');
		await phone.call.click();
		await expect(phone.region('1')).toBeVisible();
		await phone.reaches('In call');
		await phone.isAudible();
		await expect(phone.time).toHaveText(/^00?:0[1-9]$/);
		expect(await phone.live()).toMatchObject({ peers: 0, sockets: 0 });
		expect((await phone.live()).tracks).toBeGreaterThan(0);

		await phone.hangUp();
		await phone.reaches('Ended: You hung up');
		await phone.isSilent();
	}
);

test('mute, hold and keypad do on the practice line what they say', async ({ phone }) => {
	await phone.open();
	await phone.talks('1');
	await phone.isAudible();

	await phone.button('Mute').click();
	await expect(phone.button('Unmute')).toBeVisible();
	await phone.isSilent();
	await phone.button('Unmute').click();
	await phone.isAudible();

	await phone.button('Hold').click();
	await phone.reaches('On hold');
	await phone.isSilent();
	await phone.button('Resume').click();
	await phone.reaches('In call');
	await phone.isAudible();

	await phone.button('Keypad').click();
	for (const key of ['1', 'Star', 'Hash']) await phone.button(key).click();
	await expect(phone.page.getByRole('status', { name: 'Digits sent' })).toHaveText('1*#');
	await phone.page.keyboard.press('7');
	await expect(phone.page.getByRole('status', { name: 'Digits sent' })).toHaveText('1*#7');
	await phone.hangUp();
});

test('a quick double press and twenty more on Call make one call', async ({ phone }) => {
	await phone.open();
	await phone.number.fill('1');
	await phone.call.evaluate((button) => {
		// Who presses is what the phone asks for; here a script stands for a hand.
		Object.defineProperty(window, 'event', { value: undefined });
		for (let press = 0; press < 20; press++) (button as HTMLElement).click();
	});
	await phone.reaches('In call');
	await phone.hangUp();
	await phone.close();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(1);
});

import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';

test(
	'one tab has the phone; another one says so and takes over',
	{ tag: '@anywhere' },
	async ({ phone, newTab }) => {
		await phone.open();
		const second = await newTab();
		await second.page.goto('./');
		await expect(second.button('Use here')).toBeVisible();
		await expect(second.call).toBeHidden();
		await expect(second.status('Practice line')).toHaveText('Off');
		await second.button('All lines and what is wrong').click();
		const sheet = second.page.getByRole('dialog', { name: 'Lines' });
		await expect(sheet).toContainText('The phone is open in another tab');
		await sheet.getByRole('button', { name: 'Use here' }).click();
		await expect(second.status('Practice line')).toHaveText('Ready');
		await second.talks('1');
		await second.hangUp();

		await expect(phone.button('Use here')).toBeVisible();
		await second.page.close();
		await expect(phone.status('Practice line')).toHaveText('Ready');
		await phone.dial('2');
		await phone.reaches('Ended: Busy');
	}
);

test('taking over ends the call of the other tab, and its row says so', async ({ phone, newTab }) => {
	await phone.open();
	await phone.talks('1');
	const second = await newTab();
	await second.page.goto('./');
	await second.button('Use here').click();
	await expect(second.status('Practice line')).toHaveText('Ready');
	await expect.poll(async () => (await phone.live()).tracks).toBe(0);
	await second.go('History');
	await expect(second.rows).toHaveCount(1);
	await expect(second.rows.first()).not.toContainText('Going on');
});

test('of five tabs one registers, and the next takes over when it goes', async ({
	phone,
	newTab,
	setTwilioLine,
	exchange,
	identity
}) => {
	setTwilioLine();
	await phone.open('./', 'Support desk');
	const others = [];
	for (let at = 0; at < 4; at++) {
		const other = await newTab();
		await other.page.goto('./');
		await expect(other.button('Use here')).toBeVisible();
		others.push(other);
	}
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	expect(mine()).toMatchObject({ registered: true, sockets: 1, registers: 1 });
	await phone.page.close();
	await expect(others[0]?.status('Support desk') ?? phone.state).toHaveText('Ready');
	await expect.poll(mine).toMatchObject({ registered: true, sockets: 1, registers: 2 });
});

/** Stops every script of the page for so long, as a program that hangs does; resolves when it goes on. */
const hang = (page: Page, ms: number) =>
	page.evaluate((howLong) => {
		const end = performance.now() + howLong;
		while (performance.now() < end);
	}, ms);

test('an owner that answers no more is replaced by the tab that is looked at', async ({
	phone,
	newTab,
	setTwilioLine,
	exchange,
	identity,
	guard
}) => {
	setTwilioLine();
	guard.mayLog(/WebSocket connection/);
	await phone.open('./', TWILIO_LABEL);
	const second = await newTab();
	await second.page.goto('./');
	await expect(second.button('Use here')).toBeVisible();
	const hanging = hang(phone.page, 12_000);
	await expect(second.status(TWILIO_LABEL)).toHaveText('Ready', { timeout: 10_000 });
	await hanging;
	await expect(phone.button('Use here')).toBeVisible();
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	await expect.poll(mine).toMatchObject({ registered: true, sockets: 1, registers: 2 });
	await expect(second.status(TWILIO_LABEL)).toHaveText('Ready');
});

test('an owner that answers no more keeps the phone as long as it is in a call', async ({
	phone,
	newTab,
	setTwilioLine,
	farCall
}) => {
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	await phone.dial('+12025550100');
	await phone.reaches('In call');
	const second = await newTab();
	await second.page.goto('./');
	await expect(second.button('Use here')).toBeVisible();
	// Three questions without an answer fit into it.
	await hang(phone.page, 8_000);
	await expect(second.button('Use here')).toBeVisible();
	await phone.reaches('In call');
	expect(farCall()?.ended).toBeNull();
	await phone.hangUp();
});

import { isAccessible } from './axe.ts';
import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';
import { Kiosk, NAME } from './kiosk-page.ts';

const SHOWN = { timeout: 15_000 };
const GATE = 'client:gate';

test('where the microphone is allowed, the kiosk goes on duty and answers without any tap', async ({
	page,
	phone,
	exchange,
	identity,
	farCall,
	setTwilioLine
}) => {
	setTwilioLine({}, { name: NAME, kiosk: { onDuty: true, autoAnswer: [GATE] } });
	const kiosk = new Kiosk(page);
	await page.goto('./?kiosk');
	await expect(kiosk.lamp).toHaveText('Ready', SHOWN);
	await expect(kiosk.button('Start the phone')).toHaveCount(0);
	await expect.poll(async () => (await phone.live()).tracks).toBe(0);

	await exchange.ring({ identity, from: GATE, name: 'Gate' });
	await kiosk.reaches('In call');
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(50);
	await kiosk.hangUp();
	await expect.poll(async () => (await phone.live()).tracks).toBe(0);
});

test.describe('where another tab has the phone', () => {
	const onDuty = { name: NAME, kiosk: { onDuty: true } };
	const kioskIn = async (page: Page): Promise<Kiosk> => {
		await page.goto('./?kiosk');
		return new Kiosk(page);
	};

	test('the kiosk takes it without a tap', async ({ phone, newTab, setTwilioLine, exchange, identity }) => {
		setTwilioLine({}, onDuty);
		await phone.open('./', TWILIO_LABEL);
		const kiosk = await kioskIn((await newTab()).page);
		await expect(kiosk.lamp).toHaveText('Ready', SHOWN);
		await expect(phone.button('Use here')).toBeVisible();

		// Whoever takes it away, and goes, leaves no kiosk that is silently off.
		await phone.button('Use here').click();
		await expect(kiosk.button('Use here')).toBeVisible();
		await expect(kiosk.lamp).toHaveText('Ready', SHOWN);
		const mine = () => exchange.phones().find((one) => one.identity === identity);
		await expect.poll(mine).toMatchObject({ registered: true, sockets: 1 });
	});

	test('it waits for the end of the call there', async ({ phone, newTab, setTwilioLine, farCall }) => {
		setTwilioLine({}, onDuty);
		await phone.open('./', TWILIO_LABEL);
		await phone.dial('+12025550100');
		await phone.reaches('In call');
		const { page } = await newTab();
		const kiosk = await kioskIn(page);
		await expect(page.getByText('A call is going on there')).toBeVisible();
		// A touch takes it from a tab that rests, and from no call.
		await page.mouse.click(12, 12);
		await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(50);
		expect(farCall()?.ended).toBeNull();
		// The kiosk has the phone in the next moment: how the call ended may not be seen here any more.
		await phone.button('Hang up').click();
		await expect.poll(() => farCall()?.ended).not.toBeNull();
		await expect(kiosk.lamp).toHaveText('Ready', SHOWN);
	});

	test('of two kiosks the last one has it, and the other one when it is touched', async ({
		page,
		newTab,
		setTwilioLine,
		exchange,
		identity
	}) => {
		setTwilioLine({}, onDuty);
		const first = await kioskIn(page);
		await expect(first.lamp).toHaveText('Ready', SHOWN);
		const second = await kioskIn((await newTab()).page);
		await expect(second.lamp).toHaveText('Ready', SHOWN);
		await expect(first.button('Use here')).toBeVisible();
		await page.mouse.click(12, 12);
		await expect(first.lamp).toHaveText('Ready', SHOWN);
		await expect(second.button('Use here')).toBeVisible();
		const mine = () => exchange.phones().find((one) => one.identity === identity);
		await expect.poll(mine).toMatchObject({ registered: true, sockets: 1, registers: 3 });
	});
});

test('what the agent of a room says is read, and gone with the call', async ({ page, setLiveKitLine }) => {
	setLiveKitLine(
		{ agent: { expected: true } },
		{ name: NAME, kiosk: { wipeHistory: true, buttons: [{ label: 'Concierge', to: 'quick-concierge' }] } }
	);
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.button('Concierge').click();
	await kiosk.reaches('In call');
	const transcript = page.getByRole('log', { name: 'Transcript', exact: true });
	await expect(transcript).toContainText(/I heard you for .* Go on\./, { timeout: 20_000 });
	await kiosk.isAll();
	await isAccessible(page, 'what an agent says');
	await kiosk.hangUp();
	await expect(transcript).toHaveCount(0);
	await expect(page.getByText('I heard you for')).toHaveCount(0);
});

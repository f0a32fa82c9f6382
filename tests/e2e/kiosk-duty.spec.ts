import { expect, test } from './fixtures.ts';
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

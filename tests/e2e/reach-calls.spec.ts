import { expect, test, TWILIO_LABEL } from './fixtures.ts';

for (const seconds of [1, 30, 90]) {
	test(`${seconds} s without signalling in a Twilio call: the call goes on, and is one row as long as it was`, async ({
		phone,
		setTwilioLine,
		exchange,
		identity,
		context,
		farCall,
		guard
	}) => {
		guard.mayLog(/WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
		await phone.page.clock.install();
		setTwilioLine();
		await phone.open('./', TWILIO_LABEL);
		await phone.dial('+12025550100');
		await phone.reaches('In call');
		await context.setOffline(true);
		exchange.drop(identity);
		const mine = () => exchange.phones().find((one) => one.identity === identity);
		await expect.poll(mine).toMatchObject({ registered: false, sockets: 0 });
		await phone.page.clock.runFor(seconds * 1_000);
		await phone.reaches('In call');
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Reconnecting');
		await context.setOffline(false);
		const registered = { registered: true, sockets: 1, mostRegistered: 1 };
		await expect.poll(mine, { timeout: 5_000 }).toMatchObject(registered);
		await expect.poll(() => farCall()?.reconnects).toBe(1);
		// A call that is over does not have to wait for it.
		const before = farCall()?.rtpIn ?? 0;
		await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(before + 50);
		await phone.hangUp();
		const length = (await phone.time.textContent()) ?? '';
		await expect.poll(mine, { timeout: 5_000 }).toMatchObject(registered);
		await phone.close();
		await expect(phone.rows).toHaveCount(1);
		await expect(phone.rows).toContainText(`Outgoing · ${length.trim()}`);
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	});
}

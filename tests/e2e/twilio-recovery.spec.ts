import { expect, test, TWILIO_LABEL } from './fixtures.ts';

test('a socket that is lost in a call is recovered, and the sound never stops', async ({
	phone,
	setTwilioLine,
	farCall,
	guard
}) => {
	setTwilioLine();
	guard.mayLog(/WebSocket connection/);
	await phone.open('./', TWILIO_LABEL);
	await phone.dial('+12025550120');
	await phone.reaches('In call');
	const packets: number[] = [];
	await expect
		.poll(
			() => {
				packets.push(farCall()?.rtpIn ?? 0);
				return farCall()?.reconnects;
			},
			{ intervals: [200], timeout: 20_000 }
		)
		.toBe(1);
	await phone.reaches('In call');
	const before = farCall()?.rtpIn ?? 0;
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(before + 50);
	const flat = packets.slice(2).filter((count, at) => count <= (packets[at + 1] ?? 0));
	expect(flat, `packets at the far side, every 200 ms: ${packets.join(' ')}`).toEqual([]);
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	await phone.hangUp();
	await expect.poll(() => farCall()?.ended).toMatchObject({ by: 'phone', how: 'hangup' });
});

test('a socket that stays away for five seconds', async ({
	phone,
	setTwilioLine,
	exchange,
	farCall,
	guard
}) => {
	// Refusals count for the host: this test comes under one of its own.
	const gateway = exchange.gateway.replace('localhost', '127.0.0.1');
	guard.allowHost(`https://${gateway}`);
	guard.mayLog(/WebSocket connection/);
	setTwilioLine({ gateway });
	await phone.open('./', TWILIO_LABEL);
	await phone.dial('+12025550121');
	await phone.reaches('In call');
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Reconnecting');
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready', { timeout: 30_000 });
	await phone.reaches('In call');
	const before = farCall()?.rtpIn ?? 0;
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(before + 50);
	await phone.hangUp();
});

test('the sound that is gone is told, and the call does not hang for ever', async ({
	phone,
	setTwilioLine,
	guard
}) => {
	test.slow();
	setTwilioLine();
	guard.mayLog(/WebSocket connection/);
	await phone.open('./', TWILIO_LABEL);
	await phone.dial('+12025550123');
	await phone.reaches('In call');
	await phone.reaches('Reconnecting', 20_000);
	await phone.button('Hang up').click();
	await phone.reaches(/^Ended: /);
});

test('a socket cut while idle is replaced, and the line registers anew', async ({
	phone,
	setTwilioLine,
	exchange,
	identity,
	guard
}) => {
	setTwilioLine();
	guard.mayLog(/WebSocket connection/);
	await phone.open('./', TWILIO_LABEL);
	await phone.number.click();
	exchange.drop(identity);
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	await expect
		.poll(mine, { timeout: 20_000 })
		.toMatchObject({ registered: true, sockets: 1, listens: 2, registers: 2 });
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
	await expect(phone.incomingFrom('Ada Caller')).toBeVisible();
	await phone.button('Decline').click();
	await expect(phone.incoming).toBeHidden();
});

for (const event of ['online', 'resume'] as const) {
	test(`after "${event}" the line registers anew, whatever it believes`, async ({
		phone,
		setTwilioLine,
		exchange,
		identity,
		guard
	}) => {
		setTwilioLine();
		guard.mayLog(/WebSocket connection/);
		await phone.open('./', TWILIO_LABEL);
		const mine = () => exchange.phones().find((one) => one.identity === identity);
		expect(mine()).toMatchObject({ registers: 1 });
		await phone.page.evaluate((name) => {
			(name === 'online' ? window : document).dispatchEvent(new Event(name));
		}, event);
		await expect.poll(() => mine()?.registers, { timeout: 15_000 }).toBeGreaterThan(1);
		await expect.poll(mine).toMatchObject({ registered: true, sockets: 1 });
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	});
}

test('a gateway whose sockets break at once is not stormed', async ({
	phone,
	setTwilioLine,
	exchange,
	identity,
	guard
}) => {
	const stormy = `storm_${identity}`;
	setTwilioLine({ identity: stormy });
	guard.mayLog(/WebSocket connection/);
	await phone.page.goto('./');
	await expect(phone.status(TWILIO_LABEL)).toHaveText(/^(Reconnecting|Not working: .+)$/, {
		timeout: 20_000
	});
	const listens = () => exchange.phones().find((one) => one.identity === stormy)?.listens ?? 0;
	await expect
		.poll(() => phone.page.evaluate(() => performance.now()), { timeout: 20_000 })
		.toBeGreaterThan(12_000);
	expect(listens()).toBeGreaterThan(1);
	expect(listens()).toBeLessThanOrEqual(12);
	await expect(phone.status(TWILIO_LABEL)).not.toHaveText('Ready');
});

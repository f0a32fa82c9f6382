import { expect, test, TWILIO_LABEL } from './fixtures.ts';

const REFUSALS = [
	['wrong-secret', "Not working: Twilio does not accept the token's signature"],
	['wrong-issuer', 'Not working: The token was made with the wrong kind of key'],
	['expired', 'Not working: The token has already run out'],
	['no-grant', 'Not working: The token is not for voice calls'],
	['too-long', 'Not working: The token is valid for too long'],
	['malformed', 'Not working: What the token server gave is not a token'],
	['401', 'Not working: The token server does not accept you'],
	['403', 'Not working: The token server does not accept you'],
	['404', 'Not working: The token server has nothing at this address'],
	['405', 'Not working: The token server wants another kind of request'],
	['html', 'Not working: The token server answered with something else'],
	['empty', 'Not working: The token server answered without a token'],
	['elsewhere', 'Not working: The token is in an unexpected place of the answer'],
	['large', 'Not working: The token server sent far too much']
] as const;

for (const [endpoint, words] of REFUSALS) {
	test(`token endpoint ${endpoint}: ${words}`, async ({ phone, setTwilioLine, exchange, guard }) => {
		setTwilioLine({ token: { url: exchange.tokenUrl(endpoint) } });
		guard.mayLog(/Failed to load resource: the server responded with a status of [45]\d\d/);
		await phone.open('./', TWILIO_LABEL, words);
		await expect(phone.status(TWILIO_LABEL)).not.toContainText(/\d{5}/);
		await phone.button('All lines and what is wrong').click();
		const sheet = phone.page.getByRole('dialog', { name: 'Lines' });
		await expect(sheet).toContainText(/Fault: [a-z-]+\.[a-z-]+/);
		await expect(sheet.getByRole('button', { name: 'Try again' })).toBeVisible();
		expect(await phone.live()).toMatchObject({ tracks: 0, peers: 0 });
	});
}

for (const endpoint of ['text', 'jwt', 'slow'] as const) {
	test(`token endpoint ${endpoint}: Ready`, async ({ phone, setTwilioLine, exchange }) => {
		setTwilioLine({ token: { url: exchange.tokenUrl(endpoint) } });
		await phone.open('./', TWILIO_LABEL);
	});
}

test('a token server with an error of its own is asked again, and the cause can be read meanwhile', async ({
	phone,
	setTwilioLine,
	exchange,
	guard,
	context
}) => {
	let broken = true;
	await context.route(exchange.tokenUrl(), (route) =>
		broken
			? route.fulfill({ status: 500, headers: { 'access-control-allow-origin': '*' } })
			: route.continue()
	);
	guard.expectToSee(/Failed to load resource: the server responded with a status of 500/);
	guard.mayLog(/WebSocket connection|ERR_INTERNET_DISCONNECTED/);
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL, 'Not working: The token server has failed');
	await phone.button('All lines and what is wrong').click();
	const sheet = phone.page.getByRole('dialog', { name: 'Lines' });
	await expect(sheet).toContainText('The token server has failed');
	await expect(sheet).toContainText(/Tries again in \d+ s|Trying again now/);
	await expect(sheet).toContainText('Fault: token-endpoint.server-error');
	broken = false;
	await sheet.getByRole('button', { name: 'Try again' }).click();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');

	broken = true;
	await context.setOffline(true);
	await phone.page.evaluate(() => dispatchEvent(new Event('online')));
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Reconnecting');
	await context.setOffline(false);
	broken = false;
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready', { timeout: 20_000 });
});

test('a token server that is slow to wake up is told of, and may be switched off', async ({
	phone,
	setTwilioLine,
	exchange,
	context
}) => {
	let answer = () => {};
	const awake = new Promise<void>((resolve) => (answer = resolve));
	await context.route(exchange.tokenUrl(), async (route) => {
		await awake;
		await route.continue();
	});
	await phone.page.clock.install();
	setTwilioLine();
	const asked = phone.page.waitForRequest(exchange.tokenUrl());
	await phone.open('./', TWILIO_LABEL, 'Connecting');
	await asked;
	const notices = phone.status('Notices');
	await expect(notices).not.toContainText('waking up');
	await phone.page.clock.fastForward(8_000);
	await expect(notices).toContainText(`${TWILIO_LABEL} still waits: its token server may be waking up.`);
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Connecting');
	await phone.button('All lines and what is wrong').click();
	const sheet = phone.page.getByRole('dialog', { name: 'Lines' });
	await expect(sheet).toContainText('Still waiting for the token server');
	await expect(sheet.getByRole('button', { name: 'Switch off' })).toBeVisible();
	answer();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	await expect(sheet).not.toContainText('Still waiting');
	await expect(notices).not.toContainText('waking up');
});

test('the access key is asked for, goes to its server alone, and is forgotten', async ({
	phone,
	setTwilioLine,
	exchange,
	served
}) => {
	setTwilioLine({ token: { url: exchange.tokenUrl('bearer'), auth: { kind: 'bearer' } } });
	await phone.open('settings/', TWILIO_LABEL, 'Not working: This line needs your access key');
	await phone.page.getByLabel('Access key').fill('open-sesame');
	await phone.page.getByRole('main').getByRole('button', { name: 'Use', exact: true }).click();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	expect(served.asked.join()).not.toContain('sesame');
	await phone.page.reload();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Not working: This line needs your access key');
});

test('a token that runs out is renewed in time, while the line is registered', async ({
	phone,
	setTwilioLine,
	exchange,
	identity
}) => {
	const asked: string[] = [];
	phone.page.on(
		'request',
		(request) => void (request.url().includes('/token') && asked.push(request.method()))
	);
	setTwilioLine({ token: { url: exchange.tokenUrl('short', { ttl: '12' }) } });
	await phone.open('./', TWILIO_LABEL);
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	await expect
		.poll(() => asked.filter((method) => method === 'POST').length, { timeout: 20_000 })
		.toBeGreaterThan(1);
	await expect.poll(() => mine()?.listens).toBeGreaterThan(1);
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
});

test('the exchange says that the token has expired: the line gets another one', async ({
	phone,
	setTwilioLine,
	exchange,
	identity
}) => {
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	expect(exchange.expire(identity)).toBe(1);
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	await expect.poll(() => mine()?.listens, { timeout: 20_000 }).toBeGreaterThan(1);
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	await expect.poll(mine).toMatchObject({ registered: true, sockets: 1 });
});

test('a token expires in a call, then the socket drops: the sound survives and the call comes back', async ({
	phone,
	setTwilioLine,
	exchange,
	identity,
	farCall,
	guard
}) => {
	guard.mayLog(/WebSocket connection/);
	setTwilioLine({ token: { url: exchange.tokenUrl('short', { ttl: '8' }) } });
	await phone.open('./', TWILIO_LABEL);
	await phone.talks('+12025550100');
	const started = farCall()?.startedAt ?? 0;
	await expect.poll(() => Date.now() - started, { timeout: 20_000 }).toBeGreaterThan(9_000);
	const before = farCall()?.rtpIn ?? 0;
	expect(exchange.drop(identity)).toBeGreaterThan(0);
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(before + 25);
	await expect.poll(() => farCall()?.reconnects, { timeout: 20_000 }).toBeGreaterThan(0);
	await phone.reaches('In call');
	const after = farCall()?.rtpIn ?? 0;
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(after + 50);
	await phone.hangUp();
});

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { expect, LIVEKIT_LABEL, test, type Page } from './fixtures.ts';
import { isAccessible } from './axe.ts';
import { CheckupPage } from './checkup-page.ts';
import { fromSpeakerToMicrophone, occupyMicrophone, refuseToPlay } from './sound-devices.ts';

/** A run asks servers what no page may read; browsers write that to the console. */
const PROBING = /^console: (Access to fetch|Failed to load resource|WebSocket connection to)/;
const says = (page: Page, words: string | RegExp) =>
	expect(page.getByText(words)).toBeVisible({ timeout: 15_000 });
const isOff = (page: Page) =>
	expect.poll(() => page.evaluate(() => window.witness.live())).toMatchObject({ tracks: 0, peers: 0 });

test.describe('the buttons for the sound', () => {
	test('record, and play it back', async ({ phone }) => {
		await phone.open('diagnostics/');
		await phone.button('Record and play back').click();
		await says(phone.page, 'Speak now.');
		await expect(phone.page.getByRole('meter', { name: 'Microphone' })).toBeVisible();
		await says(phone.page, 'Listen: this is you.');
		await isOff(phone.page);
		await phone.isAudible();
		await says(phone.page, /^(The microphone hears you well|You are very quiet|You are too loud)/);
		await says(phone.page, /^Loudest -?\d+ dBFS/);
	});

	test('a recording can be broken off, and the microphone is off at once', async ({ phone }) => {
		await phone.open('diagnostics/');
		await phone.button('Record and play back').click();
		await says(phone.page, 'Speak now.');
		await phone.button('Cancel').click();
		await isOff(phone.page);
		await expect(phone.button('Cancel')).toHaveCount(0);
	});

	test('a tone on the speaker, and where it rings', async ({ phone }) => {
		await phone.open('diagnostics/');
		for (const [button, words] of [
			['Play a tone', /^The tone was played\./],
			['Ring once', /^It rang\./]
		] as const) {
			await phone.isSilent();
			await phone.button(button).click();
			await phone.isAudible();
			await says(phone.page, words);
		}
		expect(await phone.page.evaluate(() => window.witness.made().microphones)).toBe(0);
	});

	test('the microphone hears the speaker, and after how long', async ({ phone }) => {
		await phone.page.addInitScript(fromSpeakerToMicrophone, 0.12);
		await phone.open('diagnostics/');
		await phone.button('Listen for the speaker').click();
		await says(phone.page, /^The microphone hears the speaker after \d+ ms, \d+ dB above the noise\.$/);
		const text = await phone.page.getByText(/^The microphone hears the speaker/).textContent();
		const [ms = 0] = /\d+/.exec(text ?? '')?.map(Number) ?? [];
		expect(ms).toBeGreaterThanOrEqual(100);
		await isOff(phone.page);
	});

	test('a microphone that hears nothing of the speaker proves nothing, and it says so', async ({ phone }) => {
		await phone.open('diagnostics/');
		await phone.button('Listen for the speaker').click();
		await says(phone.page, /^The microphone did not hear the speaker\./);
		await isOff(phone.page);
	});

	test('a microphone that cannot be opened is named', async ({ phone }) => {
		await phone.page.addInitScript(occupyMicrophone);
		await phone.open('diagnostics/');
		for (const button of ['Record and play back', 'Listen for the speaker']) {
			await phone.button(button).click();
			await expect(
				phone.page
					.locator('form', { has: phone.button(button) })
					.getByText('Another program is using the microphone')
			).toBeVisible();
		}
		await isOff(phone.page);
	});
});

test.describe('the buttons that call', () => {
	test('the agent is woken, listened to and left', async ({ phone, setLiveKitLine, farRoom }) => {
		setLiveKitLine({ room: 'quick-{random}', agent: { expected: true } });
		await phone.open('diagnostics/', LIVEKIT_LABEL);
		await phone.button('Test the agent').click();
		await expect(phone.page.getByText('The call works: it was answered, and sound flows')).toBeVisible({
			timeout: 40_000
		});
		for (const measured of ['Agent joined after', 'Agent sounded after'])
			await expect(phone.page.getByText(measured)).toBeVisible();
		expect(await farRoom()).toMatchObject({ parties: [{ as: 'agent' }] });
		await isOff(phone.page);
	});

	test('a test call that nobody answers says so', async ({ phone, setTwilioLine, farCalls }) => {
		setTwilioLine();
		await phone.open('diagnostics/', 'Support desk');
		await phone.page.getByRole('textbox', { name: 'Number to call', exact: true }).fill('+12025550102');
		await phone.button('Test call').click();
		await says(phone.page, /^(The call arrived, and was not answered|Busy)$/);
		expect(farCalls()).toHaveLength(1);
	});
});

test('the report is copied, and no token with it', async ({
	phone,
	guard,
	setTwilioLine,
	context,
	identity
}) => {
	guard.mayLog(PROBING);
	await context.grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
	setTwilioLine();
	await phone.open('./', 'Support desk');
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.runs();
	await checkup.copy.click();
	await says(phone.page, 'Copied');
	const copied = await phone.page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toMatch(/^Checkup of the phone\n.*\nEverything that was checked works\.\n/);
	const { text } = await checkup.report();
	for (const out of [copied, text]) {
		expect(out).not.toMatch(/eyJ[\w-]{8}/);
		expect(out).not.toContain(identity);
		expect(out).not.toContain('127.0.0.1');
	}
});

test.describe('what the app does about a cause itself', () => {
	test('asks for the microphone again', async ({ phone }) => {
		await phone.page.addInitScript(occupyMicrophone);
		await phone.open('./');
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.runs();
		await expect(checkup.findings.first()).toHaveAttribute('data-cause', 'microphone.in-use');
		await phone.page.evaluate(() => dispatchEvent(new Event('microphone-free')));
		await phone.button('Ask for the microphone again').click();
		await says(phone.page, 'Everything works');
		await isOff(phone.page);
	});

	test('turns the sound on', async ({ phone }) => {
		await phone.page.addInitScript(refuseToPlay);
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.runs();
		await expect(checkup.findings.first()).toHaveAttribute('data-cause', 'speaker.autoplay-blocked');
		await phone.page.evaluate(() => dispatchEvent(new Event('may-play')));
		await phone.isSilent();
		await phone.button('Turn the sound on').click();
		await phone.isAudible();
		await says(phone.page, 'Everything works');
	});

	test('gets a fresh token', async ({ phone, guard, setTwilioLine, exchange, identity }) => {
		guard.mayLog(PROBING);
		setTwilioLine();
		let isWell = false;
		await phone.page.route(exchange.tokenUrl(), (route) =>
			isWell || route.request().method() !== 'POST'
				? route.continue()
				: route.fulfill({
						json: { token: exchange.mint('expired', { identity }) },
						headers: { 'access-control-allow-origin': '*', date: new Date().toUTCString() }
					})
		);
		await phone.open('./', 'Support desk', /^Not working/);
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.runs();
		await expect(checkup.findings.first()).toHaveAttribute('data-cause', 'twilio-token.expired');
		isWell = true;
		await phone.button('Get a fresh token').click();
		await says(phone.page, 'Everything works');
		await expect(phone.status('Support desk')).toHaveText('Ready');
	});

	test('tries the other address', async ({ phone, guard, setTwilioLine, exchange }) => {
		guard.mayLog(PROBING);
		const server = createServer((_request, response) => response.writeHead(426).end('Upgrade Required'));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		guard.allowHost(`ws://localhost:${port}`);
		const voice = {
			id: 'voice',
			label: 'Voice proxy',
			url: `ws://localhost:${port}/stream`,
			alternatives: [`wss://${exchange.gateway}/signal`]
		};
		setTwilioLine({}, { probes: [voice] });
		await phone.open('./', 'Support desk');
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.runs();
		await expect(checkup.findings.first()).toHaveAttribute('data-cause', 'websocket.upgrade-lost-in-proxy');
		await isAccessible(phone.page, 'a further WebSocket that fails');
		await phone.button('Try the other address').click();
		await expect(phone.page.getByRole('textbox', { name: 'Address', exact: true })).toHaveValue(
			new RegExp(exchange.gateway)
		);
		await says(phone.page, 'It opens and stays open');
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	test('reloads itself where a newer one is published', async ({ phone, context }) => {
		await context.route(/version\.json/, (route) =>
			route.fulfill({ json: { version: '99.0.0', commit: 'fffffff' } })
		);
		await phone.open('./');
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.runs();
		await expect(checkup.findings.first()).toHaveAttribute('data-cause', 'app.outdated');
		await Promise.all([phone.page.waitForEvent('load'), phone.button('Reload the app').click()]);
		await expect(checkup.run).toBeVisible();
	});
});

test('a WebSocket that is refused is told with what to do, and the line to run by hand', async ({
	phone,
	guard,
	exchange
}) => {
	guard.mayLog(PROBING);
	await phone.open('diagnostics/');
	const address = phone.page.getByRole('textbox', { name: 'Address', exact: true });
	await address.fill(`wss://${exchange.gateway}/nowhere`);
	await phone.button('Try a WebSocket').click();
	const form = phone.page.locator('form', { has: phone.button('Try a WebSocket') });
	await expect(form.getByText('The server answers, but opens no WebSocket')).toBeVisible({ timeout: 20_000 });
	await expect(form.getByText(/^Your administrator:/)).toBeVisible();
	await expect(phone.page.getByText(/^curl .*--http1\.1/)).toBeVisible();
	await address.fill('not an address');
	await phone.button('Try a WebSocket').click();
	await expect(form.getByText(/address/i).last()).toBeVisible();
	await isAccessible(phone.page, 'a WebSocket that was tried');
});

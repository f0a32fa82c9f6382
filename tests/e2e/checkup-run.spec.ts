import { expect, test, type Page } from './fixtures.ts';
import { CheckupPage } from './checkup-page.ts';

/** A run asks servers what no page may read; browsers write that to the console. */
const PROBING = /^console: (Access to fetch|Failed to load resource|WebSocket connection to)/;
const NUMBER = '+12025550100';
const says = (page: Page, words: string | RegExp) =>
	expect(page.getByText(words)).toBeVisible({ timeout: 15_000 });
const isOff = (page: Page) =>
	expect.poll(() => page.evaluate(() => window.witness.live())).toMatchObject({ tracks: 0, peers: 0 });

test('one check is looked at again, and nothing else', async ({ phone, guard, setTwilioLine, exchange }) => {
	guard.mayLog(PROBING);
	setTwilioLine();
	let status = 500;
	const asked: string[] = [];
	await phone.page.route(exchange.tokenUrl(), (route) => {
		asked.push(route.request().method());
		return status === 200
			? route.continue()
			: route.fulfill({ status, headers: { 'access-control-allow-origin': '*' }, body: 'it broke' });
	});
	await phone.open('./', 'Support desk', /^(Not working|Reconnecting)/);
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.runs();
	await expect(checkup.findings.first()).toHaveAttribute('data-cause', 'token-endpoint.server-error');
	status = 200;
	await expect(phone.status('Support desk')).toHaveText('Ready', { timeout: 30_000 });
	await phone.page.getByText(/^All checks/).click();
	const microphones = await phone.page.evaluate(() => window.witness.made().microphones);
	asked.length = 0;
	await phone.button('Check again: Token server, Support desk').click();
	await says(phone.page, 'Everything works');
	expect(asked.filter((method) => method === 'POST').length).toBeGreaterThan(0);
	expect(await phone.page.evaluate(() => window.witness.made().microphones)).toBe(microphones);
});

test.describe('a run', () => {
	test('dials nobody, wakes nobody and leaves the microphone off', async ({
		phone,
		guard,
		setTwilioLine,
		farCalls,
		exchange,
		identity
	}) => {
		guard.mayLog(PROBING);
		setTwilioLine();
		await phone.open('./', 'Support desk');
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.runs();
		await isOff(phone.page);
		expect(farCalls()).toEqual([]);
		// The line's own registration is the one that is left.
		await expect
			.poll(() => exchange.phones().find((one) => one.identity === identity))
			.toMatchObject({ registered: true, sockets: 1 });
	});

	test('that is stopped, or left by another page, leaves the microphone off too', async ({ phone }) => {
		await phone.open('./');
		const checkup = new CheckupPage(phone.page);
		await checkup.open();
		await checkup.run.click();
		await expect.poll(() => phone.live().then(({ tracks }) => tracks)).toBe(1);
		await checkup.stop.click();
		await isOff(phone.page);
		await checkup.run.click();
		await expect.poll(() => phone.live().then(({ tracks }) => tracks)).toBe(1);
		await phone.go('Phone');
		await isOff(phone.page);
	});

	test('does nothing to a live call', async ({ phone, guard, setTwilioLine, farCall, farCalls }) => {
		guard.mayLog(PROBING);
		setTwilioLine();
		await phone.open('./', 'Support desk');
		await phone.talks(NUMBER);
		await phone.button('New call').click();
		const made = () => phone.page.evaluate(() => window.witness.made());
		const before = await made();
		const frames = farCall()?.rtpIn ?? 0;
		await phone.page.getByRole('link', { name: 'Checkup', exact: true }).click();
		const checkup = new CheckupPage(phone.page);
		await checkup.runs();
		const { report } = await checkup.report();
		expect(report.causes).toEqual([]);
		expect((await made()).microphones).toBe(before.microphones);
		// What would open the microphone, or sound in the call, is not offered meanwhile.
		for (const button of ['Record and play back', 'Play a tone', 'Listen for the speaker', 'Test call'])
			await expect(phone.button(button)).toHaveCount(0);
		const said = phone.page.locator('p', { hasText: /^A call is going on, and it comes first\.$/ });
		await expect(said).toHaveCount(2);
		await phone.page.getByRole('button', { name: /Back to call/ }).click();
		await phone.reaches('In call');
		expect(farCalls()).toHaveLength(1);
		await expect.poll(() => farCall()?.rtpIn ?? 0).toBeGreaterThan(frames);
		await phone.hangUp();
	});
});

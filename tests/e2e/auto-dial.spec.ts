import { VICTIM, type Stage } from './auto-dial-stage.ts';
import { WAYS } from './auto-dial-ways.ts';
import { expect, LIVEKIT_LABEL, test, TWILIO_LABEL } from './fixtures.ts';
import { startHostSite, type HostSite } from './host-site.ts';
import { Phone } from './phone.ts';

let site: HostSite;

test.beforeEach(async ({ guard, context }) => {
	site = await startHostSite();
	guard.allowHost(site.origin);
	guard.mayLog(/favicon\.ico/);
	// What the checkup asks to find out why.
	guard.mayLog(/^console: (?:Access to fetch|Failed to load resource)/);
	await context.grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
	// What would hand tel: links to the installed phone.
	await context.addInitScript(() => {
		Object.defineProperty(window, 'launchQueue', {
			value: { setConsumer: (launch: unknown) => Object.assign(window, { launch }) }
		});
	});
});

test.afterEach(async () => site.close());

test(`${WAYS.length} ways to make the phone call by itself call nobody`, async ({
	page,
	base,
	served,
	setTwilioLine,
	exchange,
	identity,
	farCalls
}) => {
	setTwilioLine({}, { embed: { origins: [site.origin] } });
	const { url } = served.site;
	await page.goto(site.origin);
	const opening = page.waitForEvent('popup');
	await page.evaluate((url) => void Object.assign(window, { phone: open(url, 'phone') }), url);
	const phone = new Phone(await opening);
	const stage: Stage = { page: phone.page, host: page, exchange, identity, url, base };
	const dialled = () => farCalls().filter(({ direction }) => direction === 'out');
	const isReady = () => expect(phone.status(TWILIO_LABEL)).toHaveText('Ready', { timeout: 15_000 });
	await isReady();

	for (const { what, attempt } of WAYS) {
		await attempt(stage);
		await isReady();
		await expect.soft(phone.state, what).toBeHidden();
		expect.soft(dialled(), what).toEqual([]);
	}
	// The host is heard all the same.
	await page.evaluate(
		([to, origin]) =>
			(window as unknown as { phone: Window }).phone.postMessage({ offhook: 1, type: 'prefill', to }, origin),
		['+12025550100', new URL(url).origin] as const
	);
	await expect(phone.number).toHaveValue('+1 202 555 0100');

	// A press of a hand: whatever had been dialled before would have come before.
	await phone.call.click();
	await phone.reaches('In call');
	expect(dialled().map(({ to }) => to)).toEqual(['+12025550100']);

	for (const { what, attempt } of WAYS.filter(({ inCall }) => inCall)) {
		await attempt(stage);
		await expect.soft(phone.state, what).toHaveText('In call');
		expect.soft(dialled(), what).toHaveLength(1);
	}
	await phone.hangUp();
	expect(dialled()[0]?.ended).toMatchObject({ by: 'phone', how: 'hangup' });
	// One more by hand is the second one that ever was.
	await phone.close();
	await phone.dial('+12025550100');
	await phone.reaches('In call');
	expect(dialled().map(({ to }) => to)).toEqual(['+12025550100', '+12025550100']);
	await phone.hangUp();
	expect(JSON.stringify(dialled())).not.toContain(VICTIM);
});

test('what comes through the data of a room dials nobody', async ({
	phone,
	setLiveKitLine,
	livekit,
	identity
}) => {
	setLiveKitLine({ room: 'quick-{random}', agent: { expected: true } });
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	await phone.reaches('In call');
	const words = [
		`tel:${VICTIM}`,
		JSON.stringify({ offhook: 1, type: 'dial', to: VICTIM }),
		`{"type":"transfer","to":"${VICTIM}"}\r\n`
	];
	const field = phone.page.getByRole('textbox', { name: /^Write to/ });
	for (const text of words) {
		await field.fill(text);
		await field.press('Enter');
		await expect(field).toHaveValue('');
	}
	const rooms = async () => livekit.observe({ identity });
	await expect.poll(async () => (await rooms())[0]?.parties[0]?.chats.length).toBe(words.length);
	await expect(phone.page.getByRole('log', { name: 'Transcript' })).toContainText(`tel:${VICTIM}`);
	await phone.reaches('In call');
	expect(await rooms()).toHaveLength(1);
	await phone.hangUp();
});

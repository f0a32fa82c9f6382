import { FILES, isLiveKit, startRecipe } from '../token-endpoints/recipes.ts';
import { expect, LIVEKIT_LABEL, test, TWILIO_LABEL, type Phone } from './fixtures.ts';

// The recipes of docs/token-endpoints with the real phone in a real browser: another origin, CORS, the key typed in.

const NEEDS_KEY = 'Not working: This line needs your access key';

async function giveKey(phone: Phone, key: string): Promise<void> {
	await phone.page.getByLabel('Access key').fill(key);
	await phone.page.getByRole('main').getByRole('button', { name: 'Use', exact: true }).click();
}

for (const file of FILES.filter((one) => !isLiveKit(one))) {
	test(`${file}: the phone is let in and calls`, async ({
		phone,
		setTwilioLine,
		exchange,
		served,
		guard
	}) => {
		const { accountSid, apiKey, apiSecret, twimlAppSid } = exchange.account;
		const recipe = await startRecipe(file, {
			TWILIO_ACCOUNT_SID: accountSid,
			TWILIO_API_KEY: apiKey,
			TWILIO_API_SECRET: apiSecret,
			TWIML_APP_SID: twimlAppSid,
			PHONE_ORIGINS: new URL(served.site.url).origin
		});
		guard.allowHost(recipe.tokenUrl);
		setTwilioLine({ token: { url: recipe.tokenUrl, auth: { kind: 'bearer' } }, identity: undefined });
		await phone.open('settings/', TWILIO_LABEL, NEEDS_KEY);
		await giveKey(phone, recipe.bearerOf('alice'));
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
		await phone.go('Phone');
		await phone.talks('100');
		await expect.poll(() => exchange.calls('alice').at(-1)?.rtpIn).toBeGreaterThan(10);
		await phone.hangUp();
		await phone.close();
		await phone.page.getByRole('link', { name: 'Checkup', exact: true }).click();
		await phone.button('Test token').click();
		const identity = phone.page.getByRole('row', { name: /grants\.identity/ });
		await expect(identity).toContainText('alice');
		await recipe.close();
	});

	test(`${file}: a page of another origin may not read its answer`, async ({
		phone,
		setTwilioLine,
		guard
	}) => {
		const recipe = await startRecipe(file, { PHONE_ORIGINS: 'https://phone.example.com' });
		guard.allowHost(recipe.tokenUrl);
		guard.mayLog(/CORS policy|Failed to load resource/);
		setTwilioLine({ token: { url: recipe.tokenUrl, auth: { kind: 'bearer' } }, identity: undefined });
		await phone.open('settings/', TWILIO_LABEL, NEEDS_KEY);
		await giveKey(phone, recipe.bearerOf('alice'));
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Not working: The token server cannot be reached');
		await recipe.close();
	});
}

for (const file of FILES.filter(isLiveKit)) {
	test(`${file}: the phone is let into a room`, async ({ phone, setLiveKitLine, livekit, served, guard }) => {
		const recipe = await startRecipe(file, {
			LIVEKIT_URL: livekit.url,
			LIVEKIT_API_KEY: livekit.keys.key,
			LIVEKIT_API_SECRET: livekit.keys.secret,
			PHONE_ORIGINS: new URL(served.site.url).origin
		});
		guard.allowHost(recipe.tokenUrl);
		setLiveKitLine({ token: { url: recipe.tokenUrl, auth: { kind: 'bearer' } }, identity: undefined });
		await phone.open('./', LIVEKIT_LABEL);
		await phone.call.click();
		await phone.reaches(/^Ended: /);
		await phone.close();
		await phone.button('All lines and what is wrong').click();
		await phone.page.getByLabel('Access key').fill(recipe.bearerOf('alice'));
		await phone.page.getByRole('dialog').getByRole('button', { name: 'Use', exact: true }).click();
		await phone.page.keyboard.press('Escape');
		await phone.call.click();
		await phone.reaches('In call');
		await expect.poll(async () => (await livekit.observe({ identity: 'alice' })).length).toBeGreaterThan(0);
		await phone.hangUp();
		await recipe.close();
	});
}

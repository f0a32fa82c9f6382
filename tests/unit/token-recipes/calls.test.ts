import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FILES, isLiveKit, startRecipe, type RunningRecipe } from '../../token-endpoints/recipes.ts';
import { useExchange } from '../at-the-exchange.ts';
import { WirePhone } from '../wire-phone.ts';
import { ask, tokenOf } from './asking.ts';

// Tokens of the recipes at the exchange, which believes nobody: registered, and a call with sound both ways.

const at = useExchange();

describe.each(FILES.filter((file) => !isLiveKit(file)))('with a token of %s', (file) => {
	let recipe: RunningRecipe;
	let phone: WirePhone | undefined;
	beforeAll(async () => {
		const { accountSid, apiKey, apiSecret, twimlAppSid } = at.exchange.account;
		recipe = await startRecipe(file, {
			TWILIO_ACCOUNT_SID: accountSid,
			TWILIO_API_KEY: apiKey,
			TWILIO_API_SECRET: apiSecret,
			TWIML_APP_SID: twimlAppSid
		});
	});
	afterEach(() => phone?.close());
	afterAll(() => recipe.close());

	it('a phone is registered, calls, speaks and hears', async () => {
		phone = await WirePhone.registered(at.exchange.plainGateway, await tokenOf(await ask(recipe)));
		await phone.dial('100', { voice: { hertz: 440 } });
		await phone.connect(await phone.next('answer'));
		const call = () => at.callOf('alice');
		await expect.poll(() => call()?.tone, { timeout: 5000 }).toBe(440);
		await expect.poll(() => phone?.hearing.heard().tone, { timeout: 5000 }).toBe(440);
		phone.send('hangup', { callsid: call()?.sid });
		await expect.poll(call).toMatchObject({ state: 'ended' });
	});

	it('somebody is rung', async () => {
		phone = await WirePhone.registered(
			at.exchange.plainGateway,
			await tokenOf(await ask(recipe, { as: 'bob' }))
		);
		await at.exchange.ring({ identity: 'bob', from: '+12025550177' });
		expect((await phone.next('invite')).payload['callsid']).toBeDefined();
	});
});

import { expect, test, TWILIO_LABEL } from './fixtures.ts';

const CALLER_IDS = ['+12025550190', '+12025550191'];

test.beforeEach(async ({ phone, setTwilioLine }) => {
	setTwilioLine({
		dial: { callerIdParam: 'CallerId', callerIds: CALLER_IDS, params: { campaign: 'autumn' } }
	});
	await phone.open('./', TWILIO_LABEL);
});

test(
	'a number is called, and the sound is counted both ways',
	{ tag: '@anywhere' },
	async ({ phone, farCall, guard }) => {
		await phone.dial('+12025550101');
		await phone.reaches('Ringing');
		await phone.isAudible();
		await phone.reaches('In call');
		await expect(phone.region('+12025550101')).toBeVisible();
		await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(100);
		await expect.poll(() => farCall()?.rtpOut).toBeGreaterThan(100);
		await expect.poll(() => farCall()?.level).toBeGreaterThan(0.02);
		await phone.isAudible();
		expect(farCall()).toMatchObject({
			direction: 'out',
			media: 'connected',
			params: { To: '+12025550101', campaign: 'autumn' }
		});
		await phone.hangUp();
		await phone.reaches('Ended: You hung up');
		await expect.poll(() => farCall()?.ended).toMatchObject({ by: 'phone', how: 'hangup' });
		await expect.poll(() => phone.live()).toMatchObject({ tracks: 0, peers: 0 });
		expect(guard.seen).toEqual([]);
	}
);

test('a name is called', async ({ phone, farCall }) => {
	await phone.talks('client:echo');
	await expect.poll(() => farCall()?.rtpOut).toBeGreaterThan(50);
	expect(farCall()?.params).toMatchObject({ To: 'client:echo', campaign: 'autumn' });
	await phone.hangUp();
});

test('the number that the other side sees is chosen', async ({ phone, farCall }) => {
	const shown = phone.page.getByLabel('Shown to the other side');
	await shown.selectOption('+12025550191');
	await phone.talks('+12025550100');
	expect(farCall()?.params).toMatchObject({ CallerId: '+12025550191' });
	await phone.hangUp();
});

test('a number that could not be sent along is not offered', async ({ phone, setTwilioLine }) => {
	setTwilioLine({ dial: { callerIds: CALLER_IDS } });
	await phone.open('./', TWILIO_LABEL);
	await expect(phone.page.getByLabel('Shown to the other side')).toBeHidden();
});

const ENDS = [
	['+12025550102', 'Ended: Busy'],
	['+12025550103', 'Ended: No answer'],
	['+12025550105', 'Ended: The call was declined'],
	['+12025550106', 'Ended: The number does not exist'],
	['+12025550140', /^Ended: .*[a-z]{4}/],
	['+12025550146', /^Ended: .*[a-z]{4}/]
] as const;

for (const [number, how] of ENDS) {
	test(`${number}: ${String(how)}, in words`, async ({ phone }) => {
		await phone.dial(number);
		await phone.reaches(/^Ended: /, 30_000);
		await expect(phone.state).toHaveText(how);
		await expect(phone.state).not.toContainText(/\d{5}|Error|undefined/);
		await phone.close();
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
		await expect.poll(() => phone.live()).toMatchObject({ tracks: 0, peers: 0 });
	});
}

test('a call that is accepted and never connected is no call', async ({ phone }) => {
	await phone.dial('+12025550108');
	await phone.reaches('Connecting');
	await phone.reaches('Ended: The call was answered, but no sound got through', 25_000);
});

test('silence from the other side is noticed', async ({ phone }) => {
	await phone.talks('+12025550109');
	await expect(phone.page.getByText('Nothing has been heard from the other side')).toBeVisible({
		timeout: 10_000
	});
	await phone.hangUp();
});

test('a call that rings can be given up, and an invite that nobody answers too', async ({
	phone,
	farCall
}) => {
	await phone.dial('+12025550104');
	await phone.reaches('Ringing');
	await phone.button('Hang up').click();
	await phone.reaches('Ended: Cancelled');
	await expect.poll(() => farCall()?.state).toBe('ended');
	await phone.close();
	await phone.dial('+12025550107');
	await phone.reaches('Calling');
	await phone.button('Hang up').click();
	await phone.reaches('Ended: Cancelled');
});

test('the other side hangs up', async ({ phone }) => {
	await phone.talks('+12025550112');
	await phone.reaches('Ended: The other side hung up');
});

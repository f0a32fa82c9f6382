import { expect, test, TWILIO_LABEL } from './fixtures.ts';

const FROM = '+12025550177';

test.beforeEach(async ({ phone, setTwilioLine }) => {
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
});

test('who is muted sends silence, and only then', async ({ phone, farCall }) => {
	await phone.talks('+12025550100');
	await expect.poll(() => farCall()?.level).toBeGreaterThan(0.02);
	await phone.button('Mute').click();
	await expect.poll(() => farCall()?.level).toBe(0);
	const before = farCall()?.rtpIn ?? 0;
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(before + 25);
	expect(farCall()?.level).toBe(0);
	await phone.button('Unmute').click();
	await expect.poll(() => farCall()?.level).toBeGreaterThan(0.02);
	await phone.hangUp();
});

test('whom you hold hears the hold tone, and you hear nothing', async ({ phone, farCall }) => {
	await phone.talks('+12025550110');
	await phone.isAudible();
	await phone.button('Hold').click();
	await phone.reaches('On hold');
	await phone.isSilent();
	await expect.poll(() => farCall()?.tone).toBe(1000);
	await expect(phone.page.getByText('The other side hears a tone.')).toBeVisible();
	await phone.button('Resume').click();
	await phone.reaches('In call');
	await phone.isAudible();
	await expect.poll(() => farCall()?.tones['1000']).toBeLessThan(0.02);
	await expect.poll(() => farCall()?.level).toBeGreaterThan(0.02);
	await phone.hangUp();
});

for (const number of ['+12025550100', '+12025550114']) {
	test(`digits arrive exactly at ${number}`, async ({ phone, farCall }) => {
		await phone.talks(number);
		await phone.button('Keypad').click();
		const keypad = phone.page.getByRole('group', { name: 'Keypad for this call' });
		for (const key of ['1', '1', '9', 'Star', '0', 'Hash'])
			await keypad.getByRole('button', { name: key, exact: true }).click();
		await phone.page.keyboard.type('42');
		await expect.poll(() => farCall()?.digits, { timeout: 15_000 }).toBe('119*0#42');
		await expect(phone.page.getByRole('status', { name: 'Digits sent' })).toHaveText('119*0#42');
		await phone.hangUp();
	});
}

test('a second call while one is held, and swapped', async ({ phone, farCalls }) => {
	await phone.talks('+12025550110');
	await phone.button('New call').click();
	await phone.talks('+12025550111');
	const tones = () => farCalls().map(({ tone }) => tone);
	const alive = () => farCalls().map(({ state }) => state);
	await expect(phone.region('+12025550111')).toBeVisible();
	// The first one is held: it hears the tone, the second one hears the microphone.
	await expect.poll(() => tones()[0]).toBe(1000);
	await expect.poll(() => farCalls()[1]?.level).toBeGreaterThan(0.02);
	await phone.button('Resume the call with +12025550110').click();
	await expect(phone.region('+12025550110')).toBeVisible();
	await phone.reaches('In call');
	await expect.poll(() => tones()[1]).toBe(1000);
	await expect.poll(() => farCalls()[0]?.tones['1000']).toBeLessThan(0.02);
	expect(alive()).toEqual(['answered', 'answered']);
	await phone.button('Hang up on +12025550111').click();
	await expect.poll(alive).toEqual(['answered', 'ended']);
	await phone.reaches('In call');
	await phone.isAudible();
	await phone.button('Hang up').click();
	await expect.poll(alive).toEqual(['ended', 'ended']);
});

test('a call that comes in during another one is answered, and neither drops the other', async ({
	phone,
	exchange,
	identity,
	farCalls
}) => {
	await phone.talks('+12025550110');
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller', behaviour: 'tone-1100' });
	await expect(phone.incomingFrom('Ada Caller')).toBeVisible();
	await phone.button('Answer').click();
	await expect(phone.region('Ada Caller')).toBeVisible();
	await phone.reaches('In call');
	await expect.poll(() => farCalls()[0]?.tone).toBe(1000);
	await expect.poll(() => farCalls()[1]?.level).toBeGreaterThan(0.02);
	await phone.button('Hang up').click();
	await expect.poll(() => farCalls()[1]?.state).toBe('ended');
	expect(farCalls()[0]?.state).toBe('answered');
	// The one that waited comes back by itself.
	await expect(phone.region('+12025550110')).toBeVisible();
	await phone.reaches('In call');
	await phone.isAudible();
	await phone.hangUp();
});

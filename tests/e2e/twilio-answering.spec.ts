import { expect, test, TWILIO_LABEL } from './fixtures.ts';

const FROM = '+12025550177';
const PARAMS = { ticket: '4711', note: 'Two umbrellas, one blue' };

test.beforeEach(async ({ phone, setTwilioLine }) => {
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	// Browsers play nothing in a page that was never touched.
	await phone.number.click();
});

test('a call is shown with name, number and parameters, and answered', async ({
	phone,
	exchange,
	identity,
	farCall
}) => {
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller', params: PARAMS });
	await expect(phone.incomingFrom('Ada Caller')).toBeVisible();
	for (const words of ['(202) 555-0177', `on ${TWILIO_LABEL}`, ...Object.entries(PARAMS).flat()])
		await expect(phone.incoming).toContainText(words);
	await phone.isAudible();
	await phone.button('Answer').click();
	await phone.reaches('In call');
	await expect(phone.region('Ada Caller')).toBeVisible();
	await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(100);
	await expect.poll(() => farCall()?.rtpOut).toBeGreaterThan(100);
	await phone.isAudible();
	await phone.hangUp();
	await expect.poll(() => farCall()?.ended).toMatchObject({ by: 'phone', how: 'hangup' });
	await phone.close();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(1);
	await expect(phone.rows.first()).toContainText('Ada Caller');
	await expect(phone.rows.first()).toContainText('Incoming');
});

test('a call without a name is shown by its number', async ({ phone, exchange, identity }) => {
	await exchange.ring({ identity, from: FROM });
	await expect(phone.incomingFrom(FROM)).toBeVisible();
	await phone.button('Decline').click();
	await expect(phone.incoming).toBeHidden();
});

test('a call is declined', async ({ phone, exchange, identity, farCall }) => {
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller' });
	await phone.button('Decline').click();
	await expect(phone.incoming).toBeHidden();
	await expect.poll(() => farCall()?.ended).toMatchObject({ by: 'phone', how: 'reject' });
	await phone.isSilent();
	await phone.go('History');
	await expect(phone.rows.first()).toContainText('Declined');
	expect((await phone.live()).tracks).toBe(0);
});

test('a caller who gives up was missed', async ({ phone, exchange, identity }) => {
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller', behaviour: 'cancels' });
	await expect(phone.incoming).toBeVisible();
	await phone.isAudible();
	await phone.reaches('Ended: Missed');
	await expect(phone.incoming).toBeHidden();
	await phone.isSilent();
	await phone.close();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(1);
	await expect(phone.rows.first()).toContainText('Missed');
});

test('a caller who gives up at once leaves one row and no ring', async ({ phone, exchange, identity }) => {
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller', behaviour: 'gives-up' });
	await phone.reaches('Ended: Missed');
	await phone.close();
	await phone.go('History');
	await expect(phone.rows.first()).toContainText('Missed');
	await expect(phone.incoming).toBeHidden();
	await phone.isSilent();
	await expect(phone.rows).toHaveCount(1);
});

test('the caller hangs up', async ({ phone, exchange, identity }) => {
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller', behaviour: 'hangs-up' });
	await phone.button('Answer').click();
	await phone.reaches('In call');
	await phone.reaches('Ended: The other side hung up');
});

test('ten calls answered and ended leave nothing open and ten rows', async ({
	phone,
	exchange,
	identity,
	farCalls
}) => {
	test.slow();
	for (let call = 1; call <= 10; call++) {
		await exchange.ring({ identity, from: FROM, name: `Caller ${call}` });
		await expect(phone.incomingFrom(`Caller ${call}`)).toBeVisible();
		await phone.button('Answer').click();
		await expect(phone.region(`Caller ${call}`)).toBeVisible();
		await phone.reaches('In call');
		await phone.hangUp();
		await expect.poll(() => phone.live()).toMatchObject({ tracks: 0, peers: 0 });
	}
	expect(await phone.live()).toEqual({ tracks: 0, peers: 0, sockets: 1 });
	expect(farCalls()).toHaveLength(10);
	await phone.close();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(10);
});

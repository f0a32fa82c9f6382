import { expect, test, type Phone } from './fixtures.ts';

async function isCalledBack(phone: Phone): Promise<void> {
	await phone.open();
	await phone.dial('5');
	await phone.reaches('Ended: The other side hung up');
	await expect(phone.incomingFrom('Practice caller')).toBeVisible({ timeout: 10_000 });
}

test('a call is announced with all that is known, and answered', async ({ phone }) => {
	await isCalledBack(phone);
	await expect(phone.incoming).toContainText('on Practice line');
	for (const words of ['order', '4711', 'topic', 'Call back'])
		await expect(phone.incoming).toContainText(words);
	await phone.isAudible();
	await phone.button('Answer').click();
	await phone.reaches('In call');
	await expect(phone.region('Practice caller')).toBeVisible();
	await expect(phone.incoming).toBeHidden();
	await phone.isAudible();
	await phone.hangUp();
	await phone.close();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(2);
	await expect(phone.rows.first()).toContainText('Practice caller');
	await expect(phone.rows.first()).toContainText('Incoming');
});

test('a call is declined', async ({ phone }) => {
	await isCalledBack(phone);
	await phone.button('Decline').click();
	await expect(phone.incoming).toBeHidden();
	await phone.close();
	await phone.go('History');
	await expect(phone.rows.first()).toContainText('Declined');
});

test('a call that is silenced rings on for the eye alone, and can still be answered', async ({ phone }) => {
	await isCalledBack(phone);
	await phone.isAudible();
	await phone.button('Silence').click();
	await phone.isSilent();
	await expect(phone.incoming).toBeVisible();
	await phone.button('Answer').click();
	await phone.reaches('In call');
	await phone.hangUp();
});

test('Escape silences, and neither answers nor declines', async ({ phone }) => {
	await isCalledBack(phone);
	await phone.isAudible();
	await phone.page.keyboard.press('Escape');
	await phone.page.keyboard.press('Escape');
	await phone.isSilent();
	await expect(phone.incoming).toBeVisible();
	await phone.button('Decline').click();
	await expect(phone.incoming).toBeHidden();
});

test('a call that nobody takes is missed', async ({ phone }) => {
	await phone.page.clock.install();
	await isCalledBack(phone);
	// Nobody here waits for half a minute.
	await phone.page.clock.fastForward(31_000);
	await expect(phone.incoming).toBeHidden();
	await phone.isSilent();
	await phone.close();
	await phone.go('History');
	await expect(phone.rows.first()).toContainText('Practice caller');
	await expect(phone.rows.first()).toContainText('Missed');
});

test('it rings on every page, and answering leads to the call', async ({ phone }) => {
	await phone.open();
	await phone.dial('5');
	await phone.reaches('Ended: The other side hung up');
	await phone.close();
	await phone.go('Settings');
	await expect(phone.incoming).toBeVisible({ timeout: 10_000 });
	await phone.button('Answer').click();
	await phone.reaches('In call');
	await phone.hangUp();
});

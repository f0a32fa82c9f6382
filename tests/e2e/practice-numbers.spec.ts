import { expect, test } from './fixtures.ts';

const ENDS = [
	{ number: '2', how: 'Ended: Busy', row: 'Busy' },
	{ number: '3', how: 'Ended: No answer', row: 'No answer', rings: true },
	{ number: '9', how: 'Ended: The number does not exist', row: 'The number does not exist' }
];

for (const { number, how, row, rings } of ENDS) {
	test(`${number} on the practice line: ${how}`, async ({ phone }) => {
		await phone.open();
		await phone.dial(number);
		if (rings) {
			await phone.reaches('Ringing');
			await phone.isAudible();
		}
		await phone.reaches(how);
		await phone.close();
		await phone.go('History');
		await expect(phone.rows).toHaveCount(1);
		await expect(phone.rows.first()).toContainText(row);
	});
}

test('4 drops after five seconds', async ({ phone }) => {
	await phone.open();
	await phone.talks('4');
	await phone.isAudible();
	await phone.reaches('Ended: The call was lost');
	await phone.button('Call again').click();
	await phone.reaches('In call');
	await phone.hangUp();
});

test('a call can be ended while it is being placed, while it rings, and at once', async ({ phone }) => {
	await phone.open();
	await phone.dial('1');
	await phone.button('Hang up').click();
	await phone.reaches('Ended: Cancelled');
	await phone.close();
	await phone.dial('3');
	await phone.reaches('Ringing');
	await phone.button('Hang up').click();
	await phone.reaches('Ended: Cancelled');
	await phone.isSilent();
});

test('the numbers of the practice line stand below the pad and fill the field', async ({ phone }) => {
	await phone.open();
	await phone.page.getByRole('button', { name: 'Dial 2: A busy number' }).click();
	await expect(phone.number).toHaveValue('2');
	await expect(phone.state).toBeHidden();
});

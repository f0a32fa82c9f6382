import { isAccessible, isReadableUnderPointer } from './axe.ts';
import { expect, test } from './fixtures.ts';

for (const scheme of ['light', 'dark'] as const) {
	test.describe(`in ${scheme} colours`, () => {
		test.use({ colorScheme: scheme });

		test('pages and calls on a wide screen', async ({ phone }) => {
			await phone.open();
			await isAccessible(phone.page, 'phone');
			await phone.dial('5');
			await phone.reaches('Ringing');
			await isAccessible(phone.page, 'ringing');
			await phone.reaches(/^Ended/);
			await isAccessible(phone.page, 'ended');
			await expect(phone.incoming).toBeVisible({ timeout: 10_000 });
			await isAccessible(phone.page, 'incoming');
			await phone.button('Answer').click();
			await phone.reaches('In call');
			await phone.button('Keypad').click();
			await isAccessible(phone.page, 'in call');
			await phone.hangUp();
			await phone.close();
			for (const place of ['History', 'Settings'] as const) {
				await phone.go(place);
				await isAccessible(phone.page, place);
			}
		});

		test('buttons can be read under the pointer', async ({ phone }) => {
			await phone.open();
			await isReadableUnderPointer(phone.page, 'phone');
			// The page of a call that one has hung up oneself goes after six seconds; this one stays.
			await phone.dial('2');
			await phone.reaches('Ended: Busy');
			await isReadableUnderPointer(phone.page, 'ended');
			await phone.close();
			await phone.talks('1');
			await isReadableUnderPointer(phone.page, 'in call');
			await phone.hangUp();
		});
	});
}

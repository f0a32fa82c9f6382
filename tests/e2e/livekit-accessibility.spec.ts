import { isAccessible } from './axe.ts';
import { expect, LIVEKIT_LABEL, test } from './fixtures.ts';

for (const scheme of ['light', 'dark'] as const) {
	test.describe(`in ${scheme} colours`, () => {
		test.use({ colorScheme: scheme });

		test('every state of a call with an agent', async ({ phone, setLiveKitLine }) => {
			setLiveKitLine({ room: 'quick-{random}', agent: { expected: true } });
			await phone.open('./', LIVEKIT_LABEL);
			await isAccessible(phone.page, 'nothing to type');
			await phone.call.click();
			const words = phone.page.getByRole('log', { name: 'Transcript', exact: true });
			await expect(words).toContainText(/I heard you for/, { timeout: 20_000 });
			await isAccessible(phone.page, 'talking with an agent');
			await phone.button('Details').click();
			await phone.hangUp();
			await isAccessible(phone.page, 'details of an ended call');
			await phone.button('Details').click();
			await isAccessible(phone.page, 'words of an ended call');
		});

		test('people who are listened to', async ({ phone, setLiveKitLine, livekit }) => {
			setLiveKitLine({ token: { url: livekit.tokenUrl('listen-only') } });
			await phone.open('./', LIVEKIT_LABEL);
			await phone.dial('people-here');
			await expect(phone.page.getByText('Cleo Person')).toBeVisible({ timeout: 20_000 });
			await isAccessible(phone.page, 'people in a room');
			await phone.hangUp();
		});
	});
}

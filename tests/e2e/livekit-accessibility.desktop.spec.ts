import { isAccessible } from './axe.ts';
import { expect, LIVEKIT_LABEL, test } from './fixtures.ts';

for (const scheme of ['light', 'dark'] as const) {
	test.describe(`in ${scheme} colours`, () => {
		test.use({ colorScheme: scheme });

		test('a call with an agent, and its words beside it', async ({ phone, setLiveKitLine }) => {
			setLiveKitLine({ room: 'quick-{random}', agent: { expected: true } });
			await phone.open('./', LIVEKIT_LABEL);
			await phone.call.click();
			const words = phone.page.getByRole('log', { name: 'Transcript', exact: true });
			await expect(words).toContainText(/I heard you for/, { timeout: 20_000 });
			await phone.button('Details').click();
			// What was written and what was measured are in sight at once.
			await expect(words).toBeInViewport();
			await expect(phone.page.getByRole('group', { name: 'Details', exact: true })).toBeInViewport();
			await phone.hangUp();
			await isAccessible(phone.page, 'an ended call, with its words beside it');
		});
	});
}

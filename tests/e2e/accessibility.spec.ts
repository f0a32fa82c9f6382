import { expect, test, TWILIO_LABEL } from './fixtures.ts';
import { isAccessible } from './axe.ts';

for (const scheme of ['light', 'dark'] as const) {
	test.describe(`in ${scheme} colours`, () => {
		test.use({ colorScheme: scheme });

		test('every page', async ({ phone }) => {
			await phone.open();
			await isAccessible(phone.page, 'phone');
			for (const place of ['History', 'Settings'] as const) {
				await phone.go(place);
				await isAccessible(phone.page, place);
			}
			await phone.go('Phone');
			await phone.button('All lines and what is wrong').click();
			await isAccessible(phone.page, 'lines');
		});

		test('every state of a call', async ({ phone }) => {
			await phone.open();
			await phone.dial('1');
			await phone.reaches('Ringing');
			await isAccessible(phone.page, 'ringing');
			await phone.reaches('In call');
			await isAccessible(phone.page, 'in call');
			await phone.button('Mute').click();
			await phone.button('Keypad').click();
			await isAccessible(phone.page, 'keypad');
			await phone.button('Hold').click();
			await phone.reaches('On hold');
			await isAccessible(phone.page, 'on hold');
			await phone.button('New call').click();
			await isAccessible(phone.page, 'pad beside a call');
			await phone.page.getByRole('button', { name: /Back to call$/ }).click();
			await phone.hangUp();
			await isAccessible(phone.page, 'ended');
			await phone.close();
			await isAccessible(phone.page, 'recent calls');
			await phone.go('History');
			await isAccessible(phone.page, 'history with a row');
		});

		test('an incoming call, alone and beside another one', async ({
			phone,
			setTwilioLine,
			exchange,
			identity
		}) => {
			setTwilioLine();
			await phone.open('./', TWILIO_LABEL);
			const params = { ticket: '4711', note: 'Two umbrellas' };
			await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller', params });
			await expect(phone.incoming).toBeVisible();
			await isAccessible(phone.page, 'incoming');
			await phone.button('Answer').click();
			await phone.reaches('In call');
			await exchange.ring({ identity, from: '+12025550178', name: 'Bob Caller', params });
			await expect(phone.incoming).toBeVisible();
			await isAccessible(phone.page, 'incoming in a call');
			await phone.button('Decline').click();
			await expect(phone.incoming).toBeHidden();
			await phone.hangUp();
		});

		test('what does not work', async ({ phone, setConfig, exchange, identity, newTab, guard }) => {
			guard.mayLog(/status of 401/);
			const token = { url: exchange.tokenUrl('401') };
			const desk = {
				id: 'desk',
				kind: 'twilio',
				label: TWILIO_LABEL,
				token,
				gateway: exchange.gateway,
				identity
			};
			setConfig({ lnies: [], lines: [desk, { id: 'odd', kind: 'odd', label: 'Odd' }] });
			await phone.open('./', TWILIO_LABEL, /^Not working/);
			await isAccessible(phone.page, 'a line that does not work');
			await phone.button('All lines and what is wrong').click();
			await isAccessible(phone.page, 'what is wrong with it');
			await phone.page.keyboard.press('Escape');
			await phone.go('Settings');
			await isAccessible(phone.page, 'settings with mistakes of the configuration');
			await phone.go('Phone');
			await phone.dial('911');
			await expect(phone.page.getByRole('dialog')).toBeVisible();
			await isAccessible(phone.page, 'an emergency number');
			const second = await newTab();
			await second.page.goto('./');
			await expect(second.button('Use here')).toBeVisible();
			await isAccessible(second.page, 'another tab');
		});
	});
}

import { expect, LIVEKIT_LABEL, test } from './fixtures.ts';

// Whatever a test or its trace asks a page for counts as a touch.
test.use({ trace: 'off' });

/** Runs in the page: calls as soon as the line is ready, and says on the console when sound is held back. */
function callByItself(line: string): void {
	const button = (name: string) =>
		[...document.querySelectorAll('button')].find(
			(one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name
		);
	let called = false;
	const timer = setInterval(() => {
		const status = document.querySelector(`[role=status][aria-label="${line}"]`);
		if (!called && status?.textContent.trim() === 'Ready') {
			called = true;
			button('Call')?.click();
		}
		if (!button('Turn on sound')) return;
		clearInterval(timer);
		console.log(`held back, touched: ${String(navigator.userActivation.hasBeenActive)}`);
	}, 50);
}

/**
 * The browser's own policy, unchanged: Chromium lets a page play that nobody has touched only while it has the microphone
 * open, so that it holds the sound back from those who may only listen.
 */
test('who listens in a page that nobody has touched hears after one tap', async ({
	phone,
	setLiveKitLine,
	livekit
}) => {
	setLiveKitLine({ room: 'people-{random}', token: { url: livekit.tokenUrl('listen-only') } });
	await phone.page.addInitScript(callByItself, LIVEKIT_LABEL);
	const told = phone.page.waitForEvent('console', (message) => message.text().startsWith('held back'));
	await phone.page.goto('./');
	expect((await told).text()).toBe('held back, touched: false');
	await phone.reaches('In call');
	await phone.isSilent();
	await phone.button('Turn on sound').click();
	await expect(phone.button('Turn on sound')).toBeHidden();
	await phone.isAudible();
	await phone.hangUp();
});

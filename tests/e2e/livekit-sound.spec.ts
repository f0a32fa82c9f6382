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
			// Who presses is what the phone asks for; here a script stands for a hand.
			Object.defineProperty(window, 'event', { value: undefined });
			button('Call')?.click();
		}
		const unlock = button('Turn on sound')?.getBoundingClientRect();
		if (!unlock) return;
		clearInterval(timer);
		const seen = {
			touched: navigator.userActivation.hasBeenActive,
			heard: (window.witness.loudest() ?? 0) > 0.001,
			at: [unlock.x + unlock.width / 2, unlock.y + unlock.height / 2]
		};
		console.log(`held back ${JSON.stringify(seen)}`);
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
	const seen = JSON.parse((await told).text().slice('held back '.length)) as { at: [number, number] };
	expect(seen).toMatchObject({ touched: false, heard: false });
	// Only the mouse: to ask the page where the button is would be a touch already, and whoever comes then is heard.
	await phone.page.mouse.click(...seen.at);
	await expect(phone.button('Turn on sound')).toBeHidden();
	await phone.isAudible();
	await phone.reaches('In call');
	await phone.hangUp();
});

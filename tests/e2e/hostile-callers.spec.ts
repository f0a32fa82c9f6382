import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';
import { expectNoHarm, OWN_KINDS, watchHarm } from './harm.ts';
import { HOSTILE, plainly, SOME_HOSTILE } from './hostile.ts';

declare global {
	interface Window {
		/** Titles and texts of the system's notifications. */
		notified?: string[];
	}
}

/** Writes down what the system would show, while somebody looks at another window. */
const watchNotifications = (page: Page) =>
	page.addInitScript(() => {
		const notified: string[] = (window.notified = []);
		document.hasFocus = () => false;
		globalThis.Notification = new Proxy(Notification, {
			construct(Made, args: [string, NotificationOptions]) {
				notified.push(args[0], args[1].body ?? '');
				dispatchEvent(new Event('notified'));
				return new Made(...args);
			},
			get: (Made, name) => (name === 'permission' ? 'granted' : (Reflect.get(Made, name) as unknown))
		});
	});

/** What the call that carries `mark` looks like while it rings; then a button of it is pressed. */
const meet = (page: Page, mark: string, button: 'Answer' | 'Decline', notified = 0) =>
	page.evaluate(
		([mark, button, notified, kinds]) =>
			new Promise<{ shown: string; name: string; harm: string[] }>((resolve) => {
				const look = () => {
					const dialog = document.querySelector('[role=alertdialog]');
					if (!dialog?.textContent.includes(mark) || (window.notified?.length ?? 0) < notified) return;
					watching.disconnect();
					removeEventListener('notified', look);
					resolve({
						shown: dialog.textContent,
						name: dialog.querySelector('h2')?.getAttribute('aria-label') ?? '',
						harm: window.harm(kinds)
					});
					const buttons = [...dialog.querySelectorAll('button')];
					buttons.find(({ textContent }) => textContent.trim() === button)?.click();
				};
				const watching = new MutationObserver(look);
				addEventListener('notified', look);
				watching.observe(document.body, { childList: true, subtree: true, characterData: true });
				look();
			}),
		[mark, button, notified, OWN_KINDS] as const
	);

test(`what ${HOSTILE.length} callers say of themselves is text: when they ring, in notifications and in the history`, async ({
	phone,
	context,
	setTwilioLine,
	exchange,
	identity
}) => {
	await context.grantPermissions(['microphone', 'notifications']);
	await watchHarm(phone.page);
	await watchNotifications(phone.page);
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	const harms: unknown[] = [];
	for (const [at, words] of HOSTILE.entries()) {
		const mark = `call ${at};`;
		const params = { mark, [words.slice(0, 5_000)]: words, note: words };
		await exchange.ring({ identity, from: `client:${words}`, name: words, params });
		const { shown, name, harm } = await meet(phone.page, mark, 'Decline', 2 * at + 2);
		const isThere = [...shown.matchAll(/[\p{L}\p{N}]/gu)].join('').includes(plainly(words));
		const isLong = shown.length > 6_000 || name.length > 600;
		if (harm.length > 0 || !isThere || isLong)
			harms.push({ words: words.slice(0, 80), harm, isThere, shown: shown.length, name: name.length });
	}
	expect(harms).toEqual([]);
	const notified = await phone.page.evaluate(() => window.notified ?? []);
	expect(notified).toHaveLength(2 * HOSTILE.length);
	for (const text of notified) {
		expect(text.length).toBeLessThan(120);
		expect(text).not.toMatch(/[\u{202a}-\u{202e}\u{2066}-\u{2069}]/u);
	}

	await phone.go('History');
	await phone.button('Older').click();
	await expectNoHarm(phone.page, 'the history');
	await phone.page.reload();
	for (let page = 1; ; page++) {
		await expect(phone.rows).not.toHaveCount(0);
		await expectNoHarm(phone.page, `page ${page} of the history`);
		if (!(await phone.button('Older').isVisible())) break;
		await phone.button('Older').click();
	}
	await phone.go('Phone');
	await expectNoHarm(phone.page, 'the latest calls');
});

test('what callers say of themselves is text in the call, too', async ({
	phone,
	setTwilioLine,
	exchange,
	identity
}) => {
	await watchHarm(phone.page);
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	for (const [at, words] of SOME_HOSTILE.entries()) {
		const mark = `call ${at};`;
		await exchange.ring({ identity, from: `client:${words}`, name: words, params: { mark } });
		await meet(phone.page, mark, 'Answer');
		await expect(phone.button('Hang up')).toBeVisible();
		await expectNoHarm(phone.page, words.slice(0, 80));
		await expect(phone.button('Hang up')).toBeInViewport();
		await phone.hangUp();
		await phone.close();
	}
});

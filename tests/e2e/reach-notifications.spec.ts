import type { BrowserContext } from '@playwright/test';
import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });

/** The worker is there, and somebody looks at another window. */
async function looksAway(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		Object.assign(document, { hasFocus: () => false });
	});
}

/** The worker's notifications of this phone, as [title, body]. */
async function notifications(context: BrowserContext): Promise<readonly (readonly string[])[]> {
	const [worker] = context.serviceWorkers();
	if (!worker) return [];
	return worker.evaluate(async () => {
		const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
		return (await registration.getNotifications()).map(({ title, body }) => [title, body]);
	});
}

/** A tap on the notification. A synthetic one may not bring windows to the front. */
async function tap(context: BrowserContext, action: 'answer' | 'decline' | ''): Promise<void> {
	await context.serviceWorkers()[0]?.evaluate(async (name) => {
		const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
		const [notification] = await registration.getNotifications();
		const Tap = (globalThis as unknown as { NotificationEvent: new (type: string, init: object) => Event })
			.NotificationEvent;
		self.dispatchEvent(new Tap('notificationclick', { notification, action: name }));
	}, action);
}

for (const act of ['answer', 'decline'] as const) {
	test(`a call that rings behind other windows is in the system’s notifications: ${act}`, async ({
		phone,
		context,
		setTwilioLine,
		exchange,
		identity,
		guard
	}) => {
		// The worker's event is a synthetic one, and Chromium says so.
		guard.mayLog(/waitUntil|Not allowed to focus/);
		await context.grantPermissions(['microphone', 'notifications']);
		setTwilioLine();
		await phone.open('./', TWILIO_LABEL);
		await phone.number.click();
		await looksAway(phone.page);
		const params = { secret: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw' };
		await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller', params });
		await expect(phone.incomingFrom('Ada Caller')).toBeVisible();
		await expect
			.poll(() => notifications(context))
			.toEqual([['Incoming call from Ada Caller', 'on Support desk']]);
		await tap(context, act);
		if (act === 'answer') {
			await phone.reaches('In call');
			await expect.poll(() => notifications(context)).toEqual([]);
			await phone.hangUp();
		} else {
			await expect(phone.incoming).toBeHidden();
			await expect.poll(() => notifications(context)).toEqual([]);
		}
	});
}

test('a notification goes when the caller gives up', async ({
	phone,
	context,
	setTwilioLine,
	exchange,
	identity
}) => {
	await context.grantPermissions(['microphone', 'notifications']);
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	await phone.number.click();
	await looksAway(phone.page);
	await exchange.ring({ identity, from: '+12025550177', behaviour: 'cancels' });
	await expect.poll(() => notifications(context)).toHaveLength(1);
	await expect.poll(() => notifications(context)).toEqual([]);
});

import { expect, test, type Page } from './fixtures.ts';
import { isAccessible } from './axe.ts';
import { Kiosk, kioskOf, NAME, pinHash } from './kiosk-page.ts';

const FROM = 'client:gate';
/** An ended call goes from the screen by itself. */
const BACK = { timeout: 20_000 };

test('a button calls whom it says, and nothing else can be called @anywhere', async ({ page, setConfig }) => {
	setConfig(kioskOf({}));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await expect(page).toHaveTitle(NAME);
	await kiosk.isAll();
	await page.keyboard.type('12345');
	await page.keyboard.press('Enter');
	await expect(
		page.getByRole('group', { name: 'Whom do you want to call?' }).getByRole('button')
	).toHaveCount(1);

	await kiosk.button('Reception').click();
	await kiosk.reaches('In call');
	await expect(page.getByRole('region', { name: 'Call with Reception', exact: true })).toBeVisible();
	await expect(page.getByRole('timer', { name: 'Call time' })).toBeVisible();
	await kiosk.button('Mute').click();
	await expect(kiosk.button('Unmute')).toBeVisible();
	await kiosk.button('Keypad').click();
	await kiosk.button('5').click();
	await expect(page.getByRole('status', { name: 'Digits sent' })).toHaveText('5');
	await kiosk.hangUp();
	await kiosk.isAll();
	await expect(kiosk.button('Reception')).toBeVisible(BACK);
});

test('an ended call says why and what to do, and goes by itself', async ({ page, setConfig }) => {
	setConfig(kioskOf({ buttons: [{ label: 'Night porter', to: '2' }] }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.button('Night porter').click();
	await kiosk.reaches('Ended: Busy');
	await expect(page.getByText('Try again in a few minutes.')).toBeVisible();
	await expect(kiosk.button('Night porter')).toBeVisible(BACK);
});

test('what the rules forbid is not called, and said', async ({ page, setConfig }) => {
	setConfig({ ...kioskOf({}), dialling: { allow: ['+49*'] } });
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.button('Reception').click();
	await expect(page.getByRole('dialog')).toContainText('dialling.not-allowed');
	await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(kiosk.button('Reception')).toBeVisible();
});

test.describe('a caller', () => {
	test.beforeEach(async ({ page, setTwilioLine }) => {
		setTwilioLine({}, { name: NAME, kiosk: { autoAnswer: [FROM] } });
		await new Kiosk(page).start();
	});

	test('is answered or declined by a tap', async ({ page, exchange, identity, farCall }) => {
		const kiosk = new Kiosk(page);
		await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
		await expect(page.getByRole('alertdialog', { name: 'Incoming call from Ada Caller' })).toBeVisible();
		await kiosk.button('Decline').click();
		await expect(page.getByRole('alertdialog')).toHaveCount(0);
		await expect.poll(() => farCall()?.ended).toMatchObject({ by: 'phone' });

		await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
		await kiosk.button('Answer').click();
		await kiosk.reaches('In call');
		await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(50);
		await kiosk.hangUp();
	});

	test('on the list is answered without a tap: first the chime, then the microphone', async ({
		page,
		phone,
		exchange,
		identity,
		farCall
	}) => {
		const kiosk = new Kiosk(page);
		await page.evaluate(() => {
			const answering = new Promise<object>((resolve) => {
				const observer = new MutationObserver(() => {
					const said = document.querySelector('[role=alert]')?.textContent ?? '';
					if (!said.includes('microphone')) return;
					observer.disconnect();
					resolve({ said, tracks: window.witness.live().tracks });
				});
				observer.observe(document.body, { childList: true, characterData: true, subtree: true });
			});
			Object.assign(window, { answering });
		});
		await exchange.ring({ identity, from: FROM, name: 'Gate' });
		const seen = await page.evaluate(
			() => (window as unknown as { answering: Promise<{ said: string; tracks: number }> }).answering
		);
		expect(seen.said).toContain('Answering by itself');
		expect(seen.tracks, 'microphones that are open').toBe(0);
		await phone.isAudible();
		await kiosk.reaches('In call');
		await expect(page.getByRole('region', { name: 'Call with Gate', exact: true })).toBeVisible();
		await expect.poll(() => farCall()?.rtpIn).toBeGreaterThan(50);
		await kiosk.hangUp();
	});

	test('who calls during a call hears that it is busy', async ({ page, exchange, identity, farCalls }) => {
		const kiosk = new Kiosk(page);
		await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
		await kiosk.button('Answer').click();
		await kiosk.reaches('In call');
		await exchange.ring({ identity, from: '+12025550199', name: 'Second' });
		await expect.poll(() => farCalls().at(-1)?.ended).toMatchObject({ by: 'phone' });
		await kiosk.reaches('In call');
		await kiosk.hangUp();
	});
});

test('a call that lasts too long ends, and says so before', async ({ page, setConfig }) => {
	setConfig(kioskOf({ maxCallSeconds: 8 }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await kiosk.button('Reception').click();
	await expect(page.getByRole('timer', { name: 'Time left' })).toContainText('This call ends in');
	await expect(page.getByRole('alert').filter({ hasText: 'This call ends in' })).toHaveText(
		/ in [1-8] seconds$/
	);
	await kiosk.reaches(/^Ended: /);
});

/** All that the databases and the storage of the origin hold, as text. */
const kept = (page: Page): Promise<string> =>
	page.evaluate(async () => {
		const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(new Error(name));
			});
			for (const store of database.objectStoreNames) {
				found.push(
					await new Promise((resolve) => {
						const reading = database.transaction(store).objectStore(store).getAll();
						reading.onsuccess = () => resolve(reading.result);
					})
				);
			}
			database.close();
		}
		return JSON.stringify(found);
	});

test('where it is asked for, nothing of a call is kept', async ({
	page,
	setTwilioLine,
	exchange,
	identity
}) => {
	setTwilioLine({}, { name: NAME, kiosk: { wipeHistory: true } });
	const kiosk = new Kiosk(page);
	await kiosk.start();
	await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
	await kiosk.button('Answer').click();
	await kiosk.reaches('In call');
	await expect.poll(() => kept(page)).toContain('Ada Caller');
	await kiosk.hangUp();
	await expect.poll(() => kept(page), { timeout: 20_000 }).not.toContain('Ada Caller');
	expect(await kept(page)).not.toContain('2025550177');
	await expect(page.getByText('Ada Caller')).toHaveCount(0, BACK);
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`its screens are accessible in ${colorScheme} colours`, async ({ page, setConfig }) => {
		await page.emulateMedia({ colorScheme });
		const buttons = [
			{ label: 'Reception', to: '1' },
			{ label: 'Night porter', to: '2' },
			{ label: 'Call back', to: '5' }
		];
		setConfig(kioskOf({ buttons, pinHash: await pinHash() }));
		const kiosk = new Kiosk(page);
		await page.goto('./?kiosk');
		await expect(kiosk.button('Start the phone')).toBeVisible();
		await isAccessible(page, 'not on duty');
		await kiosk.start();
		await isAccessible(page, 'buttons');
		await kiosk.button('Reception').click();
		await kiosk.reaches('In call');
		await isAccessible(page, 'call');
		await kiosk.button('Keypad').click();
		await isAccessible(page, 'keypad');
		await kiosk.hangUp();
		await isAccessible(page, 'ended');
		await expect(kiosk.button('Call back')).toBeVisible(BACK);
		await kiosk.button('Call back').click();
		await expect(page.getByRole('alertdialog')).toBeVisible({ timeout: 15_000 });
		await isAccessible(page, 'incoming');
		await kiosk.button('Decline').click();
		await kiosk.knock();
		await expect(kiosk.pin).toBeVisible();
		await isAccessible(page, 'PIN');
		await kiosk.enter('246810');
		await expect(kiosk.staff).toBeVisible();
		await isAccessible(page, 'maintenance');
	});
}

test('no page of a frame, and no address, makes a kiosk where the site has none', async ({ page, phone }) => {
	await page.goto('./?kiosk');
	await expect(phone.number).toBeVisible();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await phone.talks('1');
	await phone.hangUp();
});

test('a configuration that cannot be read is no phone but out of service', async ({
	page,
	setConfig,
	phone
}) => {
	for (const broken of ['{ broken', { ...kioskOf({}), kiosk: { buttons: 'Reception' } }]) {
		setConfig(broken);
		await page.goto('./?kiosk');
		await expect(page.getByRole('heading', { level: 1, name: 'This phone is out of service' })).toBeVisible();
		await expect(phone.number).toHaveCount(0);
		await isAccessible(page, 'out of service');
	}
	setConfig(kioskOf({}));
	await new Kiosk(page).button('Try again').click();
	await expect(new Kiosk(page).button('Start the phone')).toBeVisible();
});

test('every button is seen at once on every screen, and large enough', async ({ page, setConfig }) => {
	const labels = [
		'Reception',
		'Emergency maintenance',
		'Housekeeping',
		'Night porter',
		'Taxi',
		'Lost and found'
	];
	for (const count of [1, 2, 3, 4, 6]) {
		setConfig(kioskOf({ buttons: labels.slice(0, count).map((label) => ({ label, to: '1' })) }));
		await page.setViewportSize({ width: 360, height: 740 });
		const kiosk = new Kiosk(page);
		await kiosk.start();
		for (const [width, height] of [
			[360, 740],
			[768, 1024],
			[1280, 800]
		] as const) {
			await page.setViewportSize({ width, height });
			for (const label of labels.slice(0, count)) {
				const box = await kiosk.button(label).boundingBox();
				expect(box, `${label} of ${count} at ${width}`).not.toBeNull();
				expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(72);
				expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
				expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
			}
		}
	}
});

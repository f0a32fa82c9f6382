import { ownName } from '#lib/core/own-name.ts';
import { evilPage } from './evil.ts';
import { expect, test, type Page } from './fixtures.ts';
import { expectNoHarm, watchHarm } from './harm.ts';
import { HOSTILE, HOSTILE_LABELS, plainly, SOME_HOSTILE } from './hostile.ts';
import { Kiosk, kioskOf, pinHash } from './kiosk-page.ts';

const A_DAY = { idleResetSeconds: 86_400 };
const buttonsOf = (labels: readonly string[], to = '1') => labels.map((label) => ({ label, to }));

/** What sticks out of the kiosk's screen or of its button, and foreign words that turn their neighbours round. */
const misfits = (page: Page): Promise<readonly string[]> =>
	page.evaluate(() => {
		const found: string[] = [];
		const { innerWidth, innerHeight } = window;
		const main = document.querySelector('main.kiosk');
		if (!main) return ['no kiosk'];
		const scrolls = main.querySelector('.many') !== null;
		for (const one of main.querySelectorAll('button, h1, p, bdi')) {
			const { left, right, bottom } = one.getBoundingClientRect();
			const what = `${one.localName} "${one.textContent.slice(0, 40)}"`;
			// What is cut off sticks out of nothing.
			const isCut = one.parentElement && getComputedStyle(one.parentElement).overflowX === 'hidden';
			if (!isCut && (left < -1 || right > innerWidth + 1)) found.push(`${what}: ${left} to ${right}`);
			if (!scrolls && one.localName === 'button' && bottom > innerHeight + 1)
				found.push(`${what}: down to ${bottom}`);
			if (one.localName !== 'bdi') continue;
			if (!getComputedStyle(one).unicodeBidi.includes('isolate')) found.push(`${what}: not isolated`);
			const button = one.closest('button')?.getBoundingClientRect();
			const own = one.getBoundingClientRect();
			if (
				button &&
				(own.top < button.top - 1 || own.bottom > button.bottom + 1 || own.left < button.left - 1)
			)
				found.push(`${what}: out of its button`);
		}
		return found;
	});

async function isTidy(page: Page, where: string): Promise<void> {
	await expectNoHarm(page, where);
	expect(await misfits(page), where).toEqual([]);
}

/** Labels whose words are not on the buttons, in their order. */
async function missing(page: Page, labels: readonly string[]): Promise<readonly string[]> {
	const shown = await page.getByRole('group').getByRole('button').allTextContents();
	return labels.filter(
		(label, at) => ![...(shown[at] ?? '').matchAll(/[\p{L}\p{N}]/gu)].join('').includes(plainly(label))
	);
}

test(`${HOSTILE.length} labels of buttons are text, and all of them can be read`, async ({
	page,
	setConfig
}) => {
	await watchHarm(page);
	await page.clock.install();
	const kiosk = new Kiosk(page);
	const configOf = (labels: readonly string[]) => ({
		...kioskOf({ ...A_DAY, buttons: buttonsOf(labels) }),
		name: labels[0],
		configRefreshMinutes: 1
	});
	setConfig(configOf(HOSTILE_LABELS));
	await kiosk.start();
	const buttons = page.getByRole('group').getByRole('button');
	await expect(buttons).toHaveCount(HOSTILE_LABELS.length);
	expect(await missing(page, HOSTILE_LABELS)).toEqual([]);
	await isTidy(page, 'all of them');
	// As many as are seen at once: the file is read again every minute.
	for (let at = 0; at < HOSTILE_LABELS.length; at += 6) {
		const labels = HOSTILE_LABELS.slice(at, at + 6);
		setConfig(configOf(labels));
		const read = page.waitForResponse('**/config.json');
		await page.clock.runFor(60_000);
		await read;
		await expect.poll(() => missing(page, labels), labels[0]).toEqual([]);
		await expect(buttons).toHaveCount(labels.length);
		await isTidy(page, `from ${at} on`);
	}
	await page.setViewportSize({ width: 1280, height: 800 });
	await isTidy(page, 'on a wide screen');
});

for (const screen of ['Reception', 'Touch the screen to call']) {
	test(`${HOSTILE.length} names of a kiosk are text on the screen of "${screen}", whoever has set them up`, async ({
		page,
		phone,
		base,
		served,
		setConfig
	}) => {
		await watchHarm(page);
		await page.clock.install();
		const idle = screen === 'Reception' ? A_DAY : { idleResetSeconds: 30 };
		setConfig(kioskOf({ ...idle, pinHash: await pinHash() }));
		const kiosk = new Kiosk(page);
		await kiosk.start();
		const evil = await evilPage(phone, served.evil);
		await page.bringToFront();
		if (screen !== 'Reception') await page.clock.runFor(60_000);
		await expect(kiosk.button(screen)).toBeVisible();
		for (const [at, name] of HOSTILE_LABELS.entries()) {
			const language = at % 2 === 0 ? 'en' : 'en-GB';
			await evil.evaluate(([key, config]) => localStorage.setItem(key, JSON.stringify(config)), [
				ownName(base, 'own-config'),
				{ name, language }
			] as const);
			// Blank to the eye, or not, it is the title of the page.
			await page.waitForFunction(
				(wanted) => {
					const tidy = (text: string) =>
						text
							.toWellFormed()
							.replace(/[\s\p{Cc}]+/gu, ' ')
							.trim();
					return tidy(document.title) === tidy(wanted);
				},
				name,
				{ polling: 'raf' }
			);
			await isTidy(page, name);
		}
	});
}

test('what buttons say and whom they call is text in the call, and where it is refused', async ({
	page,
	phone,
	setConfig
}) => {
	await watchHarm(page);
	const labels = HOSTILE_LABELS.filter((_, at) => SOME_HOSTILE.includes(HOSTILE[at] ?? ''));
	const called = labels.map((label, at) => ({ label, to: at % 2 === 0 ? '2' : label.trim() }));
	const buttonsOfAll = [...called, { label: 'Elsewhere', to: '1', line: 'none' }];
	setConfig(kioskOf({ ...A_DAY, buttons: buttonsOfAll }));
	const kiosk = new Kiosk(page);
	await kiosk.start();
	const buttons = page.getByRole('group').getByRole('button');
	const refused = page.getByRole('dialog');
	const count = buttonsOfAll.length;
	await expect(buttons).toHaveCount(count);
	for (let at = 0; at < count; at++) {
		await buttons.nth(at).click();
		await expect(kiosk.state.or(refused)).toBeVisible();
		if (await refused.isHidden()) await kiosk.reaches(/^Ended: /);
		await isTidy(page, `button ${at}`);
		const close = (await refused.isVisible()) ? refused.getByRole('button').last() : kiosk.button('Close');
		await close.click();
		await expect(buttons).toHaveCount(count);
	}
	setConfig({ lines: [{ id: 'practice', kind: 'practice' }] });
	await phone.open('history/');
	await expect(phone.rows).not.toHaveCount(0);
	await expectNoHarm(page, 'the history');
});

import type { Page } from './fixtures.ts';
import { isKiosk } from './kiosk-escapes.ts';

/** A set-up without a kiosk, and its link. */
export const config = { lines: [{ id: 'practice', kind: 'practice', label: 'Mine' }] };
export const link = Buffer.from(JSON.stringify(config)).toString('base64url');

/** Where somebody goes. */
export const ADDRESSES = [
	'./',
	'./index.html',
	'./?kiosk=0',
	'./?kiosk=false',
	'./?nokiosk',
	'./?Kiosk',
	'./?to=%2B12025550100&line=practice',
	'./?to=1&line=practice&kiosk',
	'./?to=tel%3A911#call',
	'./?to=sip%3Aeve%40evil.example',
	'./#kiosk=off',
	'./#settings/',
	'./history/',
	'./settings/',
	'./settings/?kiosk=0#main',
	'./diagnostics/?run&line=practice',
	'./setup/',
	`./setup/#setup=${link}`,
	`./?kiosk#setup=${link}`,
	'./settings/../history/./',
	'./%68istory/',
	'./history/index.html'
] as const;

/** What a page, or a link on it, can do about where it is. */
export const MOVES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
	back: (page) => page.evaluate(() => history.back()),
	'back, five times': async (page) => {
		for (let time = 0; time < 5; time++) {
			await page.evaluate(() => history.back());
			await isKiosk(page, `back ${time}`);
		}
	},
	forward: (page) => page.evaluate(() => history.forward()),
	'ten entries back': (page) => page.evaluate(() => history.go(-10)),
	reload: (page) => page.reload(),
	'reload while it starts': async (page) => {
		await page.reload({ waitUntil: 'commit' });
		await page.reload({ waitUntil: 'commit' });
		await page.reload();
	},
	'a pushed address': (page) => page.evaluate(() => history.pushState({}, '', '/settings/')),
	'a pushed address, and back': (page) =>
		page.evaluate(() => {
			history.pushState({}, '', '/history/');
			history.back();
		}),
	'a replaced address, loaded anew': async (page) => {
		await page.evaluate(() => history.replaceState({}, '', '/'));
		await page.reload();
	},
	'a made-up popstate': (page) =>
		page.evaluate(() => dispatchEvent(new PopStateEvent('popstate', { state: { kiosk: false } }))),
	'another hash': (page) => page.evaluate(() => void (location.hash = '#settings')),
	'a set-up link as hash': (page) => page.evaluate((link) => void (location.hash = `#setup=${link}`), link),
	'a link that is clicked by a script': (page) =>
		page.evaluate(() => Object.assign(document.createElement('a'), { href: '/settings/' }).click()),
	'a link in the page, tapped': async (page) => {
		await page.evaluate(() => {
			const style = 'position:fixed;top:200px;left:40px;z-index:99;display:none;font-size:40px';
			const link = Object.assign(document.createElement('a'), {
				href: '/settings/',
				textContent: 'out',
				id: 'out'
			});
			link.style.cssText = style;
			document.querySelector('main.kiosk')?.append(link);
		});
		await page.evaluate(() => document.querySelector<HTMLElement>('#out')?.click());
		await page.evaluate(() => document.querySelector('#out')?.remove());
	},
	'the whole page elsewhere': (page) => page.evaluate(() => location.assign('/diagnostics/?run')),
	'the whole page replaced': (page) => page.evaluate(() => location.replace('/?to=1')),
	'a new window': async (page) => {
		const opened = page.context().waitForEvent('page');
		await page.evaluate(() => void open('/settings/', '_blank', 'popup'));
		const other = await opened;
		await isKiosk(other, 'a new window');
		await other.close();
	},
	'a new window that speaks to its opener': async (page) => {
		const opened = page.context().waitForEvent('page');
		await page.evaluate(() => void open('/history/'));
		const other = await opened;
		await isKiosk(other, 'a window with an opener');
		await other.evaluate(() => {
			const opener = window.opener as Window;
			for (const type of ['offhook', 'dial', 'leave', 'navigate'])
				opener.postMessage({ type, offhook: 1, to: '1', act: type, wish: type }, '*');
			opener.location.href = '/settings/';
		});
		await other.close();
	},
	'a new tab beside it': async (page) => {
		const other = await page.context().newPage();
		await other.goto('/settings/');
		await isKiosk(other, 'a new tab');
		// The last kiosk has the phone.
		await page.getByRole('button', { name: 'Use here' }).waitFor();
		await isKiosk(other, 'a new tab that has the phone');
		await other.close();
		await page.bringToFront();
	}
};

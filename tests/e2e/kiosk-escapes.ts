import { ownName } from '#lib/core/own-name.ts';
import { expect, type Page } from './fixtures.ts';

declare global {
	interface Window {
		/** What of the ordinary phone can be seen, reached or heard of; empty in a kiosk. */
		escapes: () => string[];
	}
}

/** Looks at every frame that is drawn, from the first one on: the phone must not even flash. */
export function watchEscapes(): void {
	const PHONE =
		'#number, [role=group][aria-label="Dial pad"], .own-window, nav, a[href], select, [role=combobox], input[type=file], main input:not([type=password])';
	const isSeen = (one: Element) => one.checkVisibility({ visibilityProperty: true });
	const nameOf = (one: Element) =>
		`${one.localName}${one.id && `#${one.id}`} ${one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 40)}`;
	window.escapes = () => {
		const found = [...document.querySelectorAll(PHONE)].filter(isSeen).map(nameOf);
		const focused = document.activeElement;
		const isOutside = focused && focused !== document.body && !focused.closest('main.kiosk, dialog');
		if (isOutside && isSeen(focused)) found.push(`focus on ${nameOf(focused)}`);
		if (document.querySelector('[role=status][aria-label="Call state"]')) found.push('a call');
		return found;
	};
	const said = new Set<string>();
	const look = () => {
		for (const one of window.escapes())
			if (!said.has(one)) void window.tellTest('escaped', `${said.add(one).size} ${one} at ${location.href}`);
		requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}

/** The page is a kiosk that has come up, and nothing else. */
export async function isKiosk(page: Page, how: string): Promise<void> {
	await expect(page.locator('html'), how).toHaveAttribute('data-kiosk', 'is', { timeout: 15_000 });
	const shown = page.locator('main.kiosk :is(h1, h2, button):visible');
	await expect(shown.first(), how).toBeVisible({ timeout: 15_000 });
	expect(await page.evaluate(() => window.escapes()), how).toEqual([]);
}

/** Nobody was called: not one row in the history, and no call. */
export async function nobodyWasCalled(page: Page, base: string): Promise<void> {
	const rows = await page.evaluate(
		(name) =>
			new Promise<number>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onerror = () => reject(new Error('it does not open'));
				opening.onsuccess = () => {
					const { result } = opening;
					if (!result.objectStoreNames.contains('rows')) return resolve(0);
					const counting = result.transaction('rows').objectStore('rows').count();
					counting.onsuccess = () => {
						result.close();
						resolve(counting.result);
					};
				};
			}),
		ownName(base, 'history')
	);
	expect(rows).toBe(0);
}

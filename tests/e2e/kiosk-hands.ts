import { expect, type Page } from './fixtures.ts';
import { isKiosk } from './kiosk-escapes.ts';
import { config } from './kiosk-moves.ts';

/** What hands do. */
export const HANDS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
	'digits and Enter': async (page) => {
		await page.keyboard.type('+12025550100');
		await page.keyboard.press('Enter');
	},
	...Object.fromEntries(
		[
			'F5',
			'F6',
			'F11',
			'Control+l',
			'Control+t',
			'Control+n',
			'Control+Shift+n',
			'Control+w',
			'Control+p'
		].map((key) => [key, (page: Page) => page.keyboard.press(key)])
	),
	...Object.fromEntries(
		[
			'Control+s',
			'Control+o',
			'Control+h',
			'Control+u',
			'Alt+ArrowLeft',
			'Alt+Home',
			'Backspace',
			'Escape'
		].map((key) => [key, (page: Page) => page.keyboard.press(key)])
	),
	'Tab, forty times': async (page) => {
		for (let time = 0; time < 40; time++) {
			await page.keyboard.press(time < 30 ? 'Tab' : 'Shift+Tab');
			expect(await page.evaluate(() => window.escapes()), `Tab ${time}`).toEqual([]);
		}
	},
	'keys that a script presses': (page) =>
		page.evaluate(() => {
			for (const key of ['1', '2', 'Enter', 'Escape', 'F5', 'Home'])
				for (const type of ['keydown', 'keypress', 'keyup'])
					document.body.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
		}),
	'buttons that a script presses': (page) =>
		page.evaluate(() => {
			for (const button of document.querySelectorAll<HTMLElement>('main.kiosk button'))
				for (const type of ['pointerdown', 'pointerup', 'click'])
					button.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, detail: 1 }));
		}),
	'the other buttons of a mouse': async (page) => {
		for (const button of ['middle', 'right'] as const) await page.mouse.click(180, 40, { button });
	},
	'a long press': async (page) => {
		await page.mouse.move(180, 40);
		await page.mouse.down();
		await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
		await page.mouse.up();
	},
	'a link, a file and a text that are dropped': (page) =>
		page.evaluate(() => {
			const dataTransfer = new DataTransfer();
			dataTransfer.setData('text/uri-list', new URL('./settings/', location.href).href);
			dataTransfer.setData('text/plain', '+12025550100');
			dataTransfer.items.add(new File(['{"lines":[]}'], 'config.json', { type: 'application/json' }));
			for (const type of ['dragenter', 'dragover', 'drop'])
				document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
		}),
	'a text that is pasted': (page) =>
		page.evaluate(() => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', '+12025550100');
			const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData });
			document.body.dispatchEvent(event);
		}),
	'everything selected': (page) => page.keyboard.press('Control+a'),
	printing: async (page) => {
		await page.emulateMedia({ media: 'print' });
		expect(await page.evaluate(() => window.escapes())).toEqual([]);
		await page.emulateMedia({ media: 'screen' });
	},
	'a small window': async (page) => {
		await page.setViewportSize({ width: 240, height: 200 });
		await isKiosk(page, 'a small window');
		await page.setViewportSize({ width: 360, height: 740 });
	}
};

export type Names = Readonly<Record<'mark' | 'tries' | 'own' | 'file' | 'settings' | 'history', string>>;

/** What a page of the same origin does behind the kiosk's back; it is loaded anew after each. */
export const STORAGE: Readonly<Record<string, (evil: Page, names: Names) => Promise<unknown>>> = {
	'the mark is deleted': (evil, { mark }) => evil.evaluate((key) => localStorage.removeItem(key), mark),
	'the mark is another word': (evil, { mark }) =>
		evil.evaluate((key) => localStorage.setItem(key, 'no'), mark),
	'the mark is empty': (evil, { mark }) => evil.evaluate((key) => localStorage.setItem(key, ''), mark),
	'all is cleared': (evil) => evil.evaluate(() => localStorage.clear()),
	'all is cleared, again and again': (evil) =>
		evil.evaluate(() => [...Array(50).keys()].forEach(() => localStorage.clear())),
	'the session is cleared': (evil) => evil.evaluate(() => sessionStorage.clear()),
	'a set-up of this device without a kiosk': (evil, { own }) =>
		evil.evaluate(([key, text]) => localStorage.setItem(key, text), [own, JSON.stringify(config)] as const),
	'a set-up of this device that takes it away': (evil, { own }) =>
		evil.evaluate(([key, text]) => localStorage.setItem(key, text), [
			own,
			JSON.stringify({ ...config, kiosk: null, locked: [] })
		] as const),
	'a last good file without a kiosk': (evil, { file }) =>
		evil.evaluate(([key, text]) => localStorage.setItem(key, text), [file, JSON.stringify(config)] as const),
	'the last good file is deleted': (evil, { file }) =>
		evil.evaluate((key) => localStorage.removeItem(key), file),
	'settings that are none': (evil, { settings }) =>
		evil.evaluate(
			(key) => localStorage.setItem(key, '{"line":7,"linesOff":["practice"],"kiosk":false}'),
			settings
		),
	'every own key is null': (evil) =>
		evil.evaluate(() => {
			for (const key of Object.keys(localStorage))
				if (!key.endsWith(':kiosk')) localStorage.setItem(key, 'null');
		}),
	'the history is deleted': (evil, { history }) =>
		evil.evaluate((name) => void indexedDB.deleteDatabase(name), history),
	'the caches and the workers are deleted': (evil) =>
		evil.evaluate(async () => {
			for (const name of await caches.keys()) await caches.delete(name);
			for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
		}),
	'words on every channel': (evil, names) =>
		evil.evaluate((all) => {
			for (const name of [...all, ...all.map((one) => one.replace(/[^:]*$/, 'phone'))]) {
				const channel = new BroadcastChannel(name);
				for (const word of ['busy', 'idle', 'is-anyone-busy', 'changed', 'leave', 'unlock', 'open', 'reload'])
					for (const said of [word, { type: word, t: word, wish: word, kiosk: false }])
						channel.postMessage(said);
			}
		}, Object.values(names)),
	'erase, on every channel': (evil, names) =>
		evil.evaluate((all) => {
			for (const thing of ['phone', 'erase', 'history', 'kiosk', 'settings'])
				for (const word of ['erase', { type: 'erase' }, { t: 'erase' }])
					new BroadcastChannel((all[0] ?? '').replace(/[^:]*$/, thing)).postMessage(word);
		}, Object.values(names))
};

/** What is stored of the tries by somebody who wants more of them. */
export const TRIES = [
	'null',
	'{}',
	'[]',
	'"0"',
	'{"wrong":"0"}',
	'{"wrong":-1}',
	'{"wrong":1e99}',
	'{"wrong":0.5,"until":0}',
	'{"wrong":5,"until":"never"}',
	'{"wrong":5,"until":-1e15}',
	'{"__proto__":{"wrong":0}}',
	'{"'
];

import {
	address,
	host,
	inside,
	oneMore,
	pressing,
	testCall,
	TO,
	VICTIM,
	type Way
} from './auto-dial-stage.ts';
import { expect } from './fixtures.ts';
import { Phone } from './phone.ts';

const ADDRESSES = [
	`?to=${TO}`,
	`?to=${TO}&line=desk`,
	`?to=tel:${TO}`,
	`?to=tel%3A%2B1-202-555-0101%3Bcall%3Dtrue`,
	`?to=sip:echo@example.com`,
	`?to=${TO}&call`,
	`?to=${TO}&call=1&confirmed=true`,
	`?to=${TO}&autocall=true`,
	`?to=${TO}&dial=now`,
	`?dial=${TO}`,
	`?call=${TO}&line=desk`,
	`?tel=${TO}&auto=1`,
	`?number=${TO}&action=call`,
	`?TO=${TO}&CALL=1`,
	`?to[]=${TO}&to=${TO}&call=`,
	`?to=${TO}%0D%0A`,
	`?to=${TO}%2C%2C1%23&autoAnswer=1`,
	`?title=x&text=${TO}&url=tel:${TO}`,
	`?kiosk&to=${TO}&call`,
	`#to=${TO}&dial=1`,
	`?to=${TO}#call`,
	`history/?to=${TO}&call=1`,
	`settings/?to=${TO}#call`,
	`diagnostics/?run&line=desk&test=call&to=${TO}`,
	`setup/?to=${TO}&call#setup=${btoa(JSON.stringify({ embed: { origins: ['*'] }, dial: VICTIM }))}`
] as const;

/** Every way in which a call has ever begun by itself somewhere, or could. */
export const WAYS: readonly Way[] = [
	...ADDRESSES.map(address),
	host('the host page says dial', ([to = '', , origin = '']) => {
		const { phone } = globalThis as unknown as { phone: Window };
		for (const type of ['dial', 'call', 'place', 'prefill-and-call', 'answer', 'click'])
			phone.postMessage({ offhook: 1, type, to, line: 'desk' }, origin);
	}),
	host('the host page puts a number in and says more', ([to = '', , origin = '']) => {
		const { phone } = globalThis as unknown as { phone: Window };
		for (const more of [{ call: true }, { dial: true }, { auto: 1 }, { confirmed: true }, { key: 'Enter' }])
			phone.postMessage({ offhook: 1, type: 'prefill', to, ...more }, origin);
	}),
	host('the host page puts a number in that ends with Enter', ([to = '', , origin = '']) => {
		const { phone } = globalThis as unknown as { phone: Window };
		for (const end of ['\n', '\r', '\r\n', '\u{2028}'])
			phone.postMessage({ offhook: 1, type: 'prefill', to: to + end }, origin);
	}),
	host('the host page sends it as text, as a list, as a file', ([to = '', , origin = '']) => {
		const { phone } = globalThis as unknown as { phone: Window };
		const word = { offhook: 1, type: 'dial', to };
		for (const data of [JSON.stringify(word), [word], new Map([['dial', to]]), new Blob([to]), to])
			phone.postMessage(data, origin);
	}),
	host('a frame in the host page puts a number in', ([to = '', , origin = '']) => {
		const frame = document.createElement('iframe');
		document.body.append(frame);
		Object.assign(frame.contentWindow as object, {
			phone: (globalThis as unknown as { phone: Window }).phone
		});
		const script = frame.contentDocument?.createElement('script');
		if (!script) throw new Error('no frame');
		script.text = `phone.postMessage({ offhook: 1, type: 'prefill', to: '${to}' }, '${origin}')`;
		frame.contentDocument?.body.append(script);
		frame.remove();
	}),
	oneMore('a window of one pixel', 'popup,width=1,height=1'),
	oneMore('a window out of sight that is told to press', 'popup,left=9999,top=9999'),
	inside('the page says it to itself', ([to = '', , origin = '']) => {
		for (const type of ['dial', 'call', 'prefill']) postMessage({ offhook: 1, type, to }, origin);
	}),
	inside('a message that a script has made in the name of the host', ([to = '']) => {
		const { opener } = globalThis as unknown as { opener: Window };
		const origin = document.referrer.replace(/\/$/, '');
		for (const type of ['dial', 'prefill'])
			dispatchEvent(new MessageEvent('message', { data: { offhook: 1, type, to }, source: opener, origin }));
	}),
	inside('the own channels', ([to = '', , , ...names]) => {
		for (const name of names) {
			const channel = new BroadcastChannel(name);
			for (const type of ['dial', 'call', 'place', 'redial', 'prefill']) {
				channel.postMessage({ type, to, line: 'desk' });
				channel.postMessage({ t: type, offhook: 1, address: to });
			}
			channel.close();
		}
	}),
	inside('what other tabs write', ([to = '', , , ...names]) => {
		for (const key of names)
			for (const newValue of [to, JSON.stringify({ dial: to, call: true }), '{"lines":[],"dial":1}'])
				dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }));
	}),
	inside('the service worker', ([to = '']) => {
		for (const data of [
			{ type: 'dial', to },
			{ type: 'ring', call: to, act: 'answer' },
			{ type: 'ring', call: to, act: 'call' },
			{ wish: 'dial', to }
		])
			navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data }));
	}),
	inside('the notification of a call that is over', () => {
		for (const act of ['open', 'answer', 'redial', 'call-back'])
			navigator.serviceWorker.dispatchEvent(
				new MessageEvent('message', { data: { type: 'ring', call: 'gone', act } })
			);
	}),
	inside('a tel: link that is handed to the installed phone', ([to = '', url = '']) => {
		const { launch } = globalThis as unknown as { launch: (params: { targetURL: string }) => void };
		launch({ targetURL: `${url}?to=tel:${encodeURIComponent(to)}&call=1` });
	}),
	inside('the history of the tab', ([to = '']) => {
		const state = { ...(history.state as object), dial: to, call: true };
		history.replaceState(state, '', location.href);
		dispatchEvent(new PopStateEvent('popstate', { state }));
	}),
	inside('the fragment', ([to = '']) => {
		location.hash = `#call=${encodeURIComponent(to)}`;
		dispatchEvent(new HashChangeEvent('hashchange'));
	}),
	inside('the media keys', () => {
		for (const action of ['play', 'hangup', 'togglemicrophone', 'nexttrack'])
			navigator.mediaSession.setActionHandler(action as MediaSessionAction, null);
		dispatchEvent(new KeyboardEvent('keydown', { key: 'MediaPlayPause', code: 'MediaPlayPause' }));
		dispatchEvent(new KeyboardEvent('keydown', { key: 'Call', code: 'Call' }));
		dispatchEvent(new KeyboardEvent('keydown', { key: 'LaunchPhone', code: 'LaunchPhone' }));
	}),
	{
		what: 'a caller whose name is a link',
		inCall: true,
		attempt: async ({ page, exchange, identity }) => {
			const name = `<a href="tel:${VICTIM}" id="call" autofocus>tel:${VICTIM}</a>\r\n`;
			await exchange.ring({ identity, from: `tel:${VICTIM}`, name, params: { dial: VICTIM, To: VICTIM } });
			const phone = new Phone(page);
			await phone.button('Decline').click();
			await expect(phone.button('Decline')).toBeHidden();
		}
	},
	pressing('a click of a script on Call', () =>
		document.querySelector<HTMLElement>('[data-key="Enter"]')?.click()
	),
	pressing('a whole press of a script on Call', () => {
		const button = document.querySelector('[data-key="Enter"]');
		const { x = 0, y = 0 } = button?.getBoundingClientRect() ?? {};
		const at = { bubbles: true, composed: true, cancelable: true, detail: 1, clientX: x + 5, clientY: y + 5 };
		for (const type of ['pointerover', 'pointerdown', 'pointerup'])
			button?.dispatchEvent(new PointerEvent(type, at));
		for (const type of ['mousedown', 'mouseup', 'click']) button?.dispatchEvent(new MouseEvent(type, at));
		for (const type of ['touchstart', 'touchend']) button?.dispatchEvent(new Event(type, at));
	}),
	pressing('Enter of a script in the field', () => {
		for (const type of ['keydown', 'keypress', 'keyup'])
			document.activeElement?.dispatchEvent(
				new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true })
			);
	}),
	pressing('Enter of a script on the page', () => {
		if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
		for (const target of [globalThis, document, document.body])
			target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
	}),
	pressing('the space bar of a script on Call', () => {
		const button = document.querySelector<HTMLElement>('[data-key="Enter"]');
		button?.focus();
		for (const type of ['keydown', 'keyup'])
			button?.dispatchEvent(new KeyboardEvent(type, { key: ' ', code: 'Space', bubbles: true }));
	}),
	pressing('a form around the field', () => {
		const field = document.querySelector('#number');
		for (const type of ['submit', 'change', 'search', 'beforeinput'])
			field?.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
		field?.dispatchEvent(new InputEvent('input', { inputType: 'insertLineBreak', bubbles: true }));
	}),
	pressing('a number that is dropped on the page', () => {
		const dataTransfer = new DataTransfer();
		dataTransfer.setData('text/plain', '+12025550101\r\n');
		dataTransfer.setData('text/uri-list', 'tel:+12025550101');
		for (const target of [document.body, document.querySelector('#number')])
			for (const type of ['dragenter', 'dragover', 'drop'])
				target?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
	}),
	{
		what: 'a number with an end of line that is pasted',
		attempt: async ({ page, url }) => {
			const phone = new Phone(page);
			await page.goto(url);
			await page.evaluate((text) => navigator.clipboard.writeText(text), `${VICTIM}\r\n`);
			await phone.number.focus();
			await page.keyboard.press('ControlOrMeta+V');
			await expect(phone.number).toHaveValue('+1 202 555 0101');
		}
	},
	testCall('the form of the checkup’s test call is sent', (form) => form.requestSubmit()),
	testCall('a click of a script on the checkup’s test call', (form) =>
		form.querySelector<HTMLElement>('button')?.click()
	),
	{
		// Comes last: the script stays with the page.
		what: 'presses of a script from the first moment of the page on',
		attempt: async ({ page, url }) => {
			await page.addInitScript(() => {
				const press = () => {
					const button = document.querySelector<HTMLElement>('[data-key="Enter"]');
					for (const type of ['pointerdown', 'pointerup'])
						button?.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0 }));
					button?.click();
					dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
				};
				const watching = new MutationObserver(press);
				watching.observe(document, { childList: true, subtree: true });
				for (const type of ['DOMContentLoaded', 'load']) addEventListener(type, press);
			});
			await page.goto(`${url}?to=${TO}`);
			await expect(new Phone(page).number).toHaveValue('+1 202 555 0101');
		}
	}
];

/** What takes a page elsewhere, or shows what is not the kiosk's. Zooming, and what keyboards are operated with, is not here. */
const KEYS = new Set([
	...['F1', 'F3', 'F5', 'F7', 'F11', 'F12', 'BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserRefresh'],
	...['BrowserSearch', 'BrowserFavorites', 'GoBack', 'GoHome', 'Find', 'Print', 'Save', 'Open', 'ContextMenu']
]);
const WITH_CONTROL = new Set('dfghjklnoprstuwy'.split(''));
const WITH_ALT = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'd', 'f', 'e']);

/**
 * Keeps the page of a kiosk what it is, as far as a page can: no menu, nothing dropped or dragged, no pasting but into a
 * field that says so, no link, no key that leads away. The browser's own keys and the system are for the device to lock.
 * Returns the way back.
 */
export function lockDown(window: Window): () => void {
	const listening = new AbortController();
	const on = <K extends keyof WindowEventMap>(
		types: readonly K[],
		isForbidden: (event: WindowEventMap[K]) => boolean
	) => {
		for (const type of types) {
			window.addEventListener(type, (event) => isForbidden(event) && event.preventDefault(), {
				capture: true,
				signal: listening.signal
			});
		}
	};
	on(['contextmenu', 'dragstart', 'dragenter', 'dragover', 'drop'], () => true);
	on(['selectstart'], ({ target }) => !isField(target));
	on(['copy', 'cut'], () => true);
	on(['paste', 'beforeinput'], (event) => isPasted(event) && !takesPaste(event.target));
	on(['click', 'auxclick'], ({ target }) => target instanceof Element && target.closest('a[href]') !== null);
	on(['keydown'], leadsAway);
	return () => listening.abort();
}

const isField = (target: EventTarget | null): boolean =>
	target instanceof Element && target.closest('input, textarea') !== null;

const isPasted = (event: Event): boolean =>
	event.type === 'paste' || (event instanceof InputEvent && event.inputType.startsWith('insertFrom'));

const takesPaste = (target: EventTarget | null): boolean =>
	target instanceof Element && target.closest('[data-takes-paste]') !== null;

function leadsAway({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
	if (KEYS.has(key)) return true;
	if (key === 'Backspace') return altKey || !isField(target);
	if (altKey && WITH_ALT.has(key)) return true;
	if (metaKey && (key === 'ArrowLeft' || key === 'ArrowRight' || key === '[' || key === ']')) return true;
	return (ctrlKey || metaKey) && WITH_CONTROL.has(key.toLowerCase());
}

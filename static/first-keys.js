// Keys count from the first paint on, long before the program has arrived. They go into the number field, where the program
// finds them and takes over (src/lib/components/first-keys.ts). Whoever saw a press begin finishes it, so none counts twice.
if (self === top) {
	const LONG_PRESS_MS = 500;
	/** A call that begins long after it was asked for would come as a surprise. */
	const INTENT_MS = 10_000;

	const stop = new AbortController();
	let over = false;
	let pressed = false;
	let wasLong = false;
	let askedAt = -INTENT_MS;
	let timer = 0;

	const keyAt = ({ target }) => (target instanceof Element ? target.closest('[data-key]') : null);

	const act = (key, isTrusted) => {
		const field = document.getElementById('number');
		if (!(field instanceof HTMLInputElement)) return false;
		if (key === 'Enter') {
			// A script of our own origin can press, too; what it presses calls nobody.
			if (isTrusted) askedAt = performance.now();
		} else if (/^[\d*#+]$/.test(key)) {
			field.setRangeText(key, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
			// Only the program listens, when it has come during a press.
			field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		} else return false;
		return true;
	};

	const down = (event) => {
		clearTimeout(timer);
		if (over) return stop.abort();
		const key = event.button === 0 ? keyAt(event) : null;
		pressed = key !== null;
		wasLong = false;
		if (key?.dataset.key !== '0') return;
		timer = setTimeout(() => (wasLong = act('+')), LONG_PRESS_MS);
	};

	const click = (event) => {
		clearTimeout(timer);
		const key = keyAt(event);
		if (over) stop.abort();
		if (!key || (over && !pressed)) return;
		event.stopImmediatePropagation();
		if (event.detail === 0 || !wasLong) act(key.dataset.key, event.isTrusted);
		pressed = wasLong = false;
	};

	const leave = (event) => {
		const key = keyAt(event);
		if (!key || !(event.relatedTarget instanceof Node && key.contains(event.relatedTarget)))
			clearTimeout(timer);
	};

	const keydown = (event) => {
		if (over || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
		const at = event.target instanceof Element ? event.target.closest('a, button, input, select') : null;
		const taken = event.key === 'Enter' ? at && at.id !== 'number' : at?.matches('input, select');
		if (!taken && act(event.key, event.isTrusted)) event.preventDefault();
	};

	const on = (type, listener) => addEventListener(type, listener, { capture: true, signal: stop.signal });
	on('pointerdown', down);
	on('pointerup', () => clearTimeout(timer));
	on('pointercancel', () => clearTimeout(timer));
	on('pointerout', leave);
	on('contextmenu', (event) => keyAt(event) && event.preventDefault());
	on('click', click);
	on('keydown', keydown);

	/** Ends this, at most after the press that is under way. True when a call was asked for just now. */
	globalThis.firstKeys = () => {
		over = true;
		if (!pressed) stop.abort();
		return performance.now() - askedAt < INTENT_MS;
	};
}

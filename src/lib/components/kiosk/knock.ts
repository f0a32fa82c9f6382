const TAPS = 5;
const WITHIN_MS = 3000;
const HELD_MS = 3000;
/** Edge of the corner, CSS px. */
const CORNER = 96;

/**
 * How staff asks to be let out: five taps into the top left corner within 3 s, or Escape held for 3 s. Returns the way to
 * stop listening.
 */
export function listenForKnock(window: Window, opened: () => void): () => void {
	const listening = new AbortController();
	const { signal } = listening;
	let taps: readonly number[] = [];
	let swallows = false;
	let holding: ReturnType<typeof setTimeout> | undefined;

	const tapped = ({ clientX, clientY, timeStamp }: PointerEvent) => {
		const isThere = clientX <= CORNER && clientY <= CORNER;
		taps = isThere ? [...taps, timeStamp].slice(-TAPS) : [];
		if (taps.length < TAPS || timeStamp - (taps[0] ?? 0) > WITHIN_MS) return;
		taps = [];
		swallows = true;
		opened();
	};
	/** The click of the last tap is not meant for what has just opened under the finger. Those of keys have no detail. */
	const clicked = (event: MouseEvent) => {
		if (!swallows || event.detail === 0) return;
		event.preventDefault();
		event.stopPropagation();
	};
	const letGo = () => {
		clearTimeout(holding);
		holding = undefined;
	};
	const held = (event: KeyboardEvent) => {
		if (event.key !== 'Escape') return letGo();
		// What opens while it is still held must not be closed by it.
		if (event.repeat) return event.preventDefault();
		letGo();
		holding = setTimeout(opened, HELD_MS);
	};
	// Not before the finger is up: pressing down would take the focus from what opens.
	window.addEventListener('pointerup', tapped, { capture: true, signal });
	window.addEventListener('pointerdown', () => (swallows = false), { capture: true, signal });
	window.addEventListener('click', clicked, { capture: true, signal });
	window.addEventListener('keydown', held, { capture: true, signal });
	window.addEventListener('keyup', letGo, { capture: true, signal });
	window.addEventListener('blur', letGo, { signal });
	return () => {
		letGo();
		listening.abort();
	};
}

import type { Step } from '../pieces.ts';

/** As long as what is shorter costs more to point to than to repeat. */
const WINDOW = 24;

/** How `text` comes from `base`, for pages that are much alike. Not the shortest way, and always a right one. */
export function recipe(base: string, text: string): readonly Step[] {
	const places = new Map<string, number>();
	for (let at = base.length - WINDOW; at >= 0; at--) places.set(base.slice(at, at + WINDOW), at);
	const steps: Step[] = [];
	let own = '';
	for (let at = 0; at < text.length;) {
		const start = places.get(text.slice(at, at + WINDOW));
		if (start === undefined) {
			own += text.charAt(at++);
			continue;
		}
		let length = WINDOW;
		while (at + length < text.length && text[at + length] === base[start + length]) length++;
		if (own !== '') steps.push(own);
		own = '';
		steps.push([start, length]);
		at += length;
	}
	return own === '' ? steps : [...steps, own];
}

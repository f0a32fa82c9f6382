import { cleanText, withoutSeparators } from '#lib/core/pasted-text.ts';

/** What stands in the number field, and where the caret is (UTF-16 units). */
export interface Typed {
	readonly text: string;
	readonly caret: number;
}

/** Puts the separators of a country into digits; gets `+`, digits, `*` and `#` only. */
export type FormatNumber = (digits: string) => string;

/** Separators carry nothing, and come and go with the formatting. */
const isSeparator = (char: string): boolean => char !== '' && withoutSeparators(char) === '';

/** Text from outside (clipboard, address bar, a `tel:` link) as it could have been typed. At most 256 characters. */
export const cleaned = (foreign: string): string =>
	cleanText(foreign.slice(0, 1024))
		.replace(/^(?:tel|callto):(?:\/\/)?/i, '')
		.slice(0, 256);

/** True for what a dial plan can format: no letters, stars or names. */
export const isPlainNumber = (text: string): boolean => /^\+?\d+$/.test(withoutSeparators(text));

/**
 * The same digits with fresh separators; the caret stays behind the digit that it stood behind. Names, addresses and
 * codes are left exactly as they were typed.
 */
export function reformatted({ text, caret }: Typed, format: FormatNumber | undefined): Typed {
	if (!format || !isPlainNumber(text)) return { text, caret };
	const fresh = format(withoutSeparators(text));
	// A formatter that loses or invents a digit is not believed.
	if (withoutSeparators(fresh) !== withoutSeparators(text)) return { text, caret };
	return { text: fresh, caret: behind(fresh, withoutSeparators(text.slice(0, caret)).length) };
}

/** Types `key` over what is selected. */
export function inserted(text: string, start: number, end: number, key: string): Typed {
	return { text: text.slice(0, start) + key + text.slice(end), caret: start + key.length };
}

/** One backspace: the selection, or the digit before the caret together with the separators between them. */
export function deletedBack(text: string, start: number, end: number): Typed {
	if (start !== end) return { text: text.slice(0, start) + text.slice(end), caret: start };
	let from = start - 1;
	if (isPlainNumber(text)) while (from > 0 && isSeparator(text.charAt(from))) from -= 1;
	return from < 0 ? { text, caret: start } : { text: text.slice(0, from) + text.slice(end), caret: from };
}

function behind(text: string, count: number): number {
	let at = 0;
	for (let left = count; left > 0 && at < text.length; at += 1) {
		if (!isSeparator(text.charAt(at))) left -= 1;
	}
	return at;
}

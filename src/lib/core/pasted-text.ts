/** Marks for writing direction, joiners and soft hyphens: invisible, and copied along with numbers. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What people and programs put between digits. The slash is German, the middle dot French. */
const SEPARATORS = /[\s().\-\u2212/[\]{}\u00b7\u2022\p{Pd}]/gu;

/** Letters as they stand on the keys (ITU-T E.161). */
const KEYS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'] as const;

/** Text as it could have been typed: one script for digits, no invisible marks, single spaces, percent escapes undone. */
export function cleanText(foreign: string): string {
	return asciiDigits(unescaped(foreign).replace(INVISIBLE, '').normalize('NFKC'))
		.replace(INVISIBLE, '')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Digits of every script become ASCII; what merely looks like a digit does not. */
function asciiDigits(text: string): string {
	return text.replace(/\p{Nd}/gu, (digit) => {
		const code = digit.codePointAt(0) ?? 0;
		// Digits of a script are ten in a row (Unicode, 4.6); scripts may follow each other without a gap.
		let zero = code;
		while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
		return String((code - zero) % 10);
	});
}

function unescaped(text: string): string {
	if (!/%[0-9a-f]{2}/i.test(text)) return text;
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

export const withoutSeparators = (text: string): string => text.replace(SEPARATORS, '');

/** '1-800-FLOWERS' → '1-800-3569377'. */
export function lettersToDigits(text: string): string {
	return text.replace(/[a-z]/gi, (letter) =>
		String(KEYS.findIndex((letters) => letters.includes(letter.toLowerCase())) + 2)
	);
}

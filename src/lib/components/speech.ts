import { locales, type Locale } from '#lib/words/runtime.js';

/** The first language wished for that the phone speaks; a region is no obstacle. English where none is. */
export function spoken(wishes: readonly string[]): Locale {
	for (const wish of wishes) {
		const language = wish.toLowerCase().split('-')[0];
		const found = locales.find((locale) => locale === language);
		if (found) return found;
	}
	return 'en';
}

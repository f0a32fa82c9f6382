import { expect, it } from 'vitest';
import { spoken } from './speech.ts';

it.each([
	[[], 'en'],
	[['es-MX', 'en'], 'es'],
	[['fr', 'es'], 'es'],
	[['de'], 'en'],
	[['EN-gb', 'es'], 'en']
])('%j is answered in %s', (wishes, locale) => expect(spoken(wishes)).toBe(locale));

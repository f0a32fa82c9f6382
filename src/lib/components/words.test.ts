import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '#lib/core/errors.ts';
import { locales, overwriteGetLocale } from '#lib/words/runtime.js';
import { faultWords } from './fault-words.ts';

const messages = new Map(locales.map((locale) => [locale, read(locale)]));

function read(locale: string): Record<string, string> {
	const all = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Record<string, string>;
	return Object.fromEntries(Object.entries(all).filter(([key]) => key !== '$schema'));
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.filter(
		(file) => /\.(?:svelte|ts)$/.test(file) && !/\.test\.ts$/.test(file) && !/^lib[\\/]words[\\/]/.test(file)
	)
	.map((file) => readFileSync(join('src', file), 'utf8'))
	.join('\n');

const used = new Set([...sources.matchAll(/\bm\.([a-z]\w*)/g)].map(([, key]) => key));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const keys = Object.keys(messages.get('en') ?? {});

describe.each([...messages])('the messages in %s', (locale, own) => {
	it('are the same as in English, none missing and none empty', () => {
		expect(Object.keys(own).sort()).toEqual([...keys].sort());
		expect(Object.entries(own).filter(([, text]) => text.trim() === '')).toEqual([]);
	});

	it('have the places to fill in that English has', () => {
		const english = messages.get('en') ?? {};
		for (const key of keys) {
			expect([key, placeholders(own[key] ?? '')]).toEqual([key, placeholders(english[key] ?? '')]);
		}
	});

	it.each(FAULTS)('say what %s is, why, and what to do', (fault) => {
		overwriteGetLocale(() => locale);
		const { title, why, todo } = faultWords(fault);
		for (const text of [title, why, todo]) expect(text).toMatch(/\p{L}{2}/u);
		expect(title).not.toMatch(/\.$|\d{3}|[A-Z]{4}/);
		for (const sentence of [why, todo]) expect(sentence).toMatch(/\.$/);
		expect(new Set([title, why, todo]).size).toBe(3);
	});
});

it('no message is unused, and none is used that does not exist', () => {
	expect(keys.filter((key) => !used.has(key))).toEqual([]);
	expect([...used].filter((key) => key !== undefined && !keys.includes(key))).toEqual([]);
});

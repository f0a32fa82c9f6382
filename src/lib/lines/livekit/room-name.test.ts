import { expect, test } from 'vitest';
import { roomName } from './room-name.ts';

const parts = {
	identity: 'alice',
	now: Date.UTC(2026, 0, 31, 23, 59),
	random: (count: number) => Uint8Array.from({ length: count }, (_, at) => at * 7)
};

test.each([
	['lobby', 'lobby'],
	['{identity}-{date}', 'alice-2026-01-31'],
	['call-{random}', /^call-[a-z0-9]{10}$/],
	['{random}{unknown}', /^[a-z0-9]{10}\{unknown\}$/]
])('%s', (template, expected) => {
	expect(roomName(template, parts)).toEqual(
		expected instanceof RegExp ? expect.stringMatching(expected) : expected
	);
});

test('no letter is preferred, and bytes that would prefer one are thrown away', () => {
	const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
	const text = Array.from({ length: 3600 }, () => roomName('{random}', { ...parts, random })).join('');
	const counts = new Map<string, number>();
	for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
	expect(counts.size).toBe(36);
	for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
	let asked = 0;
	const spoilt = (count: number) => new Uint8Array(count).fill(asked++ === 0 ? 255 : 1);
	expect(roomName('{random}', { ...parts, random: spoilt })).toBe('bbbbbbbbbb');
});

test('is another one every time', () => {
	const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
	const names = Array.from({ length: 200 }, () => roomName('call-{random}', { ...parts, random }));
	expect(new Set(names).size).toBe(200);
});

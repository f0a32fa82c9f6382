import { expect, test } from 'vitest';
import type { Utterance } from '#lib/core/conversation.ts';
import { finished, MOST_CHARACTERS, MOST_UTTERANCES, withUtterance } from './transcript.ts';

const said = (id: string, text: string, at: number, more: Partial<Utterance> = {}): Utterance => ({
	id,
	by: 'agent',
	text,
	written: false,
	final: false,
	at,
	...more
});
const list = (...all: readonly Utterance[]) => all.reduce<readonly Utterance[]>(withUtterance, []);

test('a stretch grows in its place and keeps its time', () => {
	const grown = list(said('a', 'Hel', 1), said('b', 'x', 2, { by: 'me' }), said('a', 'Hello', 3));
	expect(grown.map(({ id, text, at }) => [id, text, at])).toEqual([
		['a', 'Hello', 1],
		['b', 'x', 2]
	]);
});

test('what comes late stands where it began', () => {
	expect(list(said('a', '1', 5), said('b', '2', 3)).map(({ id }) => id)).toEqual(['b', 'a']);
});

test('a final one stays final, though its text may still be put right', () => {
	const [only] = list(said('a', 'Hello', 1, { final: true }), said('a', 'Hello.', 2));
	expect(only).toMatchObject({ text: 'Hello.', final: true });
});

test('nothing changed is the same list', () => {
	const before = list(said('a', 'Hello', 1));
	expect(withUtterance(before, said('a', 'Hello', 9))).toBe(before);
	expect(finished(before, new Set(['b']))).toBe(before);
});

test('who has gone has finished', () => {
	const all = finished(list(said('a', 'x', 1), said('b', 'y', 2)), new Set(['a']));
	expect(all.map(({ final }) => final)).toEqual([true, false]);
});

test('there is an end to what is kept: the oldest go', () => {
	const many = list(...Array.from({ length: MOST_UTTERANCES + 5 }, (_, at) => said(String(at), 'x', at)));
	expect(many).toHaveLength(MOST_UTTERANCES);
	expect(many[0]?.id).toBe('5');
	const long = list(...Array.from({ length: 40 }, (_, at) => said(String(at), 'x'.repeat(9000), at)));
	expect(long.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(MOST_CHARACTERS);
	expect(long.at(-1)?.id).toBe('39');
});

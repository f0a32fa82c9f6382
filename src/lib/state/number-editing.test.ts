import { describe, expect, it } from 'vitest';
import { cleaned, deletedBack, inserted, isPlainNumber, reformatted } from './number-editing.ts';

const grouped = (digits: string) => digits.replace(/^(\+?\d{3})(\d)/, '$1 $2');

describe('text from outside', () => {
	it.each([
		['tel:+1%20555%200100', '+1 555 0100'],
		['\u202a+49 30 1234\u202c', '+49 30 1234'],
		['  callto://555-0100\n', '555-0100'],
		['٠١٢٣', '0123'],
		['+٣٤', '+34'],
		['client:alice', 'client:alice'],
		['100%', '100%'],
		['%E0%A4%A', '%E0%A4%A'],
		['+ 44 20', '+ 44 20']
	])('%j becomes %j', (foreign, text) => expect(cleaned(foreign)).toBe(text));

	it('is cut', () => expect(cleaned('1'.repeat(2000))).toHaveLength(256));
});

describe('what counts as a number', () => {
	it.each([
		['+1 (555) 010', true],
		['*97', false],
		['alice', false],
		['', false],
		['+', false]
	])('%j: %s', (text, plain) => expect(isPlainNumber(text)).toBe(plain));
});

describe('formatting while someone types', () => {
	it('keeps the caret behind its digit', () => {
		expect(reformatted({ text: '5550100', caret: 4 }, grouped)).toEqual({ text: '555 0100', caret: 5 });
		expect(reformatted({ text: '555 0100', caret: 2 }, grouped)).toEqual({ text: '555 0100', caret: 2 });
	});

	it.each(['alice', '*97#', 'sip:bob@example.com'])('leaves %s alone', (text) =>
		expect(reformatted({ text, caret: 1 }, () => 'x')).toEqual({ text, caret: 1 })
	);

	it('does not believe a formatter that changes digits', () =>
		expect(reformatted({ text: '12', caret: 2 }, () => '1')).toEqual({ text: '12', caret: 2 }));

	it('leaves everything alone before the formatter is there', () =>
		expect(reformatted({ text: '5550100', caret: 3 }, undefined)).toEqual({ text: '5550100', caret: 3 }));
});

describe('keys', () => {
	it('type over the selection', () =>
		expect(inserted('12345', 1, 3, '*')).toEqual({ text: '1*45', caret: 2 }));

	it.each([
		['5551', 4, 4, '555', 3],
		['555 1', 4, 4, '551', 2],
		['(555) 1', 6, 6, '(551', 3],
		['12345', 1, 3, '145', 1],
		['12', 0, 0, '12', 0],
		['a b', 2, 2, 'ab', 1]
	])('backspace in %j at %i-%i gives %j', (text, start, end, left, caret) =>
		expect(deletedBack(text, start, end)).toEqual({ text: left, caret })
	);
});

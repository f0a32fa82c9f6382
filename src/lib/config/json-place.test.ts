import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonErrorPlace } from './json-place.ts';

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

describe('where JSON breaks', () => {
	test.each([
		['', 1, 1],
		['{', 1, 2],
		['{"a":1,}', 1, 8],
		['{"a":1 "b":2}', 1, 8],
		['{"a":}', 1, 6],
		["{'a':1}", 1, 2],
		['{a:1}', 1, 2],
		['[1,]', 1, 4],
		['[1 2]', 1, 4],
		['{"a":1}}', 1, 8],
		['{"a":01}', 1, 7],
		['{"a":nul}', 1, 6],
		['{\n\t"name": "x",\n\t// a comment\n\t"lines": []\n}', 3, 2],
		['{\r\n  "a": "b\n"}', 2, 8],
		['<!doctype html>', 1, 1]
	])('%j: line %i, column %i', (text, line, column) => {
		expect(jsonErrorPlace(text)).toEqual({ line, column });
	});

	test('agrees with JSON.parse about what is JSON, broken or not', () => {
		const broken = fc.tuple(
			fc.json(),
			fc.nat(),
			fc.constantFrom('', ',', '}', ']', '"', '{', '0', '\\', '\n', 'x')
		);
		fc.assert(
			fc.property(broken, ([json, at, mark]) => {
				const cut = at % (json.length + 1);
				for (const text of [
					json,
					json.slice(0, cut) + mark + json.slice(cut),
					json.slice(0, cut) + mark + json.slice(cut + 1)
				]) {
					expect(jsonErrorPlace(text) === undefined).toBe(isJson(text));
				}
			}),
			{ numRuns: 2000 }
		);
	});

	test('any text at all', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(jsonErrorPlace(text) === undefined).toBe(isJson(text));
			})
		);
	});

	test('deep nesting and long texts do not break it', () => {
		expect(jsonErrorPlace('['.repeat(100_000))).toEqual({ line: 1, column: 100_001 });
		expect(jsonErrorPlace(`"${'a'.repeat(200_000)}"`)).toBeUndefined();
	});
});

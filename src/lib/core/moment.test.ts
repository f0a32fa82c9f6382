import { expect, it } from 'vitest';
import { isMoment } from './moment.ts';

it.each([
	[0, true],
	[Date.UTC(2026, 0, 1), true],
	[-1, true],
	[8.64e15, true],
	[-8.64e15, true],
	[8.64e15 + 1, false],
	[1e99, false],
	[-1e99, false],
	[Infinity, false],
	[NaN, false],
	['0', false],
	[null, false],
	[undefined, false],
	[new Date(0), false]
])('%s is a moment: %s', (value, is) => {
	expect(isMoment(value)).toBe(is);
	if (isMoment(value)) expect(() => new Date(value).toISOString()).not.toThrow();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallState } from './call-state.ts';
import { hostCallState, hostWord } from './host-talk.ts';

const PREFILL = { offhook: 1, type: 'prefill', to: '+12025550100' };

describe('what a host page may say', () => {
	it.each([
		[PREFILL, { type: 'prefill', to: '+12025550100' }],
		[
			{ ...PREFILL, line: 'desk', ref: 'lead:17' },
			{ type: 'prefill', to: '+12025550100', line: 'desk', ref: 'lead:17' }
		],
		[{ offhook: 1, type: 'status?' }, { type: 'status?' }],
		[{ offhook: 1, type: 'watch' }, { type: 'watch' }],
		[{ offhook: 1, type: 'unwatch' }, { type: 'unwatch' }]
	])('%j', (raw, word) => expect(hostWord(raw)).toEqual(word));

	it.each([
		['nothing', undefined],
		['null', null],
		['text', 'prefill'],
		['text that is JSON', JSON.stringify(PREFILL)],
		['a list', [PREFILL]],
		['no version', { type: 'prefill', to: '1' }],
		['another version', { ...PREFILL, offhook: 2 }],
		['a version in words', { ...PREFILL, offhook: '1' }],
		['an unknown type', { ...PREFILL, type: 'dial' }],
		['call', { ...PREFILL, type: 'call' }],
		['one more key', { ...PREFILL, dial: true }],
		['a key in the prototype', { offhook: 1, type: 'prefill', __proto__: { to: '1' } }],
		['a key named as the prototype', JSON.parse('{"offhook":1,"type":"watch","__proto__":{"to":"1"}}')],
		['a key more than a question has', { offhook: 1, type: 'status?', to: '1' }],
		['no number', { offhook: 1, type: 'prefill' }],
		['an empty number', { ...PREFILL, to: '' }],
		['a number that is a number', { ...PREFILL, to: 12025550100 }],
		['a number that is a list', { ...PREFILL, to: ['1'] }],
		['a number without an end', { ...PREFILL, to: '1'.repeat(129) }],
		['a number of two lines', { ...PREFILL, to: '1\n2' }],
		['a line that no configuration can have', { ...PREFILL, line: 'Desk' }],
		['a reference that is a page', { ...PREFILL, ref: '<b>' }],
		['a reference without an end', { ...PREFILL, ref: 'x'.repeat(65) }],
		['a map', new Map(Object.entries(PREFILL))]
	])('not %s', (_, raw) => expect(hostWord(raw)).toBeUndefined());

	it('never throws, and finds nothing in anything else', () => {
		fc.assert(
			fc.property(fc.anything({ withMap: true, withSet: true, withNullPrototype: true }), (raw) => {
				expect(hostWord(raw)).toBeUndefined();
			}),
			{ numRuns: 2_000 }
		);
		fc.assert(
			fc.property(fc.string(), fc.anything(), fc.anything(), (name, value, to) => {
				const word = hostWord({ offhook: 1, type: 'prefill', to, [name]: value });
				if (word?.type === 'prefill') expect(word.to).toMatch(/^\P{Cc}{1,128}$/u);
			}),
			{ numRuns: 2_000 }
		);
	});
});

it.each([
	[{ phase: 'placing' }, 'calling'],
	[{ phase: 'ringing' }, 'ringing'],
	[{ phase: 'connecting', since: 0 }, 'connecting'],
	[{ phase: 'talking', since: 0, held: false }, 'in-call'],
	[{ phase: 'talking', since: 0, held: true }, 'on-hold'],
	[{ phase: 'recovering', since: 0, held: true, lostAt: 1, because: 'media.lost' }, 'reconnecting']
] as const satisfies readonly (readonly [CallState, string])[])('a call that is %j is %s', (state, word) =>
	expect(hostCallState(state)).toBe(word)
);

import { describe, expect, it } from 'vitest';
import { LineError, type Fault } from './errors.ts';
import type { LineState } from './line-state.ts';
import { isReachSpan, reachOf, spansBetween, type Reachability, type ReachSpan } from './reach.ts';

const failed = (fault: Fault): LineState => ({ phase: 'failed', because: new LineError(fault) });
const recovering = (fault: Fault): LineState => ({
	phase: 'recovering',
	because: new LineError(fault),
	attempt: 1,
	wasReady: true
});

describe('reachOf', () => {
	it.each<[string, LineState, boolean, Reachability | undefined]>([
		['registered', { phase: 'ready', receiving: true }, true, 'reachable'],
		['registered, but the network is gone', { phase: 'ready', receiving: true }, false, 'offline'],
		['a token without incoming calls', { phase: 'ready', receiving: false }, true, 'no-token'],
		['opening', { phase: 'opening' }, true, 'down'],
		['switched off', { phase: 'off' }, true, undefined],
		['switched off without network', { phase: 'off' }, false, undefined],
		['no token', recovering('token-endpoint.no-answer'), true, 'no-token'],
		['a refused token', failed('twilio-token.expired'), true, 'no-token'],
		['the network is gone by the line’s word', recovering('network.offline'), true, 'offline'],
		['a gateway in trouble', recovering('twilio-signalling.unreachable'), true, 'down'],
		['a mistake in the configuration', failed('config.invalid'), true, 'down']
	])('%s', (_, state, online, expected) => {
		expect(reachOf(state, online)).toBe(expected);
	});
});

const span = (reach: Reachability, from: number, to: number, line = 'desk'): ReachSpan => ({
	...{ line, reach, from, to }
});
const shown = (spans: readonly ReachSpan[]) => spans.map(({ reach, from, to }) => [reach, from, to]);

describe('spansBetween', () => {
	it('cuts to the time and the line that are asked for', () => {
		const all = [span('reachable', 0, 5_000), span('offline', 5_000, 9_000), span('down', 0, 9_000, 'other')];
		expect(shown(spansBetween(all, 'desk', 2_000, 6_000))).toEqual([
			['reachable', 2_000, 5_000],
			['offline', 5_000, 6_000]
		]);
	});

	it('joins what the tabs have written one after the other, and leaves a hole where none was open', () => {
		const all = [
			span('reachable', 9_000, 12_000),
			span('reachable', 0, 4_000),
			span('reachable', 4_600, 6_000),
			span('offline', 6_000, 7_000)
		];
		expect(shown(spansBetween(all, 'desk', 0, 20_000))).toEqual([
			['reachable', 0, 6_000],
			['offline', 6_000, 7_000],
			['reachable', 9_000, 12_000]
		]);
	});

	it('believes the tab that was reachable while another one slept', () => {
		const all = [span('asleep', 2_000, 90_000), span('down', 3_000, 4_000), span('reachable', 4_000, 60_000)];
		expect(shown(spansBetween(all, 'desk', 0, 100_000))).toEqual([
			['asleep', 2_000, 3_000],
			['down', 3_000, 4_000],
			['reachable', 4_000, 60_000],
			['asleep', 60_000, 90_000]
		]);
	});

	it('keeps the last proof', () => {
		const all = [
			{ ...span('reachable', 0, 4_000), provenAt: 0 },
			{ ...span('reachable', 4_500, 9_000), provenAt: 7_000 }
		];
		expect(spansBetween(all, 'desk', 0, 9_000)).toMatchObject([{ from: 0, to: 9_000, provenAt: 7_000 }]);
	});
});

describe('isReachSpan', () => {
	it.each<[boolean, unknown]>([
		[true, span('asleep', 1, 2)],
		[true, { ...span('reachable', 1, 1), provenAt: 1 }],
		[false, null],
		[false, 'asleep'],
		[false, { ...span('asleep', 1, 2), reach: 'happy' }],
		[false, { ...span('asleep', 2, 1) }],
		[false, { ...span('asleep', NaN, 2) }],
		[false, { ...span('asleep', 1, 2), line: 7 }],
		[false, { ...span('asleep', 1, 2), provenAt: 'now' }]
	])('%s: %j', (expected, raw) => {
		expect(isReachSpan(raw)).toBe(expected);
	});
});

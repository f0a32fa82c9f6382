import { describe, expect, it } from 'vitest';
import { LineError } from './errors.ts';
import { LogBuffer } from './log-buffer.ts';
import { Secret } from './secret.ts';

const clock = { now: () => 42 };

function logged(facts: Readonly<Record<string, unknown>>): unknown {
	const buffer = new LogBuffer(clock);
	buffer.log('info', 'x', facts);
	return JSON.parse(JSON.stringify(buffer.entries()[0]?.facts));
}

describe('LogBuffer', () => {
	it('keeps the last entries, oldest first', () => {
		const buffer = new LogBuffer(clock, 3);
		for (let count = 1; count <= 8; count++) {
			buffer.log('warn', `entry ${count}`);
			expect(buffer.entries()).toHaveLength(Math.min(count, 3));
		}
		expect(buffer.entries()).toEqual(
			[6, 7, 8].map((count) => ({ at: 42, level: 'warn', what: `entry ${count}`, facts: {} }))
		);
	});

	it('holds five hundred by default', () => {
		const buffer = new LogBuffer(clock);
		for (let count = 0; count < 1_100; count++) buffer.log('debug', 'x');
		expect(buffer.entries()).toHaveLength(500);
	});

	it('redacts text wherever it is', () => {
		const buffer = new LogBuffer(clock);
		buffer.log('error', 'call to +15550100123');
		expect(buffer.entries()[0]?.what).toBe('call to […23]');
		expect(logged({ a: ['10.0.0.7'], b: { '+15550100123': 'bob@example.com' } })).toEqual({
			a: ['[ip]'],
			b: { '[…23]': '[address]' }
		});
	});

	it.each([
		['a Secret', new Secret('x'), '[secret]'],
		['an error', new TypeError('no +15550100123'), 'TypeError: no […23]'],
		[
			'a fault',
			new LineError('call.lost', { vendorCode: 31005, cause: 'x' }),
			{ fault: 'call.lost', vendorCode: 31005, facts: {} }
		],
		['a number', 5, 5],
		['no number', Number.NaN, 'NaN'],
		['null', null, null],
		['a function', () => 1, 'function'],
		['a bigint', 15_550_100_123n, '[…23]'],
		['a long text', 'ab '.repeat(1_000), `${'ab '.repeat(1_000).slice(0, 1_000)}…`]
	])('makes plain data of %s', (_what, fact, wanted) => {
		expect(logged({ fact })).toEqual({ fact: wanted });
	});

	it.each(['token', 'accessToken', 'x-api-key', 'password', 'client_secret'])('hides %s', (name) => {
		expect(logged({ [name]: 'abc' })).toEqual({ [name]: '[secret]' });
	});

	it('never throws and never ends in a circle', () => {
		const circle: Record<string, unknown> = {};
		circle['self'] = circle;
		const hostile = {
			get trap(): string {
				throw new Error('no');
			}
		};
		expect(logged({ circle })).toEqual({ circle: { self: { self: { self: '[deep]' } } } });
		expect(logged({ hostile })).toEqual({ hostile: '[unreadable]' });
	});

	it('takes no name for more than a name', () => {
		const facts = JSON.parse('{"__proto__": {"fault": "x"}}') as Record<string, unknown>;
		const buffer = new LogBuffer(clock);
		buffer.log('info', 'x', facts);
		const [entry] = buffer.entries();
		expect(JSON.stringify(entry?.facts)).toBe('{"__proto__":{"fault":"x"}}');
		expect(entry?.facts['fault']).toBeUndefined();
	});

	it('leaves out what is undefined', () => {
		expect(logged({ a: undefined })).toEqual({});
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { LineError } from '#lib/core/errors.ts';
import { settled } from '#lib/core/testing.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import type { Watched } from '#lib/core/watched.ts';
import { limitCalls } from './limit.ts';

const LONGEST = 60_000;

let bench: PhoneBench;
let scope: Scope;
let longest: number | undefined;
let endsAt: Watched<number | undefined>;

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	longest = LONGEST;
	const { phone, clock } = bench;
	endsAt = limitCalls({ phone, clock, log: () => {}, scope, longest: () => longest });
});

describe('the longest call', () => {
	it('counts one’s own from its beginning, and ends it', async () => {
		const call = await bench.talking();
		expect(endsAt.value).toBe(bench.clock.now() + LONGEST);
		await bench.clock.pass(LONGEST - 1);
		expect(call.phase).toBe('talking');
		await bench.clock.pass(1);
		expect(call.phase).toBe('ended');
		expect(endsAt.value).toBeUndefined();
	});

	it('counts another’s from the answer', async () => {
		const call = bench.line.rings();
		await bench.clock.pass(10 * LONGEST);
		expect([call.phase, endsAt.value]).toEqual(['ringing', undefined]);
		await bench.phone.answer(call);
		expect(endsAt.value).toBe(bench.clock.now() + LONGEST);
		await bench.clock.pass(LONGEST);
		expect(call.phase).toBe('ended');
	});

	it('does not count where there is none, and a new limit is for the next call', async () => {
		longest = undefined;
		const call = await bench.talking();
		longest = 1;
		await bench.clock.pass(10 * LONGEST);
		expect([call.phase, endsAt.value]).toEqual(['talking', undefined]);
	});

	it('is no business of a clock that is set', async () => {
		const call = await bench.talking();
		bench.clock.wall += 86_400_000;
		await bench.clock.pass(LONGEST - 1);
		expect(call.phase).toBe('talking');
		bench.clock.wall -= 2 * 86_400_000;
		await bench.clock.pass(1);
		expect(call.phase).toBe('ended');
	});

	it('is insisted on when the call does not end', async () => {
		const call = await bench.talking();
		let tries = 0;
		call.gate = () => {
			tries++;
			return tries < 3 ? Promise.reject(new LineError('call.no-response')) : Promise.resolve();
		};
		await bench.clock.pass(LONGEST + 10_000);
		expect([call.phase, tries]).toEqual(['ended', 3]);
	});

	it('leaves nothing behind', async () => {
		const call = await bench.talking();
		await bench.phone.hangUp(call);
		await bench.clock.pass(1_000);
		await bench.talking();
		scope.end();
		await settled();
		expect(bench.clock.waiting).toBe(0);
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { KioskUse } from './use.ts';

let bench: PhoneBench;
let scope: Scope;
let person: KioskUse;
let seen: string[];

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	person = new KioskUse({ phone: bench.phone, clock: bench.clock, scope, resetMs: () => 60_000 });
	seen = [];
	person.use.watch((use) => seen.push(use));
});

describe('who is at the kiosk', () => {
	it('is nobody until it is touched, and nobody again a minute later, after a warning', async () => {
		person.touched();
		await bench.clock.pass(39_999);
		expect(seen).toEqual(['somebody']);
		await bench.clock.pass(1);
		expect(seen).toEqual(['somebody', 'ends']);
		await bench.clock.pass(20_000);
		expect(seen).toEqual(['somebody', 'ends', 'nobody']);
	});

	it('stays with one more touch', async () => {
		person.touched();
		await bench.clock.pass(55_000);
		person.touched();
		await bench.clock.pass(39_000);
		expect(seen).toEqual(['somebody', 'ends', 'somebody']);
	});

	it('is somebody as long as there is a call, and its end counts as a touch', async () => {
		const call = await bench.talking();
		await bench.clock.pass(3_600_000);
		expect(seen).toEqual(['somebody']);
		await bench.phone.hangUp(call);
		await bench.clock.pass(40_000);
		expect(seen).toEqual(['somebody', 'ends']);
		await bench.clock.pass(20_000);
		expect(person.use.value).toBe('nobody');
	});

	it('is not asked in a call that comes while it ends', async () => {
		person.touched();
		await bench.clock.pass(55_000);
		bench.line.rings();
		await bench.clock.pass(20_000);
		expect(seen).toEqual(['somebody', 'ends', 'somebody']);
	});

	it('ends with the page', async () => {
		person.touched();
		scope.end();
		await bench.clock.pass(3_600_000);
		expect(seen).toEqual(['somebody']);
		expect(bench.clock.waiting).toBe(0);
	});
});

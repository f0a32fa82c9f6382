import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock } from '#lib/core/testing.ts';
import { nextTimeOfDay } from '#lib/core/time-of-day.ts';
import { watchKiosk } from './watch.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let clock: FakeClock;
let scope: Scope;
let config: { reloadAt?: string; selfTestAt?: string };
let isIdle: boolean;
let heap: number | undefined;
let did: string[];

beforeEach(() => {
	clock = new FakeClock();
	const noon = nextTimeOfDay('12:00', clock.wall);
	clock.now = () => noon + clock.monotonic();
	scope = new Scope();
	config = {};
	isIdle = true;
	heap = undefined;
	did = [];
});

const start = () =>
	watchKiosk({
		...{ clock, scope },
		config: () => config,
		lines: { look: () => Promise.resolve() },
		reloads: { want: (reason) => void did.push(reason), look: () => {} },
		selfTest: {
			run: () => {
				did.push('test');
				return Promise.resolve();
			}
		},
		isIdle: () => isIdle,
		usedHeap: () => heap
	});
const until = (hhmm: string) => clock.pass(nextTimeOfDay(hhmm, clock.now()) - clock.now());

describe('what a kiosk does by itself', () => {
	it('is nothing, for a day', async () => {
		start();
		await clock.pass(DAY - MINUTE);
		expect(did).toEqual([]);
	});

	it('tests itself and starts anew once a day, at their time', async () => {
		config = { reloadAt: '03:30', selfTestAt: '04:00' };
		start();
		await until('03:29');
		expect(did).toEqual([]);
		await until('03:31');
		expect(did).toEqual(['nightly']);
		await until('04:01');
		expect(did).toEqual(['nightly', 'test']);
		await until('03:31');
		await until('04:01');
		expect(did).toEqual(['nightly', 'test', 'nightly', 'test']);
	});

	it('tests itself before it starts anew at the same time', async () => {
		config = { reloadAt: '03:30', selfTestAt: '03:30' };
		start();
		await until('03:31');
		expect(did).toEqual(['test', 'nightly']);
	});

	it('takes a new time from the day on which it is told', async () => {
		config = { reloadAt: '03:30' };
		start();
		await until('01:00');
		config = { reloadAt: '02:00' };
		await until('02:01');
		expect(did).toEqual(['nightly']);
		config = {};
		await until('04:00');
		expect(did).toEqual(['nightly']);
	});

	it('starts anew with a heap that is too large, when nobody is there', async () => {
		heap = 301 * 1024 * 1024;
		isIdle = false;
		start();
		await clock.pass(MINUTE);
		expect(did).toEqual([]);
		isIdle = true;
		await clock.pass(15_000);
		expect(did).toEqual(['memory']);
	});

	it('starts anew after a day, unless it does so every night', async () => {
		start();
		await clock.pass(DAY + MINUTE);
		expect(new Set(did)).toEqual(new Set(['uptime']));
		did = [];
		config = { reloadAt: '03:30' };
		await clock.pass(15_000);
		expect(did).toEqual([]);
	});

	it('ends with the page', async () => {
		config = { reloadAt: '03:30' };
		start();
		scope.end();
		await clock.pass(2 * DAY);
		expect(did).toEqual([]);
		expect(clock.waiting).toBe(0);
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { UpdateAnswer } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock, settled } from '#lib/core/testing.ts';
import { KioskReloads } from './reloads.ts';

let clock: FakeClock;
let scope: Scope;
let stored: unknown;
let isStored: boolean;
let isIdle: boolean;
let answer: () => Promise<UpdateAnswer>;
let did: string[];

beforeEach(() => {
	clock = new FakeClock();
	scope = new Scope();
	stored = undefined;
	isStored = true;
	isIdle = true;
	answer = () => Promise.resolve('nothing-new');
	did = [];
});

/** A page of its own: it knows only what is stored. */
const page = () =>
	new KioskReloads({
		...{ clock, scope },
		log: () => {},
		kept: {
			read: () => stored,
			write: (value) => {
				if (isStored) stored = value;
				return isStored;
			}
		},
		updates: {
			apply: () => {
				did.push('update');
				return answer();
			}
		},
		isIdle: () => isIdle,
		reload: () => did.push('reload')
	});

describe('starting anew', () => {
	it('takes the newest build along, and does not happen unasked', async () => {
		const reloads = page();
		reloads.look();
		await settled();
		expect(did).toEqual([]);
		reloads.want('nightly');
		reloads.look();
		reloads.look();
		await settled();
		expect(did).toEqual(['update', 'reload']);
		reloads.look();
		await settled();
		expect(did).toHaveLength(2);
	});

	it('waits until nobody would notice', async () => {
		const reloads = page();
		isIdle = false;
		reloads.want('nightly');
		reloads.look();
		await settled();
		expect(did).toEqual([]);
		isIdle = true;
		reloads.look();
		await settled();
		expect(did).toEqual(['update', 'reload']);
	});

	it('waits again when somebody comes while the newest build is looked for', async () => {
		const reloads = page();
		reloads.want('nightly');
		answer = () => {
			isIdle = false;
			return Promise.resolve('in-call');
		};
		reloads.look();
		await settled();
		expect(did).toEqual(['update']);
		isIdle = true;
		answer = () => Promise.resolve('nothing-new');
		reloads.look();
		await settled();
		expect(did).toEqual(['update', 'update', 'reload']);
	});

	it('leaves it to a new build that takes over, but not for ever', async () => {
		answer = () => Promise.resolve('applied');
		const reloads = page();
		reloads.want('nightly');
		reloads.look();
		await clock.pass(59_999);
		expect(did).toEqual(['update']);
		await clock.pass(1);
		expect(did).toEqual(['update', 'reload']);
	});

	it('does without the newest build where that fails', async () => {
		answer = () => Promise.reject(new Error('no worker'));
		const reloads = page();
		reloads.want('nightly');
		reloads.look();
		await settled();
		expect(did).toEqual(['update', 'reload']);
	});

	it('happens five times an hour by the kiosk’s own wish, counted over reloads', async () => {
		for (let count = 0; count < 9; count++) {
			const reloads = page();
			reloads.want('memory');
			reloads.look();
			await clock.pass(60_000);
		}
		expect(did.filter((what) => what === 'reload')).toHaveLength(5);
		const nightly = page();
		nightly.want('nightly');
		nightly.look();
		await settled();
		expect(did.filter((what) => what === 'reload')).toHaveLength(6);
		await clock.pass(3_600_000);
		const later = page();
		later.want('memory');
		later.look();
		await settled();
		expect(did.filter((what) => what === 'reload')).toHaveLength(7);
	});

	it('does not happen by its own wish where it cannot be counted', async () => {
		isStored = false;
		const reloads = page();
		reloads.want('uptime');
		reloads.look();
		await settled();
		expect(did).toEqual([]);
	});

	it.each([['nonsense'], [{}], [['x', null, Infinity, 1]]])('does not mind %j in storage', async (value) => {
		stored = value;
		const reloads = page();
		reloads.want('uptime');
		reloads.look();
		await settled();
		expect(did).toEqual(['update', 'reload']);
	});
});

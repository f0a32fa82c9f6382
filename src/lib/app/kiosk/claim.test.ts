import { beforeEach, describe, expect, it } from 'vitest';
import type { Ownership } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock, settled } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { KioskClaim } from './claim.ts';

const names = { phone: 'phone', inCall: 'in-call', kiosk: 'kiosk' };

class Page extends EventTarget {
	visibilityState: DocumentVisibilityState = 'visible';

	show(visible: boolean): void {
		this.visibilityState = visible ? 'visible' : 'hidden';
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

let clock: FakeClock;
let scope: Scope;
let held: { readonly name: string; readonly clientId: string }[];
let tabs: Tab[];

interface Tab {
	readonly id: string;
	readonly page: Page;
	readonly ownership: Cell<Ownership>;
	readonly busyElsewhere: Cell<boolean>;
	taken: number;
	claim?: KioskClaim;
}

/** A tab of the browser; it waits for the phone as long as another one has it. */
function tab(id: string): Tab {
	const one: Tab = {
		id,
		page: new Page(),
		ownership: new Cell<Ownership>('elsewhere'),
		busyElsewhere: new Cell(false),
		taken: 0
	};
	tabs.push(one);
	return one;
}

/** The phone's lock goes to that tab. */
function has(owner: Tab): void {
	held = [...held.filter(({ name }) => name !== names.phone), { name: names.phone, clientId: owner.id }];
	for (const one of tabs) one.ownership.set(one === owner ? 'here' : 'elsewhere');
}

function calls(owner: Tab, isInCall: boolean): void {
	held = held.filter(({ name }) => name !== names.inCall);
	if (isInCall) held.push({ name: names.inCall, clientId: owner.id });
	for (const one of tabs) if (one !== owner) one.busyElsewhere.set(isInCall);
}

function kiosk(one: Tab, query = () => Promise.resolve({ held })): void {
	const { ownership, busyElsewhere, page } = one;
	const takeOver = () => {
		one.taken++;
		has(one);
	};
	const request = (name: string, _options: LockOptions, granted: () => Promise<void>) => {
		const lock = { name, clientId: one.id };
		held.push(lock);
		return granted().then(() => void (held = held.filter((other) => other !== lock)));
	};
	const locks = { request, query } as unknown as Pick<LockManager, 'request' | 'query'>;
	const owner = { ownership, busyElsewhere, takeOver };
	one.claim = new KioskClaim({ owner, locks, names, document: page, clock, log: () => {}, scope });
}

beforeEach(() => {
	clock = new FakeClock();
	scope = new Scope();
	held = [];
	tabs = [];
});

describe('a kiosk', () => {
	it('takes the phone at once from an ordinary tab, and only once', async () => {
		has(tab('ordinary'));
		const own = tab('own');
		kiosk(own);
		await settled();
		expect([own.taken, own.ownership.value]).toEqual([1, 'here']);
		await clock.pass(60_000);
		expect(own.taken).toBe(1);
		expect(clock.waiting).toBe(0);
	});

	it('takes it too where who has it becomes known later', async () => {
		const own = tab('own');
		own.ownership.set('nobody');
		kiosk(own);
		await clock.pass(60_000);
		expect(own.taken).toBe(0);
		has(tab('ordinary'));
		await settled();
		expect(own.taken).toBe(1);
	});

	it('leaves it alone until the call there has ended', async () => {
		const ordinary = tab('ordinary');
		const own = tab('own');
		has(ordinary);
		calls(ordinary, true);
		kiosk(own);
		own.claim?.touched();
		await clock.pass(3_600_000);
		expect(own.taken).toBe(0);
		calls(ordinary, false);
		await settled();
		expect(own.taken).toBe(1);
	});

	it('finds out that a call has ended also where nobody says so', async () => {
		const ordinary = tab('ordinary');
		const own = tab('own');
		has(ordinary);
		held.push({ name: names.inCall, clientId: 'ordinary' });
		kiosk(own);
		await clock.pass(60_000);
		expect(own.taken).toBe(0);
		held = held.filter(({ name }) => name !== names.inCall);
		await clock.pass(5_000);
		expect(own.taken).toBe(1);
	});

	it('takes it back from an ordinary tab, but not without a pause', async () => {
		const ordinary = tab('ordinary');
		const own = tab('own');
		has(own);
		kiosk(own);
		has(ordinary);
		await clock.pass(4_999);
		expect(own.taken).toBe(0);
		await clock.pass(1);
		expect(own.taken).toBe(1);
	});

	it('takes nothing while it is hidden, and all the more when it is seen', async () => {
		const own = tab('own');
		own.page.visibilityState = 'hidden';
		has(tab('ordinary'));
		kiosk(own);
		await clock.pass(60_000);
		expect(own.taken).toBe(0);
		own.page.show(true);
		await settled();
		expect(own.taken).toBe(1);
	});

	it('takes it from another kiosk when it is new or is touched, and the other one lets it be', async () => {
		const first = tab('first');
		const second = tab('second');
		has(first);
		kiosk(first);
		kiosk(second);
		await clock.pass(60_000);
		expect([first.taken, second.taken]).toEqual([0, 1]);
		first.claim?.touched();
		await clock.pass(60_000);
		expect([first.taken, second.taken]).toEqual([1, 1]);
		expect(first.ownership.value).toBe('here');
		second.page.show(false);
		second.page.show(true);
		await clock.pass(60_000);
		expect([first.taken, second.taken]).toEqual([1, 2]);
	});

	it('goes on looking where the browser does not tell who has it', async () => {
		const own = tab('own');
		has(tab('ordinary'));
		let fails = true;
		kiosk(own, () => (fails ? Promise.reject(new Error('no')) : Promise.resolve({ held })));
		await clock.pass(60_000);
		expect(own.taken).toBe(0);
		fails = false;
		await clock.pass(5_000);
		expect(own.taken).toBe(1);
	});

	it('ends with the page', async () => {
		const own = tab('own');
		const ordinary = tab('ordinary');
		has(ordinary);
		calls(ordinary, true);
		kiosk(own);
		await settled();
		scope.end();
		calls(ordinary, false);
		own.claim?.touched();
		await clock.pass(60_000);
		expect([own.taken, clock.waiting]).toEqual([0, 0]);
		expect(held.map(({ name }) => name)).toEqual(['phone']);
	});
});

import { beforeEach, describe, expect, it } from 'vitest';
import { makePinHash } from '#lib/browser/pin.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock, settled } from '#lib/core/testing.ts';
import { KioskDoor } from './door.ts';

const MINUTE = 60_000;
const PIN = '482913';

let clock: FakeClock;
let stored: unknown;
let isRefused: boolean;
let pinHash: string | undefined;

beforeEach(async () => {
	clock = new FakeClock();
	stored = undefined;
	isRefused = false;
	pinHash = await makePinHash(PIN, new Uint8Array(16), 1_000);
});

function door(): KioskDoor {
	return new KioskDoor({
		pinHash: () => pinHash,
		kept: {
			read: () => (isRefused ? undefined : stored),
			write: (value) => {
				if (!isRefused) stored = JSON.parse(JSON.stringify(value ?? null)) ?? undefined;
				return !isRefused;
			}
		},
		clock,
		log: () => {},
		scope: new Scope()
	});
}

const tryWrong = async (at: KioskDoor, times: number) => {
	const answers: string[] = [];
	for (let count = 0; count < times; count++) answers.push(await at.try('000000'));
	return answers;
};

describe('the door of the kiosk', () => {
	it('opens for the PIN, and is shut again', async () => {
		const one = door();
		expect(one.exit.value).toEqual({ kind: 'shut', triesLeft: 5 });
		expect(await one.try('482914')).toBe('wrong');
		expect(one.exit.value).toEqual({ kind: 'shut', triesLeft: 4 });
		expect(await one.try(PIN)).toBe('right');
		expect(one.exit.value).toEqual({ kind: 'open' });
		expect(stored).toBeUndefined();
		one.close();
		expect(one.exit.value).toEqual({ kind: 'shut', triesLeft: 5 });
	});

	it('puts back what another page has taken out of storage', async () => {
		const one = door();
		await tryWrong(one, 5);
		for (const other of [undefined, {}, { wrong: 1 }, { wrong: 5, until: 0 }]) {
			stored = other;
			one.restore();
			expect(stored).toEqual({ wrong: 5, until: clock.now() + MINUTE });
			expect(door().exit.value.kind).toBe('later');
		}
		stored = { wrong: 7, until: clock.now() + 4 * MINUTE };
		one.restore();
		expect(one.exit.value).toEqual({ kind: 'later', until: clock.now() + 4 * MINUTE });
		expect(stored).toMatchObject({ wrong: 7 });
	});

	it('is bolted for a while after five wrong ones, for the right PIN too', async () => {
		const one = door();
		expect(await tryWrong(one, 5)).toEqual(Array.from({ length: 5 }, () => 'wrong'));
		expect(one.exit.value).toEqual({ kind: 'later', until: clock.now() + MINUTE });
		expect(await one.try(PIN)).toBe('later');
		await clock.pass(MINUTE - 1);
		expect(await one.try(PIN)).toBe('later');
		await clock.pass(1);
		expect(one.exit.value).toEqual({ kind: 'shut', triesLeft: 1 });
		expect(await one.try(PIN)).toBe('right');
		one.close();
		expect(one.exit.value).toEqual({ kind: 'shut', triesLeft: 5 });
	});

	it('remembers over a reload', async () => {
		await tryWrong(door(), 5);
		const until = clock.now() + MINUTE;
		await clock.pass(20_000);
		const again = door();
		expect(again.exit.value).toEqual({ kind: 'later', until });
		await clock.pass(40_000);
		expect(await tryWrong(again, 1)).toEqual(['wrong']);
		expect(door().exit.value).toEqual({ kind: 'later', until: clock.now() + 2 * MINUTE });
	});

	it('counts a try before it is judged, so that a reload saves nobody', async () => {
		const one = door();
		void one.try('000000');
		await Promise.resolve();
		await Promise.resolve();
		expect(door().exit.value).toEqual({ kind: 'shut', triesLeft: 4 });
		await settled();
	});

	it('judges one after another', async () => {
		const one = door();
		const all = await Promise.all(Array.from({ length: 8 }, () => one.try('000000')));
		expect(all).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'later', 'later', 'later']);
	});

	it.each([
		['set forward', 365 * 24 * 60 * MINUTE],
		['set back', -365 * 24 * 60 * MINUTE]
	])('does not mind a clock that is %s', async (_how, by) => {
		const one = door();
		await tryWrong(one, 5);
		clock.wall += by;
		expect(await one.try(PIN)).toBe('later');
		await clock.pass(MINUTE);
		expect(await one.try(PIN)).toBe('right');
	});

	it('waits no longer than once more, when the clock is set back before a reload', async () => {
		await tryWrong(door(), 5);
		clock.wall -= 365 * 24 * 60 * MINUTE;
		const again = door();
		expect(again.exit.value).toEqual({ kind: 'later', until: clock.now() + MINUTE });
		await clock.pass(MINUTE);
		expect(await again.try(PIN)).toBe('right');
	});

	it('counts with what another tab has counted, and is not helped by one that clears it', async () => {
		const here = door();
		const there = door();
		await tryWrong(there, 4);
		expect(await tryWrong(here, 2)).toEqual(['wrong', 'later']);
		stored = undefined;
		expect(await here.try(PIN)).toBe('later');
	});

	it('counts without storage as long as the page lives', async () => {
		isRefused = true;
		const one = door();
		expect(await tryWrong(one, 6)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'later']);
	});

	it.each([undefined, '482913', 'pbkdf2-sha256$600000$<salt>$<hash>'])(
		'is none where nothing fits: %s',
		async (text) => {
			pinHash = text;
			const one = door();
			expect(one.exit.value).toEqual({ kind: 'none' });
			expect(await one.try(PIN)).toBe('wrong');
			expect(one.exit.value).toEqual({ kind: 'none' });
			expect(stored).toBeUndefined();
		}
	);
});

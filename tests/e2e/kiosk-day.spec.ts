import { expect, test } from '@playwright/test';
import { kioskDay, type KioskDay } from '../kiosk/day.ts';
import { KIOSK, WORDS } from '../kiosk/screen.ts';
import { BUILT } from './fixtures.ts';

const CALLS = 288;
const MEGABYTE = 1_048_576;
const OUT = 'This phone is out of service';

const inMegabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(2);
const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length;
const heapGrowth = ({ heaps }: KioskDay): number =>
	heaps.reduce((sum, { first, last }) => sum + last - first, 0);

// How long its calls take is measured by `npm run bench kiosk-day`.
test(
	'a day of a kiosk: every call, every loss of the network, two new builds, midnight and the end of summer time',
	{ tag: '@day' },
	async ({ browser }) => {
		// What gets stuck throws, and says where.
		const day = await kioskDay({ browser, build: BUILT, calls: CALLS });
		const heaps = day.heaps.map(({ first, last }) => `${inMegabytes(first)} to ${inMegabytes(last)}`);
		console.log(
			`${Math.round(day.seconds)} s, ${day.calls.length} calls, ${day.tokens} tokens, ${day.drops.length} drops, heap ${inMegabytes(heapGrowth(day))} MB up (${heaps.join(', ')})`
		);

		await test.step('the exchange has every call, each with sound both ways but those that were given up', () => {
			expect(day.calls).toHaveLength(CALLS);
			expect(day.far).toHaveLength(CALLS);
			const missed = count(day.calls, ({ kind }) => kind === 'missed');
			expect(missed).toBe(CALLS / 12);
			expect(count(day.far, ({ ended }) => ended?.how === 'cancel')).toBe(missed);
			const talked = day.far.filter(({ ended }) => ended?.how === 'hangup');
			expect(talked).toHaveLength(CALLS - missed);
			expect(talked.filter(({ rtpIn, rtpOut }) => rtpIn < 5 || rtpOut < 1)).toEqual([]);
			expect(count(day.far, ({ direction }) => direction === 'out')).toBe(CALLS / 2);
		});
		await test.step('one registration at a time, and tokens in time', () => {
			expect(day.phone).toMatchObject({ registered: true, sockets: 1, mostRegistered: 1 });
			expect(day.tokens).toBeGreaterThanOrEqual(26);
		});
		await test.step('the network went twelve times, and the lamp told it where nobody was in a call', () => {
			expect(day.drops).toHaveLength(12);
			for (const [at, said] of day.drops.entries()) {
				const inCall = at % 3 === 1;
				expect(said.includes(OUT), `loss ${at}: ${said.join(', ')}`).toBe(!inCall);
				expect(said.at(-1)).toBe('Ready');
			}
			expect(count(day.far, ({ reconnects }) => reconnects > 0)).toBe(4);
		});
		await test.step('both new builds came by themselves, the night had its reload and one self-test', () => {
			expect(day.builds).toEqual([WORDS[0], WORDS[1], WORDS[1], WORDS[2]]);
			expect(day.tested).toMatch(/^Self-test .*2:30.*: all is well$/);
			expect(KIOSK.selfTestAt).toBe('02:30');
		});
		await test.step('midnight and the change of the clocks have passed', () => {
			expect(day.from.offset).toBe(120);
			expect(day.to.offset).toBe(60);
			expect(day.to.at - day.from.at).toBeGreaterThanOrEqual((CALLS - 1) * 300_000);
		});
		await test.step('nothing is left open, and the heap is at most 5 MB up over all documents', () => {
			expect(day.open).toEqual({ sockets: 1, peers: 0, tracks: 0 });
			expect(day.heaps).toHaveLength(4);
			expect(heapGrowth(day) / MEGABYTE, JSON.stringify(day.heaps)).toBeLessThanOrEqual(5);
		});
		expect(day.troubles).toEqual([]);
	}
);

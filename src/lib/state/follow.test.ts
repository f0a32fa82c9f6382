import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cell } from '#lib/core/watched.ts';
import { follow, followed } from './follow.ts';
import { ScreenPause } from './screen-pause.ts';

let cell: Cell<number>;
let pause: ScreenPause;
let seen: number[];
let stop: () => void;

beforeEach(() => {
	cell = new Cell(0);
	pause = new ScreenPause();
	seen = [];
	stop = follow(cell, () => seen.push(cell.value), pause);
});
afterEach(() => stop());

/** Whoever has been told by now has been told before this. */
async function tasksPass(): Promise<void> {
	const other = new Cell(0);
	let end = () => {};
	await new Promise<void>((resolve) => {
		end = follow(other, resolve);
		other.set(1);
	});
	end();
}

describe('following a value', () => {
	it('is told in a task of its own, once for many changes', async () => {
		cell.set(1);
		cell.set(2);
		await Promise.resolve();
		expect(seen).toEqual([]);
		await tasksPass();
		expect(seen).toEqual([2]);
		cell.set(3);
		await tasksPass();
		expect(seen).toEqual([2, 3]);
	});

	it('is told after a pause of what changed in it', async () => {
		const end = pause.begin();
		cell.set(1);
		cell.set(2);
		await tasksPass();
		expect(seen).toEqual([]);
		end();
		await pause.over;
		await tasksPass();
		expect(seen).toEqual([2]);
		cell.set(3);
		await tasksPass();
		expect(seen).toEqual([2, 3]);
	});

	it('is told nothing after the end, nor of what waited', async () => {
		const end = pause.begin();
		cell.set(1);
		stop();
		cell.set(2);
		end();
		await pause.over;
		await tasksPass();
		expect(seen).toEqual([]);
	});
});

describe('waiting until the screen has followed', () => {
	it('takes the task that the screen is behind', async () => {
		cell.set(1);
		expect(seen).toEqual([]);
		await followed(() => seen.includes(1), new AbortController().signal);
		expect(seen).toEqual([1]);
	});

	it('ends with its signal', async () => {
		const stop = new AbortController();
		const waiting = followed(() => false, stop.signal);
		stop.abort(new Error('too late'));
		await expect(waiting).rejects.toThrow('too late');
	});
});

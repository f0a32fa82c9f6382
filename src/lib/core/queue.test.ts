import { describe, expect, it } from 'vitest';
import { CommandQueue, LastWish } from './queue.ts';
import { settled } from './testing.ts';

/** A promise with its key. */
function door() {
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { opened, open };
}

const CLOSED = { fault: 'line.closed' };

describe('CommandQueue', () => {
	it('runs one command at a time, in order', async () => {
		const queue = new CommandQueue();
		const steps: string[] = [];
		const command = (name: string) =>
			queue.run(async () => {
				steps.push(`${name} begins`);
				await settled();
				steps.push(`${name} ends`);
				return name;
			});
		expect(await Promise.all([command('a'), command('b')])).toEqual(['a', 'b']);
		expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
	});

	it('goes on after a failure', async () => {
		const queue = new CommandQueue();
		const failed = queue.run(() => Promise.reject(new Error('no')));
		const next = queue.run(() => Promise.resolve(1));
		await expect(failed).rejects.toThrow('no');
		expect(await next).toBe(1);
	});

	it('closes at once, then waits for the running command only', async () => {
		const queue = new CommandQueue();
		const { opened, open } = door();
		const running = queue.run(() => opened);
		await settled();
		const waiting = queue.run(() => Promise.resolve());
		const told = expect(waiting).rejects.toMatchObject(CLOSED);
		let closed = false;
		const closing = queue.close().then(() => (closed = true));
		const late = expect(queue.run(() => Promise.resolve())).rejects.toMatchObject(CLOSED);
		await settled();
		expect(closed).toBe(false);
		open();
		await Promise.all([running, closing, told, late]);
	});
});

describe('LastWish', () => {
	it('sends two commands for ten quick wishes, the last one last', async () => {
		const sent: number[] = [];
		const wish = new LastWish<number>(async (value) => {
			sent.push(value);
			await settled();
		});
		await Promise.all(Array.from({ length: 10 }, (_, at) => wish.set(at)));
		expect(sent).toEqual([0, 9]);
	});

	it('sends again after it has been idle', async () => {
		const sent: boolean[] = [];
		const wish = new LastWish<boolean>((value) => Promise.resolve(void sent.push(value)));
		await wish.set(true);
		await wish.set(false);
		expect(sent).toEqual([true, false]);
	});

	it('tells every replaced wish how the one that replaced it ended', async () => {
		let count = 0;
		const wish = new LastWish<number>(async () => {
			await settled();
			if (++count === 2) throw new Error('second');
		});
		const ends = await Promise.allSettled([1, 2, 3].map((value) => wish.set(value)));
		expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
		await expect(wish.set(4)).resolves.toBeUndefined();
	});

	it('rejects what waits and what comes when it closes', async () => {
		const { opened, open } = door();
		const wish = new LastWish<number>(() => opened);
		const running = wish.set(1);
		const waiting = expect(wish.set(2)).rejects.toMatchObject(CLOSED);
		const closing = wish.close();
		await expect(wish.set(3)).rejects.toMatchObject(CLOSED);
		open();
		await Promise.all([running, waiting, closing]);
	});
});

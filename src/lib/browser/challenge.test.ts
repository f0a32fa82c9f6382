import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock, Ownership } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import { challengeOwner } from './challenge.ts';
import type { Channel } from './leader.ts';

/** Time that passes when it is told to; promises settle in between. */
class HandClock implements Clock {
	#at = 0;
	#tasks = new Set<{ readonly at: number; readonly task: () => void }>();
	/** Added to the wall clock only: the machine slept. */
	slept = 0;

	now = () => this.#at + this.slept;
	monotonic = () => this.#at;
	after = (ms: number, task: () => void) => {
		const entry = { at: this.#at + ms, task };
		this.#tasks.add(entry);
		return () => void this.#tasks.delete(entry);
	};

	get armed(): number {
		return this.#tasks.size;
	}

	async pass(ms: number): Promise<void> {
		const end = this.#at + ms;
		for (;;) {
			const due = [...this.#tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.#tasks.delete(due);
			this.#at = due.at;
			due.task();
			await new Promise<void>((resolve) => setImmediate(resolve));
		}
		this.#at = end;
	}
}

class Page extends EventTarget {
	visibilityState: DocumentVisibilityState = 'visible';

	show(visible: boolean): void {
		this.visibilityState = visible ? 'visible' : 'hidden';
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

let clock: HandClock;
let air: EventTarget;
let asked: number;
let held: Set<string>;
let scope: Scope;

interface Tab {
	readonly page: Page;
	readonly ownership: Cell<Ownership>;
	taken: number;
}

/** Locks of the browser: who asks with `ifAvailable` gets none that is held. */
const locks = {
	request: async (name: string, _options: LockOptions, granted: (lock: Lock | null) => Promise<unknown>) => {
		if (held.has(name)) return granted(null);
		held.add(name);
		try {
			return await granted({ name, mode: 'exclusive' });
		} finally {
			held.delete(name);
		}
	},
	query: () => Promise.resolve({ held: [...held].map((name) => ({ name })), pending: [] })
} as unknown as Pick<LockManager, 'request' | 'query'>;

function tab(visible = true): Tab {
	const page = new Page();
	page.visibilityState = visible ? 'visible' : 'hidden';
	const ownership = new Cell<Ownership>('elsewhere');
	const target = new EventTarget();
	air.addEventListener('message', (event) => {
		target.dispatchEvent(new MessageEvent('message', { data: (event as MessageEvent<unknown>).data }));
	});
	const one: Tab = { page, ownership, taken: 0 };
	challengeOwner({
		name: 'phone',
		inCall: 'in-call',
		owner: {
			ownership,
			takeOver() {
				one.taken++;
				ownership.set('here');
				answers('idle');
			}
		},
		channel: {
			addEventListener: target.addEventListener.bind(target) as Channel['addEventListener'],
			postMessage: () => void asked++,
			close: () => {}
		},
		locks,
		document: page,
		clock,
		log: () => {},
		scope
	});
	return one;
}

const answers = (word: unknown) => air.dispatchEvent(new MessageEvent('message', { data: word }));

beforeEach(() => {
	clock = new HandClock();
	air = new EventTarget();
	asked = 0;
	held = new Set();
	scope = new Scope();
});

describe('a tab that is looked at', () => {
	it('takes the phone from an owner that is silent for two seconds', async () => {
		const mine = tab();
		expect(asked).toBe(1);
		await clock.pass(1_999);
		expect(mine.taken).toBe(0);
		await clock.pass(1);
		expect(mine.taken).toBe(1);
		await clock.pass(10_000);
		expect(mine.taken).toBe(1);
		expect(clock.armed).toBe(0);
	});

	it('leaves an owner alone that answers, and notices within three seconds when it stops to', async () => {
		const mine = tab();
		for (let round = 0; round < 20; round++) {
			answers(round % 2 ? 'busy' : 'idle');
			await clock.pass(900);
		}
		expect(asked).toBe(21);
		expect(mine.taken).toBe(0);
		await clock.pass(2_100);
		expect(mine.taken).toBe(1);
	});

	it('never takes it while there is a call somewhere', async () => {
		held.add('in-call');
		const mine = tab();
		await clock.pass(60_000);
		expect(mine.taken).toBe(0);
		held.delete('in-call');
		await clock.pass(3_000);
		expect(mine.taken).toBe(1);
	});

	it('takes no foreign word for an answer', async () => {
		const mine = tab();
		for (const word of [null, 7, {}, 'BUSY', ['idle'], 'is-anyone-busy']) answers(word);
		await clock.pass(2_000);
		expect(mine.taken).toBe(1);
	});

	it('asks anew when it has slept itself while it waited', async () => {
		const mine = tab();
		clock.slept = 3_600_000;
		await clock.pass(2_000);
		expect(mine.taken).toBe(0);
		expect(asked).toBe(2);
		await clock.pass(2_000);
		expect(mine.taken).toBe(1);
	});

	it('is one of ten, and one takes it', async () => {
		const all = Array.from({ length: 10 }, () => tab());
		await clock.pass(2_000);
		// From now on there is an owner that answers.
		for (let round = 0; round < 20; round++) {
			answers('idle');
			await clock.pass(500);
		}
		expect(all.reduce((sum, { taken }) => sum + taken, 0)).toBe(1);
	});
});

it('a hidden tab asks nobody, and asks as soon as it is shown', async () => {
	const mine = tab(false);
	await clock.pass(60_000);
	expect(asked).toBe(0);
	mine.page.show(true);
	expect(asked).toBe(1);
	mine.page.show(false);
	await clock.pass(60_000);
	expect([asked, mine.taken]).toEqual([1, 0]);
});

it('leaves nothing behind', () => {
	tab();
	scope.end();
	expect(clock.armed).toBe(0);
});

import { describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { Leader, type Channel, type Locks } from './leader.ts';

const NAMES = { name: 'phone', inCall: 'in-call' };

type Granted = (lock: Lock | null) => unknown;

/** One lock as the Web Locks specification has it: a holder, a queue, `ifAvailable`, `steal` and signals. */
class OneLock {
	#holder: { readonly lose: (reason: Error) => void } | undefined;
	#queue: (() => void)[] = [];

	readonly locks: Locks = {
		request: ((name: string, options: LockOptions, granted: Granted) =>
			new Promise<unknown>((resolve, reject) => {
				const hold = () => {
					const me = { lose: reject };
					this.#holder = me;
					void Promise.resolve(granted({ name, mode: 'exclusive' }))
						.then(resolve, reject)
						.then(() => {
							if (this.#holder === me) this.#next();
						});
				};
				queueMicrotask(() => {
					if (options.steal) {
						this.#holder?.lose(new DOMException('stolen', 'AbortError'));
						hold();
					} else if (!this.#holder) hold();
					else if (options.ifAvailable) void Promise.resolve(granted(null)).then(resolve, reject);
					else this.#wait(hold, options.signal, reject);
				});
			})) as Locks['request']
	};

	get waiting(): number {
		return this.#queue.length;
	}

	#wait(hold: () => void, signal: AbortSignal | undefined, reject: (reason: unknown) => void): void {
		const leave = () => {
			this.#queue = this.#queue.filter((one) => one !== hold);
			reject(signal?.reason);
		};
		if (signal?.aborted) return leave();
		this.#queue.push(hold);
		signal?.addEventListener('abort', leave);
	}

	#next(): void {
		this.#holder = undefined;
		this.#queue.shift()?.();
	}
}

/** Every member hears what the others say. */
class Air {
	readonly #targets = new Set<EventTarget>();

	join(): Channel {
		const target = new EventTarget();
		this.#targets.add(target);
		return {
			addEventListener: target.addEventListener.bind(target) as Channel['addEventListener'],
			postMessage: (data: unknown) => {
				for (const other of this.#targets) {
					if (other !== target) other.dispatchEvent(new MessageEvent('message', { data }));
				}
			},
			close: () => void this.#targets.delete(target)
		};
	}
}

class Browser {
	readonly lock = new OneLock();
	readonly air = new Air();

	tab(locks: Locks | undefined = this.lock.locks): { readonly leader: Leader; readonly scope: Scope } {
		const scope = new Scope();
		const leader = new Leader({ ...NAMES, locks, channel: this.air.join(), log: () => {}, scope });
		leader.acquire();
		return { leader, scope };
	}
}

/** Long enough for every microtask there is. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

describe('Leader', () => {
	it('has the phone in the first tab only', async () => {
		const browser = new Browser();
		const tabs = [browser.tab(), browser.tab(), browser.tab()];
		expect(tabs.map(({ leader }) => leader.ownership.value)).toEqual(['nobody', 'nobody', 'nobody']);
		await settled();
		expect(tabs.map(({ leader }) => leader.ownership.value)).toEqual(['here', 'elsewhere', 'elsewhere']);
	});

	it.each(['release', 'end'] as const)('goes to the next tab at %s', async (how) => {
		const browser = new Browser();
		const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
		await settled();
		if (how === 'end') first.scope.end();
		else first.leader.release();
		expect(first.leader.ownership.value).toBe('nobody');
		await settled();
		expect(second.leader.ownership.value).toBe('here');
		expect(third.leader.ownership.value).toBe('elsewhere');
	});

	it('goes to the tab whose user takes it, and back when that one leaves', async () => {
		const browser = new Browser();
		const [first, second] = [browser.tab(), browser.tab()];
		await settled();
		const seen: string[] = [];
		first.leader.ownership.watch((now) => seen.push(now));
		second.leader.takeOver();
		await settled();
		expect(second.leader.ownership.value).toBe('here');
		expect(seen).toEqual(['elsewhere']);
		second.scope.end();
		await settled();
		expect(seen).toEqual(['elsewhere', 'here']);
	});

	it('survives twenty take-overs with one owner at a time', async () => {
		const browser = new Browser();
		const tabs = Array.from({ length: 10 }, () => browser.tab().leader);
		await settled();
		for (let round = 0; round < 20; round++) {
			tabs[(round * 7) % 10]?.takeOver();
			await settled();
			expect(tabs.filter(({ ownership }) => ownership.value === 'here')).toHaveLength(1);
		}
		expect(browser.lock.waiting).toBe(9);
	});

	it('does nothing when taking what it has', async () => {
		const browser = new Browser();
		const { leader } = browser.tab();
		await settled();
		const seen: string[] = [];
		leader.ownership.watch((now) => seen.push(now));
		leader.takeOver();
		leader.acquire();
		await settled();
		expect(seen).toEqual([]);
	});

	it('asks again after it has let go, as a page that comes back does', async () => {
		const { leader } = new Browser().tab();
		await settled();
		leader.release();
		await settled();
		leader.acquire();
		await settled();
		expect(leader.ownership.value).toBe('here');
	});

	it('does not take a lock that arrives after it was let go', async () => {
		const browser = new Browser();
		const { leader } = browser.tab();
		leader.release();
		await settled();
		expect(leader.ownership.value).toBe('nobody');
		const other = browser.tab();
		await settled();
		expect(other.leader.ownership.value).toBe('here');
	});

	it.each<[string, Locks | undefined]>([
		['missing', undefined],
		['refused', { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }],
		[
			'throwing',
			{
				request: () => {
					throw new DOMException('no', 'SecurityError');
				}
			}
		]
	])('has the phone where locks are %s', async (_, locks) => {
		const scope = new Scope();
		const leader = new Leader({ ...NAMES, locks, channel: undefined, log: () => {}, scope });
		leader.acquire();
		await settled();
		expect(leader.ownership.value).toBe('here');
		scope.end();
		expect(leader.ownership.value).toBe('nobody');
	});
});

describe('a call in the tab that has the phone', () => {
	it('is known to the others, to latecomers too, until it ends', async () => {
		const browser = new Browser();
		const [owner, other] = [browser.tab(), browser.tab()];
		await settled();
		owner.leader.setBusy(true);
		expect(other.leader.busyElsewhere.value).toBe(true);
		const late = browser.tab();
		await settled();
		expect(late.leader.busyElsewhere.value).toBe(true);
		owner.leader.setBusy(false);
		expect([other, late].map(({ leader }) => leader.busyElsewhere.value)).toEqual([false, false]);
	});

	it('is known from a lock as well, which a tab that cannot answer goes on holding', async () => {
		const held: string[] = [];
		const locks = {
			request: (name: string, _options: LockOptions, granted: (lock: Lock) => Promise<void> | undefined) => {
				held.push(name);
				return Promise.resolve(granted({ name, mode: 'exclusive' })).then(
					() => void held.splice(held.indexOf(name), 1)
				);
			}
		} as unknown as Locks;
		const { leader, scope } = new Browser().tab(locks);
		await settled();
		leader.setBusy(true);
		leader.setBusy(true);
		await settled();
		expect(held).toEqual(['phone', 'in-call']);
		leader.setBusy(false);
		await settled();
		expect(held).toEqual(['phone']);
		leader.setBusy(true);
		scope.end();
		await settled();
		expect(held).toEqual([]);
	});

	it('is forgotten by the tab that takes over, and by the others', async () => {
		const browser = new Browser();
		const [owner, second, third] = [browser.tab(), browser.tab(), browser.tab()];
		await settled();
		owner.leader.setBusy(true);
		second.leader.takeOver();
		await settled();
		owner.leader.setBusy(false);
		expect([owner, second, third].map(({ leader }) => leader.busyElsewhere.value)).toEqual([
			false,
			false,
			false
		]);
	});

	it('is not invented by foreign messages', async () => {
		const browser = new Browser();
		const [owner, other] = [browser.tab(), browser.tab()];
		await settled();
		const stranger = browser.air.join();
		for (const word of [null, 7, {}, 'BUSY', ['busy'], { busy: true }]) stranger.postMessage(word);
		stranger.postMessage('busy');
		expect(owner.leader.busyElsewhere.value).toBe(false);
		expect(owner.leader.ownership.value).toBe('here');
		expect(other.leader.ownership.value).toBe('elsewhere');
	});
});

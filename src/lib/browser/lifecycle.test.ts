import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock, Wake } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Lifecycle } from './lifecycle.ts';

/** A clock that moves when it is told to, and can be told to sleep: wall time goes on, timers do not. */
class HandClock implements Clock {
	#wall = 1_000_000;
	#running = 0;
	#tasks: { readonly at: number; readonly task: () => void }[] = [];
	fired = 0;

	now = () => this.#wall;
	monotonic = () => this.#running;
	after = (ms: number, task: () => void) => {
		const entry = { at: this.#running + ms, task };
		this.#tasks.push(entry);
		return () => {
			this.#tasks = this.#tasks.filter((other) => other !== entry);
		};
	};

	get armed(): number {
		return this.#tasks.length;
	}

	pass(ms: number): void {
		const end = this.#running + ms;
		for (;;) {
			const due = this.#tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.#tasks = this.#tasks.filter((other) => other !== due);
			this.#wall += due.at - this.#running;
			this.#running = due.at;
			this.fired++;
			due.task();
		}
		this.#wall += end - this.#running;
		this.#running = end;
	}

	sleep(ms: number): void {
		this.#wall += ms;
	}
}

class Page extends EventTarget {
	visibilityState: DocumentVisibilityState = 'visible';

	show(visible: boolean): void {
		this.visibilityState = visible ? 'visible' : 'hidden';
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

const pageEvent = (type: string, persisted: boolean) => Object.assign(new Event(type), { persisted });

let clock: HandClock;
let document: Page;
let window: EventTarget;
let scope: Scope;
let lifecycle: Lifecycle;
let wakes: Wake[];

beforeEach(() => {
	clock = new HandClock();
	document = new Page();
	window = new EventTarget();
	scope = new Scope();
	lifecycle = new Lifecycle({ clock, document, window, scope });
	wakes = [];
	lifecycle.onWake((why) => wakes.push(why));
});

describe('Lifecycle', () => {
	it.each<[string, () => void, Wake[]]>([
		['resume after a freeze', () => document.dispatchEvent(new Event('resume')), ['resumed']],
		['the network coming back', () => window.dispatchEvent(new Event('online')), ['online']],
		[
			'a return from the back-forward cache',
			() => window.dispatchEvent(pageEvent('pageshow', true)),
			['shown']
		],
		['the first pageshow', () => window.dispatchEvent(pageEvent('pageshow', false)), []],
		['losing the network', () => window.dispatchEvent(new Event('offline')), []]
	])('at %s', (_, happen, expected) => {
		happen();
		clock.pass(1_000);
		expect(wakes).toEqual(expected);
	});

	it.each([
		[59_999, []],
		[60_000, ['shown']]
	])('when shown again after %i ms', (ms, expected) => {
		document.show(false);
		clock.pass(ms);
		document.show(true);
		clock.pass(1_000);
		expect(wakes).toEqual(expected);
	});

	it('tells once of what comes together, and again of what comes later', () => {
		document.show(false);
		clock.sleep(3_600_000);
		document.dispatchEvent(new Event('resume'));
		window.dispatchEvent(pageEvent('pageshow', true));
		document.show(true);
		window.dispatchEvent(new Event('online'));
		clock.pass(30_000);
		expect(wakes).toEqual(['resumed']);
		window.dispatchEvent(new Event('online'));
		clock.pass(30_000);
		expect(wakes).toEqual(['resumed', 'online']);
	});

	it.each([
		[14_000, []],
		[16_000, ['clock-gap']],
		[-20_000, []],
		[-30_000, ['clock-gap']],
		[3_600_000, ['clock-gap']]
	])('when the clock is off by %i ms', (ms, expected) => {
		clock.pass(5_000);
		clock.sleep(ms);
		clock.pass(60_000);
		expect(wakes).toEqual(expected);
	});

	it('takes the slow timers of a hidden page for what they are', () => {
		document.show(false);
		clock.pass(10_000);
		for (let minute = 0; minute < 20; minute++) {
			clock.sleep(50_000);
			clock.pass(10_000);
		}
		expect(wakes).toEqual([]);
		clock.sleep(200_000);
		clock.pass(10_000);
		clock.pass(1_000);
		expect(wakes).toEqual(['clock-gap']);
	});

	it('wakes the processor every ten seconds at most while nothing happens', () => {
		clock.pass(600_000);
		expect(clock.fired).toBe(60);
		expect(wakes).toEqual([]);
	});

	it('tells the others when a listener throws, and nobody who has stopped listening', async () => {
		const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve));
		const heard: string[] = [];
		const stop = lifecycle.onWake(() => heard.push('stopped'));
		lifecycle.onWake(() => {
			throw new Error('broken listener');
		});
		lifecycle.onWake(() => heard.push('last'));
		stop();
		window.dispatchEvent(new Event('online'));
		clock.pass(1_000);
		expect(heard).toEqual(['last']);
		expect(String(await uncaught)).toContain('broken listener');
	});

	it('tells of leaving and of coming back', () => {
		const seen: string[] = [];
		lifecycle.onLeave(() => seen.push('leaves'));
		lifecycle.onReturn(() => seen.push('returns'));
		window.dispatchEvent(pageEvent('pageshow', false));
		window.dispatchEvent(pageEvent('pagehide', true));
		window.dispatchEvent(pageEvent('pageshow', true));
		expect(seen).toEqual(['leaves', 'returns']);
	});

	it('tells of freezing, the last listener first, and of thawing', () => {
		const seen: string[] = [];
		lifecycle.onFreeze(() => seen.push('first'));
		lifecycle.onFreeze(() => seen.push('last'));
		lifecycle.onReturn(() => seen.push('returns'));
		document.dispatchEvent(new Event('freeze'));
		document.dispatchEvent(new Event('resume'));
		expect(seen).toEqual(['last', 'first', 'returns']);
		scope.end();
		document.dispatchEvent(new Event('freeze'));
		expect(seen).toHaveLength(3);
	});

	it('leaves nothing behind', () => {
		window.dispatchEvent(new Event('online'));
		scope.end();
		expect(clock.armed).toBe(0);
		document.dispatchEvent(new Event('resume'));
		clock.pass(60_000);
		expect(wakes).toEqual([]);
		expect(clock.armed).toBe(0);
	});
});

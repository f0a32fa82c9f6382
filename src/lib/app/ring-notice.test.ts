import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { FakeCall, FakeClock } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import type { RingWord } from '#lib/core/ring-word.ts';
import { noticeRinging } from './ring-notice.ts';

class Page extends EventTarget {
	visibilityState: DocumentVisibilityState = 'hidden';
	hasFocus = () => this.visibilityState === 'visible';
}

let calls: Cell<readonly FakeCall[]>;
let page: Page;
let window: EventTarget;
let seen: string[];
let use: (word: RingWord) => void;
let scope: Scope;
const clock = new FakeClock();

const ring = (id = 'one') => {
	const call = new FakeCall(id, 'desk', 'in', '+15550100', clock);
	calls.update((all) => [...all, call]);
	return call;
};

beforeEach(() => {
	calls = new Cell<readonly FakeCall[]>([]);
	page = new Page();
	window = new EventTarget();
	seen = [];
	scope = new Scope();
	use = noticeRinging({
		phone: { calls, answer: (call) => call.answer() },
		document: page,
		window,
		show: ({ id }) => seen.push(`show ${id}`),
		close: (id) => seen.push(`close ${id}`),
		failed: (error) => seen.push(String(error)),
		scope
	});
});

describe('a call that rings', () => {
	it('is told of while nobody looks, until it rings no more', () => {
		const call = ring();
		expect(seen).toEqual(['show one']);
		call.ends('missed');
		expect(seen).toEqual(['show one', 'close one']);
	});

	it('is told of when the page loses the attention while it rings, once', () => {
		page.visibilityState = 'visible';
		ring();
		expect(seen).toEqual([]);
		page.visibilityState = 'hidden';
		page.dispatchEvent(new Event('visibilitychange'));
		window.dispatchEvent(new Event('blur'));
		expect(seen).toEqual(['show one']);
	});

	it.each([
		['answer', 'connecting'],
		['decline', 'ended'],
		['open', 'ringing']
	] as const)('a tap on "%s" makes it %s', async (act, phase) => {
		const call = ring();
		use({ type: 'ring', call: 'one', act });
		await Promise.resolve();
		expect(call.phase).toBe(phase);
	});

	it('is not to be answered when it is over, nor by a name that is not its own', async () => {
		const call = ring();
		use({ type: 'ring', call: 'two', act: 'answer' });
		await Promise.resolve();
		expect(call.phase).toBe('ringing');
		call.talks();
		use({ type: 'ring', call: 'one', act: 'decline' });
		await Promise.resolve();
		expect(call.phase).toBe('talking');
	});

	it('is taken back with its line, and with the app', () => {
		ring();
		calls.set([]);
		expect(seen).toEqual(['show one', 'close one']);
		ring('two');
		scope.end();
		expect(seen.at(-1)).toBe('close two');
	});
});

it('a call that goes out is told of by nobody', () => {
	calls.set([new FakeCall('out', 'desk', 'out', '+15550100', clock)]);
	expect(seen).toEqual([]);
});

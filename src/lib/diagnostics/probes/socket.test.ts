import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { probeSocket } from './socket.ts';

/** What a page is given to see of a socket, without one. */
class Socket extends EventTarget {
	static readonly OPEN = 1;
	static readonly CLOSING = 2;
	static last: Socket;
	binaryType = '';
	readyState = 0;
	closed = 0;

	constructor(url: URL) {
		super();
		Socket.last = this;
		if (url.hostname === 'mixed.example') throw new DOMException('insecure WebSocket', 'SecurityError');
	}

	fire(type: string, readyState: number): void {
		this.readyState = readyState;
		this.dispatchEvent(new Event(type));
	}

	close(): void {
		this.closed++;
		this.readyState = 2;
	}
}

let now = 0;
let timers: { at: number; task: () => void }[] = [];
const clock = {
	now: () => 1_700_000_000_000 + now,
	monotonic: () => now,
	after: (ms: number, task: () => void) => {
		const timer = { at: now + ms, task };
		timers.push(timer);
		return () => void (timers = timers.filter((one) => one !== timer));
	}
};
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
async function pass(ms: number): Promise<void> {
	now += ms;
	const due = timers.filter(({ at }) => at <= now);
	timers = timers.filter(({ at }) => at > now);
	for (const { task } of due) task();
	await settled();
}

let failed = 0;
const probe = (url = 'wss://a.example/x') =>
	probeSocket(
		{ url },
		{ clock, signal: new AbortController().signal, sockets: { failed: () => void failed++ } }
	);

beforeEach(() => {
	now = 0;
	failed = 0;
	timers = [];
	vi.stubGlobal('WebSocket', Socket);
});
afterEach(() => {
	vi.unstubAllGlobals();
	expect(timers).toEqual([]);
});

describe('what no server can do to a page', () => {
	it('a content policy gives an error and never a close event', async () => {
		const probing = probe();
		await pass(4);
		Socket.last.fire('error', 3);
		await settled();
		await pass(300);
		const seen = await probing;
		expect(seen).toMatchObject({ errorAfterMs: 4, readyState: 3, watchedMs: 304 });
		expect(seen.close).toBeUndefined();
		expect(failed).toBe(1);
	});

	it('an insecure address on a secure page is refused at once', async () => {
		const seen = await probe('ws://mixed.example/');
		expect(seen.threw).toEqual({ name: 'SecurityError', message: 'insecure WebSocket' });
		expect(failed).toBe(0);
	});

	it('a socket that stays in the air is let go of after eight seconds', async () => {
		const probing = probe();
		await pass(7_999);
		expect(Socket.last.closed).toBe(0);
		await pass(1);
		expect(await probing).toMatchObject({ readyState: 0, watchedMs: 8_000 });
		expect(Socket.last.closed).toBe(1);
		expect(failed).toBe(0);
	});
});

// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Fault } from '#lib/core/errors.ts';
import type { Line } from '#lib/core/line.ts';
import { until } from '#lib/core/watched.ts';
import { PATIENCE, patience, reaches, ready } from './bench.ts';
import { eventually, number, phones, type Options } from './twilio-bench.ts';

const phone = phones(liveNow);
/** REGISTRATION_INTERVAL of the SDK's lib/twilio/device.ts. */
const SDK_REGISTERS_AGAIN_MS = 30_000;

async function comesTo(line: Line, phase: 'failed' | 'recovering', fault: Fault): Promise<void> {
	const is = (state: Line['state']['value']) => state.phase === phase && state.because.fault === fault;
	await until(line.state, is, patience()).catch(() => {});
	expect(line.state.value).toMatchObject({ phase, because: { fault } });
}

describe('registration', { timeout: 4 * PATIENCE }, () => {
	test.for([false, true])('over TLS or plainly (%s)', async (plain) => {
		const { line, phone: registered } = phone({ plain });
		await ready(line);
		expect(line.state.value).toEqual({ phase: 'ready', receiving: true });
		expect(await registered()).toMatchObject({ registered: true, sockets: 1 });
	});

	test('nobody is asked but the gateway and the token endpoint', async () => {
		const { line } = phone();
		await ready(line);
		const call = await line.dial(number(100));
		await reaches(call, 'talking');
		const hosts = performance.getEntriesByType('resource').map(({ name }) => new URL(name).hostname);
		expect([...new Set(hosts)]).toEqual(['localhost']);
	});

	const troubles: readonly (readonly [string, Options, Fault])[] = [
		['an unreachable gateway', { settings: { gateway: 'localhost:1' } }, 'twilio-signalling.unreachable'],
		['a gateway that is silent', { manner: 'silent' }, 'twilio-signalling.silent'],
		['sockets that open and are cut', { manner: 'storm' }, 'twilio-signalling.unstable'],
		['sockets that are closed politely', { manner: 'closed' }, 'twilio-signalling.unstable'],
		['a gateway that lets go', { manner: 'dismissed' }, 'twilio-signalling.unstable'],
		['a registration that is not confirmed', { manner: 'unready' }, 'registration.not-confirmed'],
		['a rate limit', { manner: 'error_31206' }, 'twilio-signalling.rate-limited'],
		['a code that the SDK hides', { manner: 'error_31429' }, 'twilio-signalling.rate-limited'],
		['a token endpoint that breaks', { tokens: () => '500' }, 'token-endpoint.server-error']
	];
	test.for(troubles)('%s: tried again', async ([, options, fault]) => {
		const { line } = phone({ ...options, hasty: true });
		await comesTo(line, 'recovering', fault);
	});

	const hopeless: readonly (readonly [string, Options, Fault, number])[] = [
		['a refused token', { manner: 'refused' }, 'twilio-token.refused', 2],
		['a wrong secret', { tokens: () => 'wrong-secret' }, 'twilio-token.wrong-secret', 2],
		['a token refused with a code of its own', { manner: 'error_51007' }, 'twilio-token.refused', 2],
		['an account that is closed', { manner: 'error_20403' }, 'twilio-account.refused', 1],
		['a token that is none', { tokens: () => 'malformed' }, 'twilio-token.malformed', 1],
		['a token that has ended', { tokens: () => 'expired' }, 'twilio-token.expired', 2],
		['a token without grant', { tokens: () => 'no-grant' }, 'twilio-token.no-voice-grant', 1],
		['a session that has ended', { tokens: () => '401' }, 'token-endpoint.unauthorized', 1]
	];
	test.for(hopeless)('%s: failed', async ([, options, fault, asked]) => {
		const handset = phone({ ...options, hasty: true });
		await comesTo(handset.line, 'failed', fault);
		expect(handset.asked()).toBe(asked);
		expect(liveNow().sockets).toBe(0);
	});

	test('a storm is bounded: 12 sockets in the first minute at most', async () => {
		const { line, phone: seen } = phone({ manner: 'storm', hasty: true });
		const began = performance.now();
		const tries = (count: number) => (state: Line['state']['value']) =>
			state.phase === 'recovering' && state.attempt >= count;
		await until(line.state, tries(5), patience());
		// The clock of the line is ten times too fast.
		await expect.poll(() => performance.now() - began, { timeout: 8000 }).toBeGreaterThan(6000);
		const { listens } = (await seen()) ?? { listens: 0 };
		expect(listens).toBeGreaterThan(4);
		expect(listens).toBeLessThanOrEqual(12);
	});

	test('wakes are bounded as well: after 12 registrations the next waits for the minute to end', async () => {
		// The clock of the line is ten times too fast.
		const { line, phone: seen, wake } = phone({ hasty: true });
		const began = performance.now();
		const listens = async () => (await seen())?.listens;
		await ready(line);
		for (let count = 2; count <= 13; count++) {
			wake('online');
			await expect.poll(listens, { timeout: PATIENCE }).toBe(count);
			await ready(line);
		}
		expect(performance.now() - began).toBeGreaterThan(6000);
	});

	test('comes back when the token endpoint does', async () => {
		let path = '500';
		const { line } = phone({ tokens: () => path, hasty: true });
		await comesTo(line, 'recovering', 'token-endpoint.server-error');
		path = 'good';
		await until(line.state, ({ phase }) => phase === 'ready', patience());
	});

	test('reopen tries again after a failure', async () => {
		let path = 'wrong-secret';
		const { line } = phone({ tokens: () => path });
		await comesTo(line, 'failed', 'twilio-token.wrong-secret');
		path = 'good';
		await line.reopen();
		expect(line.state.value).toEqual({ phase: 'ready', receiving: true });
	});

	test.for([
		['the token does not allow calls in', { tokens: () => 'no-incoming' }],
		['the settings do not want them', { settings: { incoming: false } }]
	] as const)('does not register when %s, and calls out all the same', async ([, options]) => {
		const { line, phone: seen } = phone(options);
		await ready(line);
		expect(line.state.value).toEqual({ phase: 'ready', receiving: false });
		expect(liveNow().sockets).toBe(0);
		const call = await line.dial(number(100));
		await reaches(call, 'talking');
		expect((await seen())?.registers).toBe(0);
		await call.hangUp();
		await expect.poll(() => liveNow().sockets).toBe(0);
	});

	test('a lost socket is replaced by another', async () => {
		const { line, control, phone: seen } = phone();
		await ready(line);
		await control('drop');
		await comesTo(line, 'recovering', 'twilio-signalling.interrupted');
		await until(line.state, ({ phase }) => phase === 'ready', patience());
		expect(await seen()).toMatchObject({ registered: true, sockets: 1, registers: 2 });
	});

	test('what has stood for long is proven, however lately the SDK has registered it again', async () => {
		const timers = vi.spyOn(globalThis, 'setTimeout');
		onTestFinished(() => timers.mockRestore());
		const registerAgain = () => timers.mock.calls.findLast(([, ms]) => ms === SDK_REGISTERS_AGAIN_MS)?.[0]();
		let ahead = 0;
		const { line, control, phone: seen } = phone({ monotonic: () => performance.now() + ahead });
		for (let registers = 1; registers <= 4; registers += 2) {
			await ready(line);
			ahead += 3_600_000;
			registerAgain();
			await expect.poll(async () => (await seen())?.registers, eventually).toBe(registers + 1);
			await control('drop');
			await comesTo(line, 'recovering', 'twilio-signalling.interrupted');
		}
	});

	test('a wake registers anew, whatever the SDK believes', async () => {
		const { line, phone: seen, wake } = phone();
		await ready(line);
		wake('resumed');
		wake('online');
		await until(line.state, ({ phase }) => phase === 'recovering', patience());
		await until(line.state, ({ phase }) => phase === 'ready', patience());
		expect(await seen()).toMatchObject({ registered: true, sockets: 1, registers: 2 });
	});

	test('a wake in a call waits for its end', async () => {
		const { line, phone: seen, wake } = phone();
		await ready(line);
		const call = await line.dial(number(100));
		await reaches(call, 'talking');
		wake('resumed');
		await until(call.sample, (sample) => (sample?.packetsReceived ?? 0) > 60, patience());
		expect(await seen()).toMatchObject({ registers: 1 });
		await call.hangUp();
		await until(line.state, ({ phase }) => phase === 'recovering', patience());
		await until(line.state, ({ phase }) => phase === 'ready', patience());
		expect(await seen()).toMatchObject({ registered: true, sockets: 1, registers: 2 });
	});

	test('a token is renewed before its end, on the socket that is open', async () => {
		const handset = phone({ tokens: () => 'short?ttl=4' });
		await ready(handset.line);
		await expect.poll(async () => (await handset.phone())?.listens, { timeout: PATIENCE }).toBeGreaterThan(2);
		expect(await handset.phone()).toMatchObject({ registered: true, sockets: 1, registers: 1 });
		expect(handset.line.state.value.phase).toBe('ready');
	});

	test('a token that the gateway calls expired is replaced at once', async () => {
		const handset = phone();
		await ready(handset.line);
		await handset.control('expire');
		await expect.poll(async () => (await handset.phone())?.registers, { timeout: PATIENCE }).toBe(2);
		expect(handset.asked()).toBe(2);
		await ready(handset.line);
	});
});

// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '#lib/core/watched.ts';
import { ends, PATIENCE, patience, reaches, ready, SILENCE } from './bench.ts';
import { handsets, livekit, room, type Handset, type Options } from './livekit-bench.ts';

const open = handsets(liveNow);
const slow = { timeout: 6 * PATIENCE };
const nowhere = 'ws://127.0.0.1:9';

/** Calls and waits for the end; returns its fault. Whatever was said or logged of it holds no token. */
async function failing(handset: Handset, address = room('echo')) {
	const call = await handset.line.dial(address);
	const how = await ends(call, 'failed', 2 * PATIENCE);
	const told = JSON.stringify([how, call.conversation?.events.value, handset.logged]);
	expect(told).not.toMatch(/eyJ/);
	return how.error?.fault;
}

describe('a line', slow, () => {
	test.each([
		['', 'livekit-url.missing'],
		['livekit.example', 'server-url.scheme-missing'],
		[`${livekit.url}/rtc`, 'server-url.wrong-path'],
		// Another web server, which answers 404 there, and lets pages read it or not.
		[`${livekit.httpUrl}/livekit/elsewhere`, 'livekit-url.not-livekit'],
		[livekit.httpUrl, 'livekit-url.not-livekit']
	])('at %j says so: %s', async (serverUrl, fault) => {
		const { line } = open({ settings: { serverUrl } });
		const state = await until(line.state, ({ phase }) => phase === 'failed', patience());
		expect(state).toMatchObject({ because: { fault } });
	});

	test('whose server is away tries again, and at once when the network is back', async () => {
		const { line, wake } = open({ settings: { serverUrl: nowhere } });
		const lost = await until(line.state, ({ phase }) => phase === 'recovering', patience());
		expect(lost).toMatchObject({ because: { fault: 'livekit-signalling.unreachable' }, attempt: 1 });
		wake('online');
		await until(line.state, (now) => now.phase === 'recovering' && now.attempt > 1, patience());
	});

	test('that only the token endpoint knows the address of is ready, and calls', async () => {
		const handset = open({ noServerUrl: true });
		await ready(handset.line);
		expect(handset.asked()).toBe(0);
		await reaches(await handset.line.dial(room('echo')), 'talking');
	});
});

describe('a call without a usable address', slow, () => {
	test.each([
		['no-server-url', { noServerUrl: true }, 'livekit-url.missing'],
		['no-server-url', { settings: { serverUrl: '' } }, 'livekit-url.missing'],
		['bad-url', {}, 'server-url.scheme-missing'],
		['wrong-path', {}, 'server-url.wrong-path'],
		['dead-url', {}, 'livekit-signalling.unreachable']
	] as const)('(%s, %j) has failed: %s', async (tokens, options, fault) => {
		expect(await failing(open({ tokens, ...options }))).toBe(fault);
	});

	test('takes the address of the token endpoint, for which the token was made', async () => {
		const handset = open({ settings: { serverUrl: nowhere } });
		const call = await handset.line.dial(room('echo'));
		await reaches(call, 'talking');
		const mismatch = call.conversation?.events.value.find(({ what }) => what === 'other-server');
		expect(mismatch?.facts).toMatchObject({ configured: expect.any(String) as string });
		expect(handset.logged.join()).toContain('names another LiveKit server');
	});

	test('to a host that answers 404 to all asks only for a moment', async () => {
		const asked = () =>
			performance.getEntriesByType('resource').filter(({ name }) => name.includes('/rtc')).length;
		const handset = open({
			tokens: 'no-server-url',
			settings: { serverUrl: `${livekit.httpUrl}/livekit/elsewhere` }
		});
		expect(await failing(handset)).toBe('livekit-url.not-livekit');
		expect(asked()).toBeGreaterThan(0);
		// What was on its way may still arrive.
		let before = -1;
		const isQuiet = () => before === (before = asked());
		await expect.poll(isQuiet, { timeout: PATIENCE, interval: 1000 }).toBe(true);
	});
});

describe('a token', slow, () => {
	test.each([
		['expired', 'livekit-token.expired'],
		['not-yet-valid', 'livekit-token.not-yet-valid'],
		['wrong-secret', 'livekit-token.wrong-secret'],
		['unknown-key', 'livekit-token.unknown-key'],
		['no-join', 'livekit-token.no-join-grant'],
		['no-room', 'livekit-token.no-join-grant'],
		['malformed', 'livekit-token.malformed']
	])('that is %s: %s', async (tokens, fault) => {
		expect(await failing(open({ tokens }))).toBe(fault);
	});

	test('for another room than the one that was asked for', async () => {
		const address = { kind: 'room', value: 'echo-named' } as const;
		expect(await failing(open({ tokens: 'other-room' }), address)).toBe('livekit-token.wrong-room');
	});
});

describe('a server', slow, () => {
	const control = (what: 'freeze' | 'thaw' | 'restart') =>
		fetch(`${livekit.httpUrl}/livekit/${what}`, { method: 'POST', body: '{}' });
	afterEach(() => control('thaw'));

	async function talking(options: Options = {}) {
		const handset = open(options);
		await ready(handset.line);
		const call = await handset.line.dial(room('echo'));
		await reaches(call, 'talking');
		return { handset, call };
	}

	test('that says nothing is not waited for', async () => {
		const handset = open({ hasty: true });
		await ready(handset.line);
		await control('freeze');
		const call = await handset.line.dial(room('echo'));
		const { error } = await ends(call, 'failed');
		expect(error?.fault).toBe('livekit-signalling.silent');
	});

	test('that is started anew is entered anew, and the call goes on', async () => {
		const { call } = await talking();
		await control('restart');
		await reaches(call, 'recovering', 2 * PATIENCE);
		await reaches(call, 'talking', 2 * PATIENCE);
		const at = call.sample.value?.at ?? 0;
		await until(
			call.sample,
			(sample) => (sample?.at ?? 0) > at && (sample?.heardLevel ?? -Infinity) > SILENCE,
			patience(2 * PATIENCE)
		);
	});
});

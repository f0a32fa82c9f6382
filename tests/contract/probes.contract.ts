// First: it counts what is opened.
import { liveNow } from './live.ts';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { ProbeDeps } from '#lib/diagnostics/probes/wait.ts';
import { gatherCandidates, meet, probeIceServer } from '#lib/diagnostics/probes/ice.ts';
import { probeFetch } from '#lib/diagnostics/probes/fetch.ts';
import { probeSocket } from '#lib/diagnostics/probes/socket.ts';
import { probeTarget } from '#lib/diagnostics/probes/target.ts';
import { clock } from './twilio-bench.ts';

const { httpUrl, silent } = inject('servers');
const wsUrl = httpUrl.replace('http', 'ws');
/** Nothing listens on the discard port. */
const DEAD = 'localhost:9';

/** A clock that is ten times too fast, for what is waited for and does not come. */
const hasty: ProbeDeps['clock'] = {
	now: clock.now,
	monotonic: () => clock.monotonic() * 10,
	after: (ms, task) => clock.after(ms / 10, task)
};

let failures = 0;
const deps = (more: Partial<ProbeDeps> = {}): ProbeDeps => ({
	clock,
	signal: new AbortController().signal,
	sockets: { failed: () => void failures++ },
	...more
});

afterEach(async () => {
	failures = 0;
	await expect.poll(liveNow, { timeout: 1000 }).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
});

describe('a socket', () => {
	test('that opens and stays is closed by the page', async () => {
		const seen = await probeSocket({ url: `${wsUrl}/quiet?token=geheim&room=7` }, deps({ clock: hasty }));
		expect(seen).toMatchObject({
			url: `${wsUrl}/quiet`,
			query: ['token', 'room'],
			readyState: 1,
			closedByPage: true,
			frames: 0
		});
		expect(seen.openedAfterMs).toBeGreaterThanOrEqual(0);
		expect(seen.close).toBeUndefined();
		expect(JSON.stringify(seen)).not.toContain('geheim');
		expect(failures).toBe(0);
	});

	test('that says something is heard', async () => {
		let heard: unknown;
		const talk = async (socket: { next(ms: number): Promise<unknown> }) => {
			heard = await socket.next(5_000);
		};
		const seen = await probeSocket({ url: `${wsUrl}/hello`, talk }, deps());
		expect(heard).toBe('{"type":"connected"}');
		expect(seen).toMatchObject({ frames: 1, firstFrames: ['{"type":"connected"}'], closedByPage: true });
	});

	test('that the server closes: its code and its reason, without what is secret in it', async () => {
		const seen = await probeSocket({ url: `${wsUrl}/close/1008` }, deps());
		expect(seen).toMatchObject({ readyState: 3, close: { code: 1008, clean: true } });
		expect(seen.close?.reason).toMatch(/^Token verification failed/);
		expect(seen.close?.reason).not.toContain('abcdefghijklmnop');
		expect(seen.closedByPage).toBeUndefined();
	});

	test('that is cut has no error of its own, one with garbage has', async () => {
		const cut = await probeSocket({ url: `${wsUrl}/cut` }, deps());
		expect(cut).toMatchObject({ readyState: 3, close: { code: 1006, clean: false } });
		expect(cut.errorAfterMs).toBeUndefined();
		const garbage = await probeSocket({ url: `${wsUrl}/garbage` }, deps());
		expect(garbage.openedAfterMs).toBeDefined();
		expect(garbage.errorAfterMs).toBeDefined();
		expect(failures).toBe(0);
	});

	test('that never opens, refused or with nobody there, is counted', async () => {
		for (const url of [`${wsUrl}/refused`, `ws://${DEAD}/`]) {
			const seen = await probeSocket({ url }, deps());
			expect(seen).toMatchObject({ readyState: 3, close: { code: 1006, clean: false } });
			expect(seen.openedAfterMs).toBeUndefined();
		}
		expect(failures).toBe(2);
	});

	test('that nobody answers is given up', async () => {
		const seen = await probeSocket({ url: `ws://${silent}/` }, deps({ clock: hasty }));
		expect(seen).toMatchObject({ readyState: 0, frames: 0 });
		expect(seen.close).toBeUndefined();
		expect(seen.watchedMs).toBeGreaterThanOrEqual(8_000);
	});

	test('with an address that is none', async () => {
		const seen = await probeSocket({ url: 'voice.example.com' }, deps());
		expect(seen.threw).toMatchObject({ name: 'TypeError' });
		const fragment = await probeSocket({ url: 'ws://localhost/#x y' }, deps());
		expect(fragment.threw).toMatchObject({ name: 'SyntaxError' });
	});

	test('is let go at once when the run is stopped', async () => {
		const controller = new AbortController();
		const probing = probeSocket({ url: `ws://${silent}/` }, deps({ signal: controller.signal }));
		controller.abort();
		expect(await probing).toMatchObject({ readyState: 0, closedByPage: true });
	});
});

describe('a request', () => {
	const ask = (path: string, init: RequestInit = {}) =>
		probeFetch({ url: `${httpUrl}${path}`, init, ms: 4_000 }, deps());

	test('that is answered, readable or not', async () => {
		expect((await ask('/json?secret=1')).attempt).toMatchObject({
			url: `${httpUrl}/json`,
			outcome: 'answered',
			status: 200,
			body: 'json',
			type: 'cors',
			crossOrigin: true,
			preflight: false,
			credentials: 'omit'
		});
		expect((await ask('/json')).attempt.date).toBeDefined();
		expect((await ask('/html')).attempt).toMatchObject({ body: 'html', contentType: 'text/html' });
		expect((await ask('/no-cors')).attempt).toMatchObject({
			outcome: 'rejected',
			threw: { name: 'TypeError' }
		});
		const opaque = await ask('/no-cors', { mode: 'no-cors' });
		expect(opaque.attempt).toMatchObject({ outcome: 'opaque', status: 0, body: 'unreadable' });
		expect(opaque.text).toBeUndefined();
		const refused = (await ask('/status/503')).attempt;
		expect(refused).toMatchObject({ outcome: 'answered', status: 503 });
		expect(refused.excerpt).not.toContain('abcdefghijklmnop');
	});

	test('that is redirected, with and without following', async () => {
		expect((await ask('/redirect')).attempt).toMatchObject({ redirected: true, finalUrl: `${httpUrl}/json` });
		const manual = await ask('/redirect', { redirect: 'manual' });
		expect(manual.attempt).toMatchObject({ outcome: 'opaque', type: 'opaqueredirect' });
	});

	test('that nobody answers, at once or ever', async () => {
		const dead = await probeFetch({ url: `http://${DEAD}/`, ms: 4_000 }, deps());
		expect(dead.attempt).toMatchObject({ outcome: 'rejected', timing: { entry: true } });
		const hanging = await probeFetch({ url: `${httpUrl}/hang`, ms: 200 }, deps());
		expect(hanging.attempt).toMatchObject({ outcome: 'pending' });
	});
});

describe('an address with its follow-ups', () => {
	const variants = {
		noToken: { url: `${wsUrl}/picky` },
		dummyToken: { url: `${wsUrl}/picky?token=dummy` }
	};

	test('that works is asked nothing more', async () => {
		const target = await probeTarget(
			{
				role: 'primary',
				url: `${wsUrl}/picky?token=good-token`,
				expectsConfirmation: true,
				talk: async (socket, hearing) => {
					if ((await socket.next(5_000)) === 'connected') hearing.confirm();
				},
				variants
			},
			deps()
		);
		expect(target).toMatchObject({ followUps: [], said: [] });
		expect(target.confirmedAfterMs).toBeDefined();
		expect(target.cors?.url).toBe(`${httpUrl}/picky`);
	});

	test('that is cut is tried without the token and with another', async () => {
		const url = `${wsUrl}/picky?token=stale`;
		const target = await probeTarget({ role: 'primary', url, expectsConfirmation: false, variants }, deps());
		expect(target.socket.close?.code).toBe(1006);
		expect(target.followUps.map(({ change, socket }) => [change, socket?.close?.code])).toEqual([
			['no-token', 1006],
			['dummy-token', 1006]
		]);
	});

	test('where nothing answers is tried by its other scheme, at most three times', async () => {
		const target = await probeTarget(
			{
				role: 'primary',
				url: `ws://${DEAD}/x?token=geheim`,
				expectsConfirmation: false,
				variants: { ...variants, defaultHost: { url: `${wsUrl}/quiet`, what: 'roaming' } }
			},
			deps({ clock: hasty })
		);
		expect(target.followUps.map(({ change }) => change)).toEqual([
			'other-scheme',
			'default-host',
			'default-port'
		]);
		expect(target.followUps[1]?.socket?.openedAfterMs).toBeDefined();
		expect(target.noCors?.outcome).toBe('rejected');
		expect(JSON.stringify(target)).not.toContain('geheim');
		expect(failures).toBe(1);
	});

	test('whose upgrade is refused', async () => {
		const target = await probeTarget(
			{ role: 'primary', url: `${wsUrl}/refused`, expectsConfirmation: false, variants },
			deps()
		);
		expect(target.cors).toMatchObject({ outcome: 'answered', status: 426 });
		expect(
			target.followUps.map(({ change, socket }) => [change, socket?.openedAfterMs !== undefined])
		).toEqual([['no-token', true]]);
	});
});

describe('peers', () => {
	test('meet in this page, and gather what there is', async () => {
		expect(await meet({}, deps())).toMatchObject({ connected: true });
		const { candidates, completedAfterMs } = await gatherCandidates([], 'all', deps());
		expect(Object.keys(candidates).length).toBeGreaterThan(0);
		expect(completedAfterMs).toBeDefined();
	});

	test('a relay that is not there gives no candidate, and shows no credential', async () => {
		const credential = { username: 'anna', credential: 'geheim' };
		const seen = await probeIceServer(`turn:${DEAD}?transport=tcp`, credential, deps({ clock: hasty }));
		expect(seen).toMatchObject({ url: `turn:${DEAD}?transport=tcp`, candidates: {} });
		expect(JSON.stringify(seen)).not.toMatch(/anna|geheim/);
		expect((await probeIceServer('turn:', {}, deps())).errors).toMatchObject([{ code: 0 }]);
	});
});

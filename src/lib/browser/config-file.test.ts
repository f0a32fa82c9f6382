import { describe, expect, test } from 'vitest';
import type { Clock } from '#lib/core/ports.ts';
import { configInForce } from '#lib/config/site-file.ts';
import { readConfigFile, type ConfigFileDeps } from './config-file.ts';

const base = 'https://phone.example/app/';
const KEY = 'offhook:/app/:config';
const acme = { name: 'Acme', lines: [{ id: 'desk', kind: 'twilio', token: { url: '/t' } }] };

/** The config in force, as the phone takes it from the file. */
const read = async (deps: ConfigFileDeps) => configInForce(await readConfigFile(deps)).state;

function stage(answer: (url: URL, init: RequestInit) => Promise<Response>, kept?: string) {
	const stored = new Map<string, string>(kept === undefined ? [] : [[KEY, kept]]);
	const timers: (() => void)[] = [];
	const clock: Clock = {
		now: () => 0,
		monotonic: () => 0,
		after: (_, task) => {
			timers.push(task);
			return () => timers.splice(timers.indexOf(task), 1);
		}
	};
	const storage = {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => void stored.set(key, value),
		removeItem: (key: string) => void stored.delete(key)
	};
	const deps: ConfigFileDeps = {
		clock,
		base,
		storage: () => storage,
		fetch: (url, init) => answer(url as URL, init ?? {})
	};
	return { deps, stored, timers };
}

const text =
	(body: string | Uint8Array<ArrayBuffer>, status = 200) =>
	() =>
		Promise.resolve(new Response(body, { status }));

/** An answer that redirects have led to. */
function arrivedFrom(url: string): Response {
	return Object.defineProperty(new Response('{"name":"x"}'), 'url', { value: url });
}

describe('config.json', () => {
	test('is read beside the app and kept', async () => {
		const urls: string[] = [];
		const { deps, stored, timers } = stage((url, init) => {
			urls.push(`${init.cache} ${url.href}`);
			return text(`\ufeff${JSON.stringify(acme)}`)();
		});
		expect(await read(deps)).toMatchObject({
			source: 'file',
			problems: [],
			config: { name: 'Acme', lines: [{ id: 'desk' }] }
		});
		expect(urls).toEqual(['no-cache https://phone.example/app/config.json']);
		expect(JSON.parse(stored.get(KEY) ?? '')).toEqual(acme);
		expect(timers).toEqual([]);
	});

	test.each([404, 410])(
		'a kiosk whose file is gone (%i) stays one: with its last good copy',
		async (status) => {
			const { deps, stored } = stage(text('', status), JSON.stringify({ ...acme, kiosk: { buttons: [] } }));
			const { source, config, error } = await read(deps);
			expect({ source, kiosk: config.kiosk }).toMatchObject({ source: 'last-good', kiosk: { buttons: [] } });
			expect(error).toMatchObject({ fault: 'config.unreachable', facts: { status } });
			expect(stored.size).toBe(1);
		}
	);

	test.each([
		['absent', text('', 404)],
		['gone', text('', 410)],
		['empty', text('')],
		['blank', text(' \n')],
		['{}', text('{}')],
		['just a schema', text('{ "$schema": "./config.schema.json" }')]
	])('%s: nobody has set up this phone', async (_, answer) => {
		const { deps, stored } = stage(answer, JSON.stringify(acme));
		const state = await read(deps);
		expect(state).toMatchObject({ source: 'none', problems: [], config: { lines: [{ kind: 'practice' }] } });
		expect(state.error).toBeUndefined();
		expect(stored.size).toBe(0);
	});

	test.each([
		['offline', () => Promise.reject(new TypeError('Failed to fetch')), 'config.unreachable', {}],
		['500', text('', 500), 'config.unreachable', { status: 500 }],
		['not JSON', text('{\n  "name": "x",\n}'), 'config.not-json', { line: 3, column: 1 }],
		['a page', text('<!doctype html>'), 'config.not-json', { line: 1, column: 1 }],
		['a list', text('[]'), 'config.invalid', {}],
		['too large', text(new Uint8Array(300 * 1024)), 'config.invalid', { limitKiB: 256 }],
		[
			'another origin',
			() => Promise.resolve(arrivedFrom('https://other.example/config.json')),
			'config.unreachable',
			{}
		]
	] as const)('%s: the last good one stands in, and its error says why', async (_, answer, fault, facts) => {
		const { deps, stored } = stage(answer, JSON.stringify(acme));
		expect(await read(deps)).toMatchObject({
			source: 'last-good',
			config: { name: 'Acme', lines: [{ id: 'desk' }] },
			error: { fault, facts }
		});
		expect(JSON.parse(stored.get(KEY) ?? '')).toEqual(acme);
		expect(await read(stage(answer).deps)).toMatchObject({
			source: 'none',
			error: { fault, facts }
		});
	});

	test('nothing within 10 s', async () => {
		let signal: AbortSignal | null | undefined;
		const { deps, timers } = stage((_, init) => {
			signal = init.signal;
			return new Promise(() => {});
		});
		const reading = read(deps);
		timers[0]?.();
		expect(await reading).toMatchObject({
			source: 'none',
			error: { fault: 'config.unreachable', facts: { seconds: 10 } }
		});
		expect(signal?.aborted).toBe(true);
	});

	test('a server secret is reported and not kept', async () => {
		const secret = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
		const { deps, stored } = stage(text(JSON.stringify({ ...acme, theme: { authToken: secret } })));
		const state = await read(deps);
		expect(state.problems).toMatchObject([{ path: 'theme.authToken', code: 'server-secret' }]);
		expect(JSON.stringify(state)).not.toContain(secret);
		expect(JSON.parse(stored.get(KEY) ?? '')).toEqual(acme);
	});

	test.each([
		['refused', () => undefined],
		[
			'throwing',
			() => {
				throw new DOMException('no', 'SecurityError');
			}
		]
	])('storage %s: it works all the same', async (_, storage) => {
		const { deps } = stage(text(JSON.stringify(acme)));
		expect(await read({ ...deps, storage })).toMatchObject({ source: 'file' });
		const offline = stage(() => Promise.reject(new TypeError('Failed to fetch')));
		expect(await read({ ...offline.deps, storage })).toMatchObject({ source: 'none' });
	});

	test('a config of absurd depth is read for what it has', async () => {
		const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
		const { deps } = stage(text(`{"name":"Acme","theme":${deep}}`));
		expect(await read(deps)).toMatchObject({ source: 'file', config: { name: 'Acme' } });
	});

	test.each(['', '{', '[]', 'null', '"x"'])('a broken copy (%j) is no copy', async (kept) => {
		const { deps } = stage(() => Promise.reject(new TypeError('Failed to fetch')), kept);
		expect(await read(deps)).toMatchObject({
			source: 'none',
			config: { lines: [{ kind: 'practice' }] }
		});
	});
});

import { describe, expect, it } from 'vitest';
import type { Piece } from './pieces.ts';
import { recipe } from './stamp/recipe.ts';
import { digest } from './pieces.ts';
import { Shelf } from './shelf.ts';
import { MemoryCache, pieceOf } from './testing.ts';

const BASE = 'https://host.example/softphone/';
const START = '_app/immutable/entry/start.aaaaaaaa.js';
const HOME = `<!doctype html><title>Phone</title><script>import("./${START}")</script></html>`;
const SETTINGS = `<!doctype html><title>Settings</title><script>import("../${START}")</script></html>`;
const CODE = `import"./bbbbbbbb.js";dial()`;

interface Served {
	readonly body: string;
	readonly status?: number;
	readonly headers?: Record<string, string>;
}

interface Stage {
	readonly cache?: MemoryCache;
	readonly served?: Record<string, Served | ((mode: RequestCache) => Served)>;
}

async function stage({ cache = new MemoryCache(), served = {} }: Stage = {}) {
	const names: string[] = [];
	const home = await pieceOf('', 'page', HOME, names);
	const settings: Piece = {
		url: 'settings/',
		kind: 'page',
		hash: await digest(SETTINGS),
		recipe: recipe(HOME, SETTINGS)
	};
	const code = await pieceOf('_app/immutable/chunks/cccccccc.js', 'code', CODE, names);
	const icon = await pieceOf('favicon.svg', 'file', '<svg/>');
	const host: NonNullable<Stage['served']> = {
		'': { body: HOME },
		'settings/': { body: SETTINGS },
		[code.url]: { body: CODE },
		'favicon.svg': { body: '<svg/>' },
		...served
	};
	const asked: string[] = [];
	const fetch = (input: URL, init: RequestInit) => {
		const path = input.href.slice(BASE.length);
		asked.push(init.cache === 'reload' ? `${path} past caches` : path);
		const entry = host[path];
		if (!entry) return Promise.reject(new TypeError('offline'));
		const {
			body,
			status = 200,
			headers = {}
		} = typeof entry === 'function' ? entry(init.cache ?? 'default') : entry;
		return Promise.resolve(new Response(body, { status, headers }));
	};
	const shelf = new Shelf({
		caches: { open: () => Promise.resolve(cache as unknown as Cache) },
		fetch: fetch as typeof globalThis.fetch,
		cache: 'shell',
		base: BASE,
		list: { start: START, names },
		pieces: [home, settings, code, icon]
	});
	const text = async (path: string) => (await shelf.answer(BASE + path)).text();
	return { shelf, cache, asked, text, code: code.url };
}

describe('filling', () => {
	it('fetches every file once, and makes the pages that are like the first', async () => {
		const { shelf, asked, text, code } = await stage();
		await shelf.fill();
		expect(asked).toEqual(['', code, 'favicon.svg']);
		expect(await text('settings/')).toBe(SETTINGS);
		asked.length = 0;
		await shelf.fill();
		expect(asked).toEqual([]);
	});

	it('takes what an older build had under other names', async () => {
		const cache = new MemoryCache();
		await cache.put(`${BASE}_app/immutable/chunks/dddddddd.js`, new Response(`import"./eeeeeeee.js";dial()`));
		await cache.put(`${BASE}?build=older`, new Response(HOME.replace('aaaaaaaa', 'ffffffff')));
		const { shelf, asked, text, code } = await stage({ cache });
		await shelf.fill();
		expect(asked).toEqual(['favicon.svg']);
		expect(await text(code)).toBe(CODE);
		expect(await text('')).toBe(HOME);
		await shelf.sweep();
		expect([...cache.entries.keys()]).toHaveLength(4);
		expect(cache.entries.has(`${BASE}_app/immutable/chunks/dddddddd.js`)).toBe(false);
	});

	it('keeps a page and a file that the host has changed', async () => {
		const own = HOME.replace('Phone', 'Acme phone');
		const { shelf, text } = await stage({
			served: { '': { body: own }, 'favicon.svg': { body: '<svg id="acme"/>' } }
		});
		await shelf.fill();
		expect(await text('')).toBe(own);
		expect(await text('favicon.svg')).toBe('<svg id="acme"/>');
		expect(await text('settings/')).toBe(SETTINGS);
	});

	it.each<[string, string, Served]>([
		[
			'a login page in the place of code',
			'_app/immutable/chunks/cccccccc.js',
			{ body: '<html>Please log in</html>' }
		],
		['a login page in the place of a page', '', { body: '<html>Please log in</html>' }],
		['the page of an older build', '', { body: HOME.replace('aaaaaaaa', 'ffffffff') }],
		['half a page', '', { body: HOME.slice(0, -10) }],
		['an error', 'favicon.svg', { body: 'gone', status: 404 }],
		['an empty file', 'favicon.svg', { body: '' }]
	])('refuses %s', async (_what, path, answer) => {
		const { shelf, cache } = await stage({ served: { [path]: answer } });
		await expect(shelf.fill()).rejects.toThrow('not of this build');
		expect([...cache.entries.keys()].map((key) => key.slice(BASE.length).replace(/\?.*/, ''))).not.toContain(
			path
		);
	});

	it('asks again past the caches on the way when they have something older', async () => {
		const old = { body: HOME.replace('aaaaaaaa', 'ffffffff') };
		const { shelf, asked, text } = await stage({
			served: { '': (mode) => (mode === 'reload' ? { body: HOME } : old) }
		});
		await shelf.fill();
		expect(asked.slice(0, 2)).toEqual(['', ' past caches']);
		expect(await text('')).toBe(HOME);
	});

	it('keeps the headers of the host, but not those of the wire', async () => {
		const headers = { 'content-security-policy': "frame-ancestors 'none'", vary: '*', 'content-length': '3' };
		const { shelf } = await stage({ served: { '': { body: HOME, headers } } });
		await shelf.fill();
		const answer = await shelf.answer(BASE);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-security-policy': "frame-ancestors 'none'"
		});
		expect(answer.headers.get('vary')).toBeNull();
	});
});

describe('answering', () => {
	it.each<[string, (cache: MemoryCache, key: string) => Promise<unknown>]>([
		['deleted', (cache, key) => cache.delete(key)],
		['truncated', (cache, key) => cache.put(key, new Response(CODE.slice(3)))],
		['exchanged', (cache, key) => cache.put(key, new Response('<html>Please log in</html>'))]
	])('fetches anew what was %s, and keeps it', async (_what, harm) => {
		const { cache, code } = await stage();
		const first = await stage({ cache });
		await first.shelf.fill();
		await harm(cache, BASE + code);
		const next = await stage({ cache });
		expect(await next.text(code)).toBe(CODE);
		expect(next.asked).toEqual([code]);
		expect(await (await cache.match(BASE + code))?.text()).toBe(CODE);
	});

	it('rejects when it is neither kept whole nor to be had', async () => {
		const { shelf, code } = await stage({
			served: { '_app/immutable/chunks/cccccccc.js': { body: 'broken' } }
		});
		await expect(shelf.answer(BASE + code)).rejects.toThrow('not of this build');
		await expect(shelf.answer(`${BASE}elsewhere`)).rejects.toThrow('not kept');
	});
});

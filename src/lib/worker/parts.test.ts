import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bonesOf, withNames } from './bones.ts';
import { pageAt } from './pages.ts';
import { requestAnswers } from './requests.ts';
import { ownChunks } from './stamp/own-chunks.ts';
import { recipe } from './stamp/recipe.ts';
import { takeOver } from './take-over.ts';

const BASE = 'https://host.example/softphone/';

describe('bones', () => {
	it('with their names are the text again', () => {
		const words = fc.oneof(
			fc.constantFrom('./ab12CD_-.js', 'sha256-', '__sveltekit_1abc', '1.2.3+abcdef0'),
			fc.string()
		);
		fc.assert(
			fc.property(fc.array(words), (parts) => {
				const text = parts.join('');
				const apart = bonesOf(text);
				if (apart) expect(withNames(apart.bones, apart.names)).toBe(text);
				else expect(text).toContain('\0');
			})
		);
	});

	it.each([
		['a file', 'import"./ab12CD34.js"', 'import"./zz99YY88.js"'],
		['a style', 'href="a.Bq12-_34.css"', 'href="a.00000000.css"'],
		['a script of the policy', `'sha256-${'a'.repeat(43)}='`, `'sha256-${'b'.repeat(43)}='`],
		['the global of SvelteKit', '__sveltekit_1hx3a', '__sveltekit_9zz'],
		['the version', '"1.2.3+abcdef0"', '"1.2.4+0123456"']
	])('are the same when %s has another name', (_what, one, other) => {
		expect(bonesOf(one)?.bones).toBe(bonesOf(other)?.bones);
	});

	it('differ when a line has changed', () => {
		expect(bonesOf('dial("a")')?.bones).not.toBe(bonesOf('dial("b")')?.bones);
	});
});

describe('a recipe', () => {
	it('leads from any page to any other', () => {
		const text = fc.array(fc.constantFrom('<div class="key">', 'five', ' ', '<script src="a.js">', 'ü'), {
			maxLength: 60
		});
		fc.assert(
			fc.property(text, text, (base, page) => {
				const [from, to] = [base.join(''), page.join('')];
				const made = recipe(from, to).map((step) =>
					typeof step === 'string' ? step : from.slice(step[0], step[0] + step[1])
				);
				expect(made.join('')).toBe(to);
			})
		);
	});

	it('is short for pages that are alike', () => {
		const page = '<p>All keys of the dial pad, and what is below them</p>'.repeat(50);
		expect(JSON.stringify(recipe(page, `${page}<p>More</p>`)).length).toBeLessThan(100);
	});
});

describe('the page at an address', () => {
	const kept = [BASE, `${BASE}history/`];
	it.each([
		['', { kind: 'kept', address: BASE }],
		['?to=1#x', { kind: 'kept', address: BASE }],
		['history/?a=1', { kind: 'kept', address: `${BASE}history/` }],
		['history?a=1', { kind: 'moved', to: `${BASE}history/?a=1` }],
		['history//', { kind: 'moved', to: `${BASE}history/` }],
		['index.html', { kind: 'moved', to: BASE }],
		['history/index.html?a', { kind: 'moved', to: `${BASE}history/?a` }],
		['nowhere/', { kind: 'unknown' }],
		['config.json', { kind: 'unknown' }]
	])('%s', (path, answer) => {
		expect(pageAt(new URL(path, BASE), (address) => kept.includes(address))).toEqual(answer);
	});
});

describe('requests', () => {
	const page = () => Promise.resolve(new Response('kept'));
	const lost = new Set([BASE, `${BASE}404.html`, `${BASE}a.js`]);
	const shelf = { has: (address: string) => lost.has(address), answer: page };
	const offline = () => Promise.reject(new TypeError('offline'));
	const answers = requestAnswers({ shelves: [shelf], base: BASE, fetch: offline });
	const asked = (path: string, more: object = {}) => ({
		...{ url: new URL(path, BASE).href, method: 'GET', mode: 'cors' as RequestMode, headers: new Headers() },
		...more
	});

	it.each([
		['what is posted', asked('a.js', { method: 'POST' })],
		['another origin', asked('https://tokens.example/softphone/a.js')],
		['a page of another origin', asked('https://tokens.example/', { mode: 'navigate' })],
		['the configuration', asked('config.json')],
		['which build is published', asked('version.json')],
		['a token server among our files', asked('token')],
		['a file with a query', asked('a.js?now')],
		['a part of a file', asked('a.js', { headers: new Headers({ range: 'bytes=0-' }) })]
	])('leaves to the browser: %s', (_what, request) => {
		expect(answers(request)).toBeUndefined();
	});

	it('answers for files, and for pages it does not know in the words of the host', async () => {
		expect(await (await answers(asked('a.js')))?.text()).toBe('kept');
		expect((await answers(asked('nowhere', { mode: 'navigate' })))?.status).toBe(404);
	});

	it('lets the network answer where the shelf fails', async () => {
		const broken = { has: () => true, answer: () => Promise.reject(new Error('broken')) };
		const online = () => Promise.resolve(new Response('network'));
		const answer = requestAnswers({ shelves: [broken], base: BASE, fetch: online })(asked('a.js'));
		expect(await (await answer)?.text()).toBe('network');
	});
});

describe('taking over', () => {
	/** Locks of which some are held by tabs. */
	const locksWith = (held: readonly string[]) => ({
		request: ((name: string, _options: unknown, use: (lock: unknown) => unknown) =>
			Promise.resolve(use(held.includes(name) ? null : { name }))) as LockManager['request']
	});
	it.each([
		[[], false, 'taken'],
		[[], true, 'taken'],
		[['call'], false, 'in-call'],
		[['call'], true, 'in-call'],
		[['use'], false, 'taken'],
		[['use'], true, 'in-use'],
		[['call', 'use'], true, 'in-call']
	] as const)('while tabs hold %j, idle only %s: %s', async (held, idleOnly, answer) => {
		let acts = 0;
		const wish = { locks: locksWith(held), inCall: 'call', inUse: 'use', idleOnly, act: () => acts++ };
		expect(await takeOver(wish)).toBe(answer);
		expect(acts).toBe(answer === 'taken' ? 1 : 0);
	});

	it('without locks happens at a person’s wish only', async () => {
		const wish = { locks: undefined, inCall: 'call', inUse: 'use', act: () => {} };
		expect(await takeOver({ ...wish, idleOnly: true })).toBe('in-use');
		expect(await takeOver({ ...wish, idleOnly: false })).toBe('taken');
	});
});

describe('chunks of one kind of line', () => {
	const manifest = {
		'start.js': {
			file: 'start',
			imports: ['_shared.js'],
			dynamicImports: ['src/lines/a.ts', 'src/lines/b.ts']
		},
		'_shared.js': { file: 'shared' },
		'src/lines/a.ts': { file: 'a', imports: ['_shared.js', '_sdk.js', '_both.js'], css: ['a.css'] },
		'src/lines/b.ts': { file: 'b', imports: ['_both.js'] },
		'_sdk.js': { file: 'sdk' },
		'_both.js': { file: 'both' }
	};
	it('are those that nothing else leads to', () => {
		expect([...ownChunks(manifest, /lines\/a/)].sort()).toEqual(['a', 'a.css', 'sdk']);
		expect([...ownChunks(manifest, /lines\/[ab]/)].sort()).toEqual(['a', 'a.css', 'b', 'both', 'sdk']);
	});
});

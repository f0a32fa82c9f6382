import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compactMessage } from '../../messages/compact.ts';
import { ONLINE_ONLY, stamp, stamped } from '../../src/lib/worker/stamp/stamp.ts';
import { nextBuild } from '../support/next-build.ts';

const CODE = '_app/immutable';
const page = (to: string, words: string) => `<!doctype html>
<link href="${to}${CODE}/assets/first.abcdefg1.css" rel="stylesheet" disabled media="(max-width: 0)">
<script>import("${to}${CODE}/entry/start.abcdefg1.js")</script><p>${words}</p></html>`;

let build: string;
const put = (path: string, content: string) => {
	mkdirSync(dirname(join(build, path)), { recursive: true });
	writeFileSync(join(build, path), content);
};
const urls = () => stamped(build)?.shell.map(({ url }) => url);

beforeEach(() => {
	build = mkdtempSync(join(tmpdir(), 'offhook-stamp-'));
	put('index.html', page('./', 'Phone'));
	put('history/index.html', page('../', 'History'));
	put(`${CODE}/entry/start.abcdefg1.js`, 'import"../chunks/bcdefgh2.js"');
	put(`${CODE}/chunks/bcdefgh2.js`, 'dial("one line")');
	put(`${CODE}/chunks/cdefghi3.js`, 'livekit()');
	put(`${CODE}/chunks/defghij4.js`, 'setup()');
	put(`${CODE}/assets/first.abcdefg1.css`, 'p{}');
	put('service-worker.js', 'start()');
	for (const path of ['404.html', 'favicon.svg', 'sounds/silence.wav']) put(path, path);
	for (const path of [
		...['config.json', 'config.schema.json', 'version.json', '_app/version.json', '.nojekyll', 'robots.txt'],
		'manifest.webmanifest',
		...['icons/icon-512.png', 'screenshots/phone.png', 'index.html.gz']
	])
		put(path, path);
});
afterEach(() => rmSync(build, { recursive: true, force: true }));

const kindOf = (path: string) =>
	path.endsWith('cdefghi3.js') ? 'livekit' : path.endsWith('defghij4.js') ? ONLINE_ONLY : undefined;

describe('the list of files that the worker is given', () => {
	it('has what every phone needs without a network, the page of the base first, and nothing else', async () => {
		await stamp(build, kindOf);
		expect(urls()).toEqual([
			'',
			'404.html',
			`${CODE}/chunks/bcdefgh2.js`,
			`${CODE}/entry/start.abcdefg1.js`,
			'favicon.svg',
			'history/',
			'sounds/silence.wav'
		]);
		const list = stamped(build);
		expect(list?.start).toBe(`${CODE}/entry/start.abcdefg1.js`);
		expect(list?.byKind['livekit']?.map(({ url }) => url)).toEqual([`${CODE}/chunks/cdefghi3.js`]);
	});

	it('stands before the program, and is written anew', async () => {
		await stamp(build, kindOf);
		const once = readFileSync(join(build, 'service-worker.js'), 'utf8');
		expect(once.endsWith('\nstart()')).toBe(true);
		await stamp(build, kindOf);
		expect(readFileSync(join(build, 'service-worker.js'), 'utf8')).toBe(once);
	});

	it('is refused for a build that starts nothing', async () => {
		put('index.html', '<!doctype html></html>');
		await expect(stamp(build, kindOf)).rejects.toThrow('does not name');
	});
});

it('the next build differs in the changed file alone, but for names', async () => {
	await stamp(build, kindOf);
	const next = await nextBuild(build, 'one line', 'another line');
	const bones = (folder: string) => stamped(folder)?.shell.map((piece) => piece.bones ?? piece.hash) ?? [];
	const before = new Set(bones(build));
	expect(bones(next.folder).filter((one) => !before.has(one))).toHaveLength(2);
	expect(next.changed).toBe(`${CODE}/chunks/2hgfedcb.js`);
	expect(stamped(next.folder)?.shell.map(({ url }) => url)).toContain(next.changed);
	expect(Object.keys(stamped(next.folder)?.byKind ?? {})).toEqual(['livekit']);
	next.remove();
});

describe('a message in a build', () => {
	const language = (tag: string, head: string, text: string) =>
		`const ${tag}_title = /** @type {(inputs: I) => L} */ ${head} => {\n\treturn /** @type {L} */ (${text})\n};\n`;
	const choice = `export const title = /** @type {F} */ ((inputs, options = {}) => {
	const locale = experimentalStaticLocale ?? options.locale ?? getLocale()
	if (locale === "es") return es_title(inputs)
	return en_title(inputs)
});`;

	it('is one expression with its texts, in the order of the languages', () => {
		const code =
			language('es', '(i)', '`Llamar a ${i?.who}`') + language('en', '(i)', '`Call ${i?.who}`') + choice;
		expect(compactMessage(code, ['en', 'es'])).toContain(
			'export const title = /*@__PURE__*/ choose((i) => `Call ${i?.who}`, (i) => `Llamar a ${i?.who}`);'
		);
	});

	it('is no function where it says the same each time', () => {
		const code = language('es', '()', '`Llamar`') + language('en', '()', '`Call`') + choice;
		expect(compactMessage(code, ['en', 'es'])).toContain(
			'export const title = /*@__PURE__*/ choose(`Call`, `Llamar`);'
		);
	});

	it.each([
		['a language is missing', language('en', '()', '`Call`') + choice],
		[
			'a text is more than a template',
			language('en', '()', '`Call`') + language('es', '()', 'plural(`a`)') + choice
		],
		['nothing chooses', language('en', '()', '`Call`') + language('es', '()', '`Llamar`')]
	])('stays as it is where %s', (_what, code) => {
		expect(compactMessage(code, ['en', 'es'])).toBeUndefined();
	});
});

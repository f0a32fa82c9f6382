import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstLoad, pagesOf } from '../bench/first-load.ts';

const SIZE = resolve(import.meta.dirname, '../bench/size.ts');
const PAGE = `<!doctype html>
<link rel="icon" href="./icon.svg">
<link href="./_app/page.css" rel="stylesheet">
<link href="./_app/inlined.css" rel="stylesheet" disabled media="(max-width: 0)">
<link rel="modulepreload" href="./_app/start.js">
<script src="./guard.js"></script>
<script>Promise.all([import("./_app/start.js"), import("./_app/app.js")]);</script>`;

let build: string;
const put = (path: string, content: string) => {
	mkdirSync(dirname(join(build, path)), { recursive: true });
	writeFileSync(join(build, path), content);
};
/** Text that gzip cannot shorten below this many bytes. */
const incompressible = (bytes: number) => randomBytes(bytes).toString('base64');
/** A worker that has been told that the build consists of that. */
const worker = (list: object) => `self.offhookPieces=${JSON.stringify(list)};\n`;
const size = () => {
	const { status, stderr, stdout } = spawnSync(process.execPath, [SIZE, build], { encoding: 'utf8' });
	return { status, said: stdout + stderr };
};

beforeEach(() => {
	build = mkdtempSync(join(tmpdir(), 'offhook-first-load-'));
	put('index.html', PAGE);
	put('settings/index.html', PAGE.replaceAll('./', '../'));
	put('404.html', '');
	put('icon.svg', '<svg/>');
	put('guard.js', '');
	put('config.json', '{}');
	put('service-worker.js', worker({ shell: [{ url: '', kind: 'page' }] }));
	put('_app/page.css', '');
	put('_app/inlined.css', '');
	put('_app/start.js', 'import{a}from"./shared.js";import("./line.js");');
	put('_app/app.js', 'import"./shared.js"');
	put('_app/shared.js', '');
	put('_app/line.js', `import"./twilio.js";import("./livekit.js")`);
	put('_app/twilio.js', `chunderw ${incompressible(30_000)}`);
	put('_app/livekit.js', `livekit.DataPacket ${incompressible(30_000)}`);
});
afterEach(() => rmSync(build, { recursive: true, force: true }));

describe('the first load of a page', () => {
	it('is the document, what it links, what that imports, and config.json', () => {
		const wanted = [
			'_app/app.js',
			'_app/page.css',
			'_app/shared.js',
			'_app/start.js',
			'config.json',
			'guard.js'
		];
		for (const page of ['index.html', 'settings/index.html']) {
			const paths = firstLoad(build, page).map(({ path }) => path);
			expect(paths.sort()).toEqual([...wanted, page].sort());
		}
	});

	it('is counted for every page but that of wrong addresses', () => {
		expect(pagesOf(build)).toEqual(['index.html', 'settings/index.html']);
	});
});

describe('npm run size', () => {
	it('passes within the budget', () => {
		expect(size()).toMatchObject({ status: 0 });
	});

	it('fails over the bytes of one page', () => {
		put('_app/shared.js', incompressible(60_000));
		expect(size()).toMatchObject({
			status: 1,
			said: expect.stringContaining('Over budget: settings/index.html') as string
		});
	});

	it('fails over the number of requests', () => {
		const more = Array.from({ length: 8 }, (_, n) => `_app/more-${n}.js`);
		for (const path of more) put(path, '');
		put('_app/app.js', more.map((path) => `import"./${path.slice('_app/'.length)}";`).join(''));
		expect(size()).toMatchObject({ status: 1, said: expect.stringContaining('15 requests') as string });
	});

	it.each(['twilio', 'livekit'])('fails when an SDK is in the first load: %s', (sdk) => {
		put('_app/app.js', `import"./${sdk}.js"`);
		expect(size()).toMatchObject({
			status: 1,
			said: expect.stringContaining(`SDK (_app/${sdk}.js) is in the first load`) as string
		});
	});

	it.each(['twilio', 'livekit'])('fails when there is no SDK to look for: %s', (sdk) => {
		rmSync(join(build, `_app/${sdk}.js`));
		expect(size()).toMatchObject({ status: 1, said: expect.stringContaining('0 chunks') as string });
	});

	it('fails when an SDK is there twice', () => {
		put('_app/again.js', `livekit.DataPacket ${incompressible(30_000)}`);
		expect(size()).toMatchObject({
			status: 1,
			said: expect.stringContaining('2 chunks of the build hold the LiveKit SDK') as string
		});
	});

	it('fails when a first visit brings more than its budget', () => {
		const many = Array.from({ length: 13 }, (_, n) => `_app/kept-${n}.js`);
		for (const path of many) put(path, incompressible(30_000));
		put('service-worker.js', worker({ shell: ['', ...many].map((url) => ({ url })) }));
		expect(size()).toMatchObject({ status: 1, said: expect.stringContaining('the first visit: ') as string });
	});

	it('fails when one file is more than an update may bring', () => {
		put('_app/kept.js', incompressible(60_000));
		put('service-worker.js', worker({ shell: [{ url: '' }, { url: '_app/kept.js' }] }));
		expect(size()).toMatchObject({ status: 1, said: expect.stringContaining('a changed line: ') as string });
	});

	it('fails when the worker does not know the files', () => {
		put('service-worker.js', 'start()');
		expect(size()).toMatchObject({ status: 1, said: expect.stringContaining('does not know') as string });
	});
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../support/site.ts';

let folder: string;
let site: Site;

interface Answer {
	readonly status: number | undefined;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: Buffer;
}

/** Without fetch's own manners: no decompression, no redirect. */
function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
	return new Promise((resolve, reject) => {
		get({ host: '127.0.0.1', port: site.port, path, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) })
			);
		}).on('error', reject);
	});
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'site-'));
	await mkdir(join(folder, 'public/history'), { recursive: true });
	for (const [name, content] of Object.entries({
		'secret.txt': 'not for the public',
		'public/index.html': '<title>Home</title>',
		'public/404.html': '<title>Lost</title>',
		'public/page.html': '<title>Page</title>',
		'public/history/index.html': '<title>History</title>',
		'public/app.js': 'let a = 1;'.repeat(100),
		'public/ring.mp3': 'x',
		'public/config.json': '{}'
	})) {
		await writeFile(join(folder, name), content);
	}
	site = await startSite({
		folder: join(folder, 'public'),
		base: '/softphone/',
		overlay: {
			'config.json': ({ headers }: { headers: { host: string } }) => ({ host: headers.host }),
			'a/b.txt': 'words'
		}
	});
});
afterAll(async () => {
	await site.close();
	await rm(folder, { recursive: true });
});

describe('a site below /softphone/', () => {
	test.each([
		['/softphone/', 200, 'Home'],
		['/softphone/?to=1', 200, 'Home'],
		['/softphone/page', 200, 'Page'],
		['/softphone/history/', 200, 'History'],
		['/softphone/nowhere', 404, 'Lost'],
		['/softphone/nowhere/', 404, 'Lost'],
		['/', 404, 'no site'],
		['/softphone/..%2fsecret.txt', 404, 'Lost'],
		['/softphone/%2e%2e/secret.txt', 404, 'no site'],
		['/softphone/%ff', 404, 'Lost']
	])('%s is %i', async (path, status, words) => {
		const answer = await ask(path);
		expect(answer.status).toBe(status);
		expect(String(answer.body)).toContain(words);
	});

	test.each([
		['/softphone', '/softphone/'],
		['/softphone?a=1', '/softphone/?a=1'],
		['/softphone/history?a=1', '/softphone/history/?a=1']
	])('%s moves to %s', async (path, location) => {
		expect(await ask(path)).toMatchObject({ status: 301, headers: { location } });
	});

	test('text is compressed for those who take it, and may be kept ten minutes', async () => {
		const plain = await ask('/softphone/app.js');
		const small = await ask('/softphone/app.js', { 'accept-encoding': 'gzip, br' });
		expect(plain.headers).not.toHaveProperty('content-encoding');
		expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'max-age=600' });
		expect(gunzipSync(small.body)).toEqual(plain.body);
		const sound = await ask('/softphone/ring.mp3', { 'accept-encoding': 'gzip' });
		expect(sound.headers).not.toHaveProperty('content-encoding');
	});

	test('what has not changed is not sent again', async () => {
		const { headers } = await ask('/softphone/app.js', { 'accept-encoding': 'gzip' });
		const again = await ask('/softphone/app.js', { 'if-none-match': String(headers['etag']) });
		expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
	});

	test('the overlay stands before the files', async () => {
		const config = await ask('/softphone/config.json');
		expect(config.headers).toMatchObject({
			'content-type': 'application/json; charset=utf-8',
			'cache-control': 'no-cache'
		});
		expect(JSON.parse(String(config.body))).toEqual({ host: `127.0.0.1:${site.port}` });
		expect(String((await ask('/softphone/a/b.txt')).body)).toBe('words');
	});
});

test('several sites on one host: an address belongs to the longest base that fits', async () => {
	const host = await startSite({
		folder: join(folder, 'public'),
		neighbours: [
			{ base: '/a/', folder, overlay: { 'index.html': 'a' } },
			{ base: '/a/b%20c/', folder, overlay: { 'index.html': 'b' } }
		]
	});
	const titleAt = async (path: string) => (await (await fetch(new URL(path, host.url))).text()).slice(0, 20);
	expect(await titleAt('/')).toContain('Home');
	expect(await titleAt('/a/index.html')).toBe('a');
	expect(await titleAt('/a/b%20c/index.html')).toBe('b');
	expect(await titleAt('/ab')).toContain('Lost');
	expect((await fetch(new URL('/a', host.url), { redirect: 'manual' })).headers.get('location')).toBe('/a/');
	await host.close();
});

test('a taken port is an error that says so', async () => {
	await expect(startSite({ folder, port: site.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that a page fetches before it is usable. */
export interface LoadedFile {
	/** Below the build folder. */
	readonly path: string;
	/** Bytes at gzip level 6, as static hosts commonly send them. */
	readonly gzip: number;
}

function gzipBytes(file: string): number {
	return gzipSync(readFileSync(file), { level: 6 }).length;
}

/** Zero where there is no such file. */
export const sizeOf = (build: string, path: string): LoadedFile => ({
	path,
	gzip: existsSync(join(build, path)) ? gzipBytes(join(build, path)) : 0
});

/** Every page of a build, as paths of its HTML files; the page for wrong addresses is none of the app's. */
export function pagesOf(build: string): readonly string[] {
	return readdirSync(build, { recursive: true, encoding: 'utf8' })
		.map((path) => path.replaceAll('\\', '/'))
		.filter((path) => path.endsWith('.html') && path !== '404.html')
		.sort();
}

// What the browser takes from the document itself, and what a module takes before it can run. A disabled stylesheet is not
// fetched: it tells the program that its rules stand in the document.
const LINKED =
	/<link\b(?![^>]*\bdisabled\b)(?=[^>]*\brel="?(?:modulepreload|stylesheet|preload)\b)[^>]*\bhref="?([^"\s>]+)/g;
const SCRIPTS = /<script\b[^>]*\bsrc="?([^"\s>]+)/g;
const STARTED = /\bimport\("([^"]+)"\)/g;
const STATIC_IMPORTS = /\b(?:import|from)\s*"(\.[^"]+)"/g;

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/**
 * The first load of one page: its document, styles, scripts, the modules that these import statically, and config.json,
 * which the phone asks for at once. Icons and the manifest are left out: browsers fetch them apart from the page.
 */
export function firstLoad(build: string, page: string): readonly LoadedFile[] {
	const html = readFileSync(join(build, page), 'utf8');
	const inline = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
		.map((match) => match[1] ?? '')
		.join('\n');
	const wanted = [...matches(html, LINKED), ...matches(html, SCRIPTS), ...matches(inline, STARTED)];
	const queue = wanted.map((href) => posix.join(posix.dirname(page), href));
	if (existsSync(join(build, 'config.json'))) queue.push('config.json');

	const files = new Set([page]);
	for (const path of queue) {
		if (files.has(path)) continue;
		files.add(path);
		if (!path.endsWith('.js')) continue;
		const source = readFileSync(join(build, path), 'utf8');
		for (const href of matches(source, STATIC_IMPORTS)) queue.push(posix.join(posix.dirname(path), href));
	}
	return [...files].map((path) => ({ path, gzip: gzipBytes(join(build, path)) }));
}

/** The vendors' SDKs, each known by a text that only it has, so that renaming a chunk cannot hide it. */
export const SDKS = [
	{ name: 'Twilio SDK', mark: 'chunderw' },
	{ name: 'LiveKit SDK', mark: 'livekit.DataPacket' }
] as const;

export type Sdk = (typeof SDKS)[number];

/** The chunks that hold an SDK; our own code may mention what it sets there, but is small. */
export function chunksOf({ mark }: Sdk, build: string): readonly LoadedFile[] {
	return readdirSync(build, { recursive: true, encoding: 'utf8' })
		.filter((path) => basename(path).endsWith('.js'))
		.filter((path) => readFileSync(join(build, path), 'utf8').includes(mark))
		.map((path) => ({ path: path.replaceAll('\\', '/'), gzip: gzipBytes(join(build, path)) }))
		.filter(({ gzip }) => gzip > 20_000);
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** What stands instead of a file: text as it is, all else as JSON; a function is asked for each request. */
export type Overlay = Readonly<Record<string, unknown>>;

type Maker = (request: IncomingMessage) => unknown;

/** One site on a host. */
export interface Place {
	/** The folder that a static host would get. */
	readonly folder: string;
	/** Path of the site on its host, as it stands in addresses: `/` (default), `/softphone/`, `/a%20b/`. */
	readonly base?: string;
	/** By path below the base, without a leading slash: `config.json`. */
	readonly overlay?: Overlay;
}

export interface SiteOptions extends Place {
	/** Ephemeral if absent. */
	readonly port?: number;
	/** Other sites on the same host, and so of the same origin. Each address belongs to the longest base that fits. */
	readonly neighbours?: readonly Place[];
	/** Seconds that browsers may keep a file; 600 as on GitHub Pages. 0: they ask each time. */
	readonly maxAge?: number;
	/** Asked before the files; true when it answers the request itself. */
	readonly handle?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

export interface Site {
	/** Address of the site with its base and a slash at its end. */
	readonly url: string;
	readonly port: number;
	readonly server: Server;
	/** Safe to call twice. */
	close(): Promise<void>;
}

interface Found {
	readonly status: number;
	readonly path: string;
	readonly content: Buffer;
	readonly fresh?: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/vnd.microsoft.icon',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.mp3': 'audio/mpeg',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wav': 'audio/wav',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.xml': 'application/xml'
};
const COMPRESSED = /^(text|application\/(json|manifest|xml))|svg/;

const compress = promisify(gzip);

/**
 * Serves a folder with the manners of GitHub Pages: a folder without its slash is a 301, `/page` finds `page.html`, a missing
 * file is `404.html` with status 404; gzip level 6 (compressed once), ETag, `max-age=600`, and no header else.
 */
export async function startSite(options: SiteOptions): Promise<Site> {
	const { base = '/', maxAge = 600 } = options;
	const places = [options, ...(options.neighbours ?? [])].toSorted(
		(one, other) => (other.base ?? '/').length - (one.base ?? '/').length
	);
	const zipped = new Map<string, Promise<Buffer>>();

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (await options.handle?.(request, response)) return;
		if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
		const found = await find(placeOf(places, request) ?? options, request);
		if (typeof found === 'string') return void response.writeHead(301, { location: found }).end();

		const type = TYPES[extname(found.path)] ?? 'application/octet-stream';
		const tag = createHash('sha256').update(found.content).digest('hex').slice(0, 20);
		const small = COMPRESSED.test(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
		const headers: Record<string, string | number> = {
			'content-type': type,
			'cache-control': found.fresh || maxAge === 0 ? 'no-cache' : `max-age=${maxAge}`,
			etag: small ? `W/"${tag}"` : `"${tag}"`,
			vary: 'Accept-Encoding'
		};
		if (found.status === 200 && request.headers['if-none-match']?.replace(/^W\//, '') === `"${tag}"`) {
			return void response.writeHead(304, headers).end();
		}
		let content = found.content;
		if (small) {
			const making = zipped.get(tag) ?? compress(content, { level: 6 });
			zipped.set(tag, making);
			content = await making;
			headers['content-encoding'] = 'gzip';
		}
		headers['content-length'] = content.length;
		response.writeHead(found.status, headers).end(request.method === 'HEAD' ? undefined : content);
	}

	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	let closing: Promise<void> | undefined;
	return {
		url: `http://localhost:${port}${base}`,
		port,
		server,
		close: () => {
			closing ??= new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
			return closing;
		}
	};
}

const addressOf = (request: IncomingMessage): URL => new URL(request.url ?? '/', 'http://site');

function placeOf(places: readonly Place[], request: IncomingMessage): Place | undefined {
	const { pathname } = addressOf(request);
	return places.find(({ base = '/' }) => `${pathname}/`.startsWith(base));
}

/** A file, or the address to go to instead. */
async function find(
	{ folder, base = '/', overlay = {} }: Place,
	request: IncomingMessage
): Promise<Found | string> {
	const { pathname, search } = addressOf(request);
	if (`${pathname}/` === base) return base + search;
	if (!pathname.startsWith(base))
		return { status: 404, path: '404.txt', content: Buffer.from('There is no site here.') };

	const path = safely(pathname.slice(base.length));
	if (Object.hasOwn(overlay, path)) {
		const entry = overlay[path];
		const value: unknown = typeof entry === 'function' ? await (entry as Maker)(request) : entry;
		const content = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value, null, '\t'));
		return { status: 200, path, content, fresh: true };
	}
	const isFolder = path === '' || path.endsWith('/');
	for (const name of isFolder ? [`${path}index.html`] : [path, `${path}.html`]) {
		const content = await contentOf(join(folder, name));
		if (content) return { status: 200, path: name, content };
	}
	if (!isFolder && (await contentOf(join(folder, path, 'index.html')))) return `${pathname}/${search}`;
	const lost = await contentOf(join(folder, '404.html'));
	return { status: 404, path: lost ? '404.html' : '404.txt', content: lost ?? Buffer.from('Not found.') };
}

async function contentOf(file: string): Promise<Buffer | undefined> {
	const known = await stat(file).catch(() => undefined);
	return known?.isFile() ? readFile(file) : undefined;
}

/** The path below the folder, with nothing in it that climbs out. */
function safely(path: string): string {
	try {
		return normalize(decodeURIComponent(path))
			.split(sep)
			.filter((part) => part !== '..')
			.join('/')
			.replace(/^\.(\/|$)|\0/g, '');
	} catch {
		return '\u{FFFD}';
	}
}

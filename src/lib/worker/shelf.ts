import { bonesOf, withNames } from './bones.ts';
import { digest, type Piece, type PieceList } from './pieces.ts';

export interface ShelfDeps {
	readonly caches: Pick<CacheStorage, 'open'>;
	readonly fetch: typeof fetch;
	/** Of the cache; carries the base path. */
	readonly cache: string;
	/** Address of the phone's folder, with a slash at the end. */
	readonly base: string;
	readonly list: Pick<PieceList, 'start' | 'names'>;
	readonly pieces: readonly Piece[];
}

/** Headers of a wire, not of a content. `Vary: *` alone would keep a file from being kept. */
const OF_THE_WIRE = ['content-encoding', 'content-length', 'vary'];

/**
 * The files of one build in one cache. Nothing goes in or comes out that is not what the build says: a captive portal's page,
 * a file of another build, a truncated or deleted entry are fetched anew.
 */
export class Shelf {
	readonly #deps: ShelfDeps;
	readonly #pieces: ReadonlyMap<string, Piece>;
	/** Keys whose content was looked at in this life of the worker. */
	readonly #seen = new Set<string>();

	constructor(deps: ShelfDeps) {
		this.#deps = deps;
		this.#pieces = new Map(deps.pieces.map((piece) => [new URL(piece.url, deps.base).href, piece]));
	}

	has(address: string): boolean {
		return this.#pieces.has(address);
	}

	/** What belongs to an address that the shelf {@link has}. Rejects when it is neither kept whole nor to be had. */
	async answer(address: string): Promise<Response> {
		const piece = this.#pieces.get(address);
		if (!piece) throw new Error(`not kept: ${address}`);
		const { caches } = this.#deps;
		const cache = await caches.open(this.#deps.cache).catch(() => undefined);
		const key = this.#key(piece);
		const kept = await cache?.match(key, { ignoreVary: true });
		if (kept && this.#seen.has(key)) return kept;
		if (kept && (await this.#isWhole(piece, await kept.clone().arrayBuffer()))) {
			this.#seen.add(key);
			// Read once more: the browser keeps a script's compiled form with the entry, not with a copy.
			return (await cache?.match(key, { ignoreVary: true })) ?? kept;
		}
		const fresh = await this.#fetched(piece);
		// A full disk is no reason to answer nothing.
		await cache?.put(key, fresh.clone()).catch(() => {});
		return fresh;
	}

	/** Puts in what is missing. Rejects when a file is not to be had; what is there by then stays. */
	async fill(): Promise<void> {
		const cache = await this.#deps.caches.open(this.#deps.cache);
		const keys = new Set((await cache.keys()).map(({ url }) => url));
		const missing = this.#deps.pieces.filter((piece) => !keys.has(this.#key(piece)));
		if (missing.length === 0) return;
		const older = await olderTexts(cache);
		for (const piece of missing) {
			const made = (await this.#fromOlder(piece, older)) ?? (await this.#fromHome(piece, cache));
			await cache.put(this.#key(piece), made ?? (await this.#fetched(piece)));
		}
	}

	/** Takes out what does not belong to this build. */
	async sweep(): Promise<void> {
		const cache = await this.#deps.caches.open(this.#deps.cache);
		const own = new Set(this.#deps.pieces.map((piece) => this.#key(piece)));
		for (const { url } of await cache.keys()) if (!own.has(url)) await cache.delete(url);
	}

	/** Code has its content in its name; all else gets it behind the address. */
	#key({ url, kind, hash }: Piece): string {
		const address = new URL(url, this.#deps.base);
		if (kind !== 'code') address.searchParams.set('build', hash);
		return address.href;
	}

	/** The same file with other names in it, of the build that is in force. */
	async #fromOlder(piece: Piece, older: ReadonlyMap<string, OldText>): Promise<Response | undefined> {
		const old = piece.bones === undefined ? undefined : older.get(piece.bones);
		if (!old) return undefined;
		const { names } = this.#deps.list;
		return this.#made(piece, withNames(old.bones, piece.names?.map((at) => names[at] ?? '') ?? []), old);
	}

	async #fromHome(piece: Piece, cache: Cache): Promise<Response | undefined> {
		const [home] = this.#deps.pieces;
		if (!piece.recipe || !home) return undefined;
		const kept = await cache.match(this.#key(home));
		if (!kept) return undefined;
		const text = await kept.clone().text();
		const steps = piece.recipe.map((step) =>
			typeof step === 'string' ? step : text.slice(step[0], step[0] + step[1])
		);
		return this.#made(piece, steps.join(''), kept);
	}

	/** Undefined when it has not become what the build says, as where the host has changed the page it was made from. */
	async #made(
		piece: Piece,
		text: string,
		{ headers }: Pick<Response, 'headers'>
	): Promise<Response | undefined> {
		return (await digest(text)) === piece.hash ? new Response(text, { headers }) : undefined;
	}

	/** Past the browser's own cache only when that has something else: what the page has just loaded costs nothing. */
	async #fetched(piece: Piece): Promise<Response> {
		for (const cache of ['default', 'reload'] as const) {
			const response = await this.#deps.fetch(new URL(piece.url, this.#deps.base), {
				cache,
				credentials: 'same-origin'
			});
			const content = new Uint8Array(await response.arrayBuffer());
			const isLast = cache === 'reload';
			const isGood =
				piece.kind === 'file' && !isLast
					? (await digest(content)) === piece.hash
					: await this.#isWhole(piece, content.buffer);
			if (!response.ok || !isGood) continue;
			const headers = new Headers(response.headers);
			for (const name of OF_THE_WIRE) headers.delete(name);
			return new Response(content, { headers });
		}
		throw new Error(`not of this build: ${piece.url}`);
	}

	/** The host may have changed a page or a file; a page that starts another build, or has no end, is none of ours. */
	async #isWhole({ kind, hash }: Piece, content: ArrayBuffer): Promise<boolean> {
		if (kind === 'file') return content.byteLength > 0;
		const bytes = new Uint8Array(content);
		if ((await digest(bytes)) === hash) return true;
		if (kind === 'code') return false;
		const text = new TextDecoder().decode(bytes);
		return text.includes(this.#deps.list.start) && text.trimEnd().endsWith('</html>');
	}
}

interface OldText {
	readonly bones: string;
	readonly headers: Headers;
}

async function olderTexts(cache: Cache): Promise<ReadonlyMap<string, OldText>> {
	const texts = new Map<string, OldText>();
	for (const key of await cache.keys()) {
		const kept = await cache.match(key);
		const apart = kept && bonesOf(await kept.clone().text());
		if (kept && apart) texts.set(await digest(apart.bones), { bones: apart.bones, headers: kept.headers });
	}
	return texts;
}

import { bonesOf } from './bones.ts';
import { digest, type Piece } from './pieces.ts';

/** The part of a Cache that a shelf uses, in memory. */
export class MemoryCache {
	readonly entries = new Map<string, Response>();

	keys(): Promise<readonly { readonly url: string }[]> {
		return Promise.resolve([...this.entries.keys()].map((url) => ({ url })));
	}

	match(key: string | { readonly url: string }): Promise<Response | undefined> {
		return Promise.resolve(this.entries.get(typeof key === 'string' ? key : key.url)?.clone());
	}

	put(key: string, response: Response): Promise<void> {
		this.entries.set(key, response.clone());
		return Promise.resolve();
	}

	delete(key: string): Promise<boolean> {
		return Promise.resolve(this.entries.delete(key));
	}
}

/** A piece as the build would describe that content, with its names put behind `names`. */
export async function pieceOf(
	url: string,
	kind: Piece['kind'],
	content: string,
	names: string[] = []
): Promise<Piece> {
	const apart = kind === 'file' ? undefined : bonesOf(content);
	if (!apart) return { url, kind, hash: await digest(content) };
	const at = apart.names.map((name) => names.push(name) - 1);
	return { url, kind, hash: await digest(content), bones: await digest(apart.bones), names: at };
}

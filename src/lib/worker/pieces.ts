/** A part of a page, as the page of the base has it (start and length), or a text of its own. */
export type Step = readonly [start: number, length: number] | string;

/** One file of the build that the worker keeps. */
export interface Piece {
	/** Below the base, as the browser asks for it: '', 'history/', '_app/immutable/chunks/ab12cd34.js'. */
	readonly url: string;
	/**
	 * `code` is named by its content; `page` is a document; `file` is everything else. Whoever hosts the phone may have changed
	 * a page or a file (a title, an icon), never code.
	 */
	readonly kind: 'code' | 'page' | 'file';
	/** Of the content as it was built: {@link digest}. */
	readonly hash: string;
	/** {@link digest} of the content without the names that change with every build, and what these are in this build. */
	readonly bones?: string;
	/** Places in {@link PieceList.names}. */
	readonly names?: readonly number[];
	/** How it comes from the first piece of the shell, the page of the base. */
	readonly recipe?: readonly Step[];
}

/** What the build tells the worker about itself. */
export interface PieceList {
	/** The file that starts the program: every page of this build names it. */
	readonly start: string;
	/** What {@link Piece.names} point to. */
	readonly names: readonly string[];
	/** Needed by every phone; the page of the base comes first. */
	readonly shell: readonly Piece[];
	/** Needed by phones with lines of that kind only. */
	readonly byKind: Readonly<Record<string, readonly Piece[]>>;
}

/** The first 72 bits of SHA-256, in 12 characters. */
export async function digest(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 9);
	return btoa(String.fromCharCode(...hash))
		.replaceAll('+', '-')
		.replaceAll('/', '_');
}

/** What to do about the request for a document. */
export type PageAnswer =
	| { readonly kind: 'kept'; readonly address: string }
	| { readonly kind: 'moved'; readonly to: string }
	| { readonly kind: 'unknown' };

/**
 * Pages have relative paths: each is right at one address only, so that another spelling of it is sent there, as a static
 * host does. `?query` belongs to the page's program.
 */
export function pageAt(asked: URL, isKept: (address: string) => boolean): PageAnswer {
	const plain = new URL(asked.pathname, asked);
	if (isKept(plain.href)) return { kind: 'kept', address: plain.href };
	const folder = new URL(plain.pathname.replace(/(?:\/index\.html|\/*)$/, '/'), plain);
	if (folder.href === plain.href || !isKept(folder.href)) return { kind: 'unknown' };
	folder.search = asked.search;
	return { kind: 'moved', to: folder.href };
}

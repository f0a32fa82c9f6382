import { ownName } from '#lib/core/own-name.ts';

/**
 * What the app calls its own on a shared origin. Several phones, and strangers, may live on one origin (all project sites
 * of one GitHub user do), so every storage key, database, lock and channel carries the path the app is served from. That
 * keeps accidents apart; an attacker on the same origin is not kept out by a name.
 */
export interface BasePath {
	/** Absolute address of the folder that holds index.html, with a slash at the end, no query and no fragment. */
	readonly url: string;
	/** The name of one thing of this app: `offhook:/softphone/:settings`. */
	name(thing: string): string;
}

/** `root` is the app's own root, absolute or relative to `page`: what SvelteKit's resolve('/') gives. */
export function basePath(root: string, page: string): BasePath {
	const url = new URL('.', new URL(root, page));
	url.search = '';
	url.hash = '';
	return { url: url.href, name: (thing) => ownName(url.pathname, thing) };
}

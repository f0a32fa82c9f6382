import { pageAt } from './pages.ts';
import type { Shelf } from './shelf.ts';

export interface RequestDeps {
	readonly shelves: readonly Pick<Shelf, 'has' | 'answer'>[];
	/** Address of the phone's folder. */
	readonly base: string;
	readonly fetch: typeof fetch;
}

type Asked = Pick<Request, 'url' | 'method' | 'mode' | 'headers'>;

/**
 * Gives answers for the files of the build, and for documents. All else is left to the browser as if there were no worker
 * (undefined): what is posted, other origins, the token server, config.json and version.json, parts of files, and whatever
 * has a query.
 */
export function requestAnswers({ shelves, base, fetch }: RequestDeps) {
	const { origin } = new URL(base);
	const shelfOf = (address: string) => shelves.find((shelf) => shelf.has(address));
	/** A worker that fails is as none. */
	const kept = async (address: string, request: Asked): Promise<Response> => {
		try {
			const answer = await shelfOf(address)?.answer(address);
			if (answer) return answer;
		} catch {
			// The network may know better.
		}
		return fetch(request as Request);
	};

	async function page(url: URL, request: Asked): Promise<Response> {
		const found = pageAt(url, (address) => shelfOf(address) !== undefined);
		if (found.kind === 'kept') return kept(found.address, request);
		if (found.kind === 'moved') return Response.redirect(found.to, 302);
		return fetch(request as Request).catch(() => lostPage());
	}

	/** What a static host says where it has nothing. */
	async function lostPage(): Promise<Response> {
		const address = new URL('404.html', base).href;
		const words = await shelfOf(address)?.answer(address);
		return words ? new Response(words.body, { status: 404, headers: words.headers }) : Response.error();
	}

	return (request: Asked): Promise<Response> | undefined => {
		const url = new URL(request.url);
		if (request.method !== 'GET' || url.origin !== origin) return undefined;
		if (request.mode === 'navigate') return page(url, request);
		if (request.headers.has('range') || !shelfOf(url.href)) return undefined;
		return kept(url.href, request);
	};
}

import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What answers requests as the platforms of the web hand them over. */
export type Fetch = (request: Request) => Promise<Response>;

/** Puts such an answerer behind node:http; it sees its requests as sent to `base`, with their path changed by `rewrite`. */
export function fetchListener(
	base: string,
	answer: Fetch,
	rewrite: (path: string) => string = (path) => path
): RequestListener {
	return (incoming, outgoing) => {
		const { method = 'GET', url = '/', rawHeaders } = incoming;
		void (async () => {
			const body = await buffer(incoming);
			const pairs = rawHeaders.flatMap((name, at) =>
				at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as [string, string]] : []
			);
			const response = await answer(
				new Request(base + rewrite(url), {
					method,
					headers: pairs.filter(([name]) => !/^(connection|content-length|host)$/i.test(name)),
					...(method === 'GET' || method === 'HEAD' ? {} : { body })
				})
			);
			outgoing.writeHead(response.status, Object.fromEntries(response.headers));
			outgoing.end(Buffer.from(await response.arrayBuffer()));
		})().catch((error: unknown) => {
			outgoing.destroy(error instanceof Error ? error : undefined);
		});
	};
}

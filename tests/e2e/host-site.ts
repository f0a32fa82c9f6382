import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of somebody else, of two origins on one server: pages that open the phone, or put it into a frame. */
export interface HostSite {
	/** `http://localhost:PORT`. */
	readonly origin: string;
	/** `http://127.0.0.1:PORT`: the same pages under another name. */
	readonly stranger: string;
	/** What it shows. */
	html: string;
	/** What it shows at `/between`. */
	between: string;
	close(): Promise<void>;
}

export async function startHostSite(): Promise<HostSite> {
	const site = { html: '<!doctype html><title>Host</title>', between: '' };
	const server = createServer(({ url }, response) => {
		const html = url === '/between' ? site.between : site.html;
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return Object.assign(site, {
		origin: `http://localhost:${port}`,
		stranger: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	});
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from './fixtures.ts';

let host: Server;
let html = '';

test.beforeEach(async () => {
	host = createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Host</title>${html}`);
	});
	await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
});

test.afterEach(async () => {
	host.closeAllConnections();
	await new Promise((resolve) => host.close(resolve));
});

const address = () => `http://localhost:${(host.address() as AddressInfo).port}/`;

async function hasNothingToPress(page: Page, count: number): Promise<void> {
	for (let index = 0; index < count; index++) {
		const frame = page.frameLocator('iframe').nth(index);
		await expect(frame.getByRole('link', { name: 'Open the phone in its own window' })).toBeVisible();
		await expect(frame.getByRole('button')).toHaveCount(0);
		await expect(frame.getByRole('textbox')).toHaveCount(0);
		await expect(frame.getByRole('combobox')).toHaveCount(0);
	}
}

test('in a frame there is a link to the phone and nothing to press', async ({ page, served, guard }) => {
	const frames = ['', 'sandbox="allow-scripts allow-same-origin"', 'allow="microphone"'];
	html = frames.map((how) => `<iframe ${how} src="${served.site.url}?to=1"></iframe>`).join('');
	guard.allowHost(address());
	await page.goto(address());
	await hasNothingToPress(page, frames.length);
	expect(await page.evaluate(() => window.witness.live())).toEqual({ tracks: 0, peers: 0, sockets: 0 });
});

test('nor is there in a frame that has no origin and no scripts', async ({ page, served, guard }) => {
	const frames = ['sandbox="allow-scripts"', 'sandbox'];
	html = frames.map((how) => `<iframe ${how} src="${served.site.url}?to=1"></iframe>`).join('');
	guard.allowHost(address());
	// Scripts of a page without an origin are refused by the browser, ours too.
	guard.expectToSee(/from origin 'null' has been blocked|net::ERR_FAILED|^uncaught: $|sandboxed/);
	await page.goto(address());
	await hasNothingToPress(page, frames.length);
});

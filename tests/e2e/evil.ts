import { EVIL, type Page, type Phone } from './fixtures.ts';

/** A site of somebody else on the same host, and so of the same origin. */
export async function evilPage(phone: Phone, evil: Record<string, string>): Promise<Page> {
	evil['index.html'] = '<!doctype html><title>Evil</title><link rel="icon" href="data:,">';
	evil['worker.js'] = 'self.addEventListener("fetch", () => {});';
	const page = await phone.page.context().newPage();
	await page.goto(`${EVIL}index.html`);
	return page;
}

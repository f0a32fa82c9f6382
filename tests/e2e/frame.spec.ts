import { expect, test, type Page } from './fixtures.ts';
import { startHostSite, type HostSite } from './host-site.ts';

let host: HostSite;

test.beforeEach(async ({ guard }) => {
	host = await startHostSite();
	guard.allowHost(host.origin);
	guard.allowHost(host.stranger);
	guard.mayLog(/favicon\.ico/);
});

test.afterEach(async () => host.close());

/** In double quotes inside an attribute in double quotes. */
const quoted = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const ANY = 'allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-downloads';

/** Each puts one phone into a page of somebody else; `url` is the phone's address. */
const FRAMINGS: Readonly<Record<string, (url: string) => string>> = {
	'a frame': (url) => `<iframe src="${url}"></iframe>`,
	'with the microphone allowed': (url) => `<iframe allow="microphone" src="${url}"></iframe>`,
	'with everything allowed to everyone': (url) =>
		`<iframe allow="microphone *; autoplay *; speaker-selection *; clipboard-read *" src="${url}?to=1"></iframe>`,
	'in a sandbox with its own origin': (url) =>
		`<iframe sandbox="allow-scripts allow-same-origin" src="${url}"></iframe>`,
	'in a sandbox that allows all but the top': (url) =>
		`<iframe sandbox="${ANY}" allow="microphone" src="${url}?to=1&call"></iframe>`,
	'two deep, both ours to see': (url) =>
		`<iframe srcdoc="${quoted(`<iframe allow="microphone" src="${url}"></iframe>`)}"></iframe>`,
	'two deep, with a third origin between': () =>
		`<iframe allow="microphone" src="${host.stranger}/between"></iframe>`,
	'an object': (url) => `<object data="${url}" type="text/html" width="300" height="200"></object>`,
	'an embed': (url) => `<embed src="${url}" type="text/html" width="300" height="200">`,
	'a frameset': (url) =>
		`<iframe srcdoc="${quoted(`<frameset rows="*"><frame src="${url}"></frameset>`)}"></iframe>`,
	'of one pixel, transparent, on top of bait': (url) =>
		`<button>Win</button><iframe style="opacity:0.01;width:1px;height:1px;position:absolute" src="${url}?to=1"></iframe>`,
	'cut out and enlarged, so that one button fills it': (url) =>
		`<iframe style="transform:scale(4);clip-path:inset(40% 40%)" src="${url}?to=1"></iframe>`,
	'named like the top': (url) => `<iframe name="top" src="${url}"></iframe>`,
	'opened by its name': (url) =>
		`<iframe name="later"></iframe><script>open('${url}?to=1', 'later')</script>`,
	'taken out and put back': (url) =>
		`<div id="place"><iframe id="moved" src="${url}"></iframe></div><script>
			const moved = document.getElementById('moved');
			moved.addEventListener('load', () => { moved.remove(); document.getElementById('place').append(moved); }, { once: true });
		</script>`,
	'without credentials': (url) => `<iframe credentialless src="${url}"></iframe>`,
	'as a kiosk': (url) => `<iframe allow="microphone" src="${url}?kiosk"></iframe>`,
	'of another page of it': (url) => `<iframe allow="microphone" src="${url}diagnostics/?run"></iframe>`
};

/** No script runs there, or none of ours: the browser refuses scripts to a page without an origin. */
const SCRIPTLESS: Readonly<Record<string, (url: string) => string>> = {
	'in a sandbox that allows nothing': (url) => `<iframe sandbox src="${url}?to=1"></iframe>`,
	'in a sandbox without an origin': (url) => `<iframe sandbox="allow-scripts" src="${url}?to=1"></iframe>`,
	'in a sandbox of forms': (url) => `<iframe sandbox="allow-forms allow-popups" src="${url}?to=1"></iframe>`
};

const CONTROLS =
	'button, input, select, textarea, summary, [tabindex="0"], [role="button"], [contenteditable], audio[controls]';

const phonesIn = (page: Page, url: string) =>
	page.frames().filter((frame) => frame.parentFrame() !== null && frame.url().startsWith(url));

async function hasNothingToPress(page: Page, url: string, count: number): Promise<void> {
	const phones = () => phonesIn(page, url);
	await expect.poll(() => phones().length).toBe(count);
	for (const frame of phones()) {
		const where = frame.url();
		const link = frame.getByRole('link', { name: 'Open the phone in its own window' });
		await expect(link, where).toHaveCount(1);
		await expect(link, where).toHaveAttribute('target', '_blank');
		await expect(frame.locator(CONTROLS).filter({ visible: true }), where).toHaveCount(0);
		await expect(frame.locator('a').filter({ visible: true }), where).toHaveCount(1);
	}
}

test(`${Object.keys(FRAMINGS).length} ways of framing show a link to the phone, nothing to press, and open no microphone`, async ({
	page,
	served,
	setTwilioLine,
	exchange,
	identity,
	farCalls
}) => {
	setTwilioLine({}, { embed: { origins: [host.origin] }, kiosk: { buttons: [{ label: 'Desk', to: '1' }] } });
	const { url } = served.site;
	host.between = `<!doctype html><title>Between</title><iframe allow="microphone" src="${url}"></iframe>`;
	const framings = Object.entries(FRAMINGS);
	host.html = `<!doctype html><title>Host</title>${framings.map(([, html]) => html(url)).join('')}`;
	await page.goto(host.origin);
	await hasNothingToPress(page, url, framings.length);

	// Keys that reach a frame type nothing, and what the host says is not heard.
	for (const frame of phonesIn(page, url)) {
		const element = await frame.frameElement();
		await element.evaluate((node) => (node as HTMLElement).focus());
		for (const key of ['5', 'Backspace']) await page.keyboard.press(key);
	}
	await page.evaluate((origin) => {
		for (let at = 0; at < frames.length; at++)
			for (const type of ['prefill', 'dial', 'watch'])
				frames[at]?.postMessage({ offhook: 1, type, to: '1' }, { targetOrigin: '*' });
		return origin;
	}, host.origin);
	await hasNothingToPress(page, url, framings.length);
	for (const frame of phonesIn(page, url)) {
		const { made, live } = await frame.evaluate(() => ({
			made: window.witness.made(),
			live: window.witness.live()
		}));
		expect([made.microphones, live], frame.url()).toEqual([0, { tracks: 0, peers: 0, sockets: 0 }]);
	}
	expect(farCalls()).toEqual([]);
	expect(exchange.phones().filter((one) => one.identity === identity)).toEqual([]);
});

test(`nor is there anything in ${Object.keys(SCRIPTLESS).length} frames that have no origin and no scripts`, async ({
	page,
	served,
	guard
}) => {
	// Scripts of a page without an origin are refused by the browser, ours too.
	guard.expectToSee(/from origin 'null' has been blocked|net::ERR_FAILED|^uncaught: $|sandboxed/);
	const framings = Object.values(SCRIPTLESS);
	host.html = `<!doctype html><title>Host</title>${framings.map((html) => html(served.site.url)).join('')}`;
	await page.goto(host.origin);
	await hasNothingToPress(page, served.site.url, framings.length);
});

test('a page of the same origin that frames the phone gets no controls either', async ({ page, served }) => {
	const { url } = served.site;
	served.evil['index.html'] =
		`<!doctype html><title>Evil</title><link rel="icon" href="data:,"><iframe allow="microphone" src="${url}?to=1"></iframe>`;
	await page.goto('/evil/index.html');
	await hasNothingToPress(page, url, 1);
});

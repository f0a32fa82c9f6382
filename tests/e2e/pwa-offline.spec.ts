import { ownName } from '../../src/lib/core/own-name.ts';
import { stamped } from '../../src/lib/worker/stamp/stamp.ts';
import { expect, test } from './fixtures.ts';
import { cached, FOLDER, isKept, startHost } from './pwa-site.ts';

test.use({ serviceWorkers: 'allow' });

test('without a network the phone starts, with its lines, its history and the checkup', async ({
	phone,
	context,
	guard,
	setConfig
}) => {
	guard.mayLog(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
	setConfig({ name: 'Acme phone', lines: [{ id: 'practice', kind: 'practice', label: 'Practice desk' }] });
	await phone.open('./', 'Practice desk');
	await phone.talks('1');
	await phone.hangUp();
	await isKept(phone.page);

	await context.setOffline(true);
	await phone.page.reload();
	await expect(phone.page).toHaveTitle(/Acme phone/);
	await expect(phone.status('Practice desk')).toHaveText('Ready');
	await phone.talks('1');
	await phone.hangUp();
	await phone.close();

	await phone.page.goto('history');
	await expect(phone.page).toHaveURL(/\/history\/$/);
	await expect(phone.rows).toHaveCount(2);
	await phone.page.goto('diagnostics/?run');
	await expect(phone.page.getByRole('list', { name: 'Findings' })).toContainText(/offline|network/i);
	await phone.page.goto('no/such/page');
	await expect(phone.page.getByRole('heading', { level: 1 }).first()).toHaveText(
		'There is no page at this address'
	);
	await context.setOffline(false);
});

test('only files of the build are kept, and no answer of a token server', async ({
	phone,
	setTwilioLine,
	served,
	exchange
}) => {
	setTwilioLine();
	await phone.open('./', 'Support desk');
	await isKept(phone.page);
	await phone.page.reload();
	await expect(phone.status('Support desk')).toHaveText('Ready');
	const token = new URL(exchange.tokenUrl());
	// Also one that lives among the phone's own files.
	const answers = await phone.page.evaluate(
		async (path) =>
			Promise.all([fetch(path), fetch('./version.json'), fetch('./?to=1')]).then((all) => all.length),
		token.href
	);
	expect(answers).toBe(3);

	const { pathname } = new URL(served.site.url);
	const shell = ownName(pathname, 'cache:shell');
	const caches = await cached(phone.page);
	expect(Object.keys(caches)).toEqual([shell]);
	const wanted = stamped(FOLDER)?.shell.map(({ url }) => new URL(url, served.site.url).href);
	const kept = caches[shell]?.map((address) => address.replace(/\?build=.*$/, ''));
	expect([...(kept ?? [])].sort()).toEqual([...(wanted ?? [])].sort());
});

test('what LiveKit needs is kept while there is a LiveKit line', async ({
	phone,
	setConfig,
	exchange,
	served
}) => {
	const sdk = stamped(FOLDER)?.byKind['livekit']?.map(({ url }) => new URL(url, served.site.url).href);
	const name = ownName(new URL(served.site.url).pathname, 'cache:livekit');
	await phone.open();
	await isKept(phone.page);
	expect(await cached(phone.page)).not.toHaveProperty([name]);

	setConfig({
		lines: [
			{ id: 'practice', kind: 'practice' },
			{ id: 'agent', kind: 'livekit', label: 'Agent', token: { url: exchange.tokenUrl() } }
		]
	});
	await phone.open();
	await expect
		.poll(async () => [...((await cached(phone.page))[name] ?? [])].sort(), { timeout: 30_000 })
		.toEqual([...(sdk ?? ['nothing'])].sort());

	setConfig({ lines: [{ id: 'practice', kind: 'practice' }] });
	await phone.open();
	await expect
		.poll(async () => Object.keys(await cached(phone.page)), { timeout: 30_000 })
		.not.toContain(name);
});

test('a broken or deleted copy is fetched anew', async ({ phone, context, served }) => {
	await phone.open();
	await isKept(phone.page);
	await phone.page.reload();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	const shell = ownName(new URL(served.site.url).pathname, 'cache:shell');
	const before = (await cached(phone.page))[shell] ?? [];
	await phone.page.evaluate(async (name) => {
		const cache = await caches.open(name);
		for (const [at, { url }] of (await cache.keys()).entries()) {
			const type = { 'content-type': url.endsWith('.js') ? 'text/javascript' : 'text/html' };
			if (at % 3 === 0) await cache.delete(url);
			if (at % 3 === 1) await cache.put(url, new Response('<!doctype html>Please log in', { headers: type }));
			if (at % 3 === 2) await cache.put(url, new Response('', { headers: type }));
		}
	}, shell);
	// What a running worker has looked at it trusts; browsers stop it within a minute.
	const devtools = await context.newCDPSession(phone.page);
	await devtools.send('ServiceWorker.enable');
	await devtools.send('ServiceWorker.stopAllWorkers');
	await phone.page.reload();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await phone.talks('1');
	await phone.hangUp();
	const whole = await phone.page.evaluate(async (name) => {
		const cache = await caches.open(name);
		const page = await (await cache.match('./', { ignoreSearch: true }))?.text();
		return page?.trimEnd().endsWith('</html>');
	}, shell);
	expect(whole).toBe(true);
	expect(before.length).toBeGreaterThan(30);
});

test('a worker that breaks is as none', async ({ phone, guard }) => {
	const host = await startHost();
	guard.allowHost(host.site.url);
	host.overlay['service-worker.js'] = 'throw new Error("broken")';
	await phone.open(host.site.url);
	await expect
		.poll(() => host.sent.some(({ path }) => path === '/service-worker.js'), { timeout: 15_000 })
		.toBe(true);
	await phone.talks('1');
	await phone.hangUp();
	expect(await phone.page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
	await host.site.close();
});

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { ownName } from '#lib/core/own-name.ts';
import { CheckupPage } from './checkup-page.ts';
import { expect, test, type Page, type Phone } from './fixtures.ts';
import { expectNoHarm, OWN_KINDS, watchHarm } from './harm.ts';
import { HOSTILE, HOSTILE_LABELS, plainly, SOME_HOSTILE } from './hostile.ts';

const PRACTICE = { id: 'practice', kind: 'practice' };

/** A token server and a socket server that say the same words about everything: those of the number in the address. */
async function startSpiteful() {
	const wordsFor = (url = '') => HOSTILE[Number(url.split('/')[2])] ?? '';
	const server = createServer((request, response) => {
		const words = wordsFor(request.url);
		response
			.writeHead(request.method === 'OPTIONS' ? 204 : 400, {
				'access-control-allow-origin': request.headers.origin ?? '*',
				'access-control-allow-headers': 'content-type',
				'content-type': 'application/json'
			})
			.end(request.method === 'OPTIONS' ? '' : JSON.stringify({ error: words, message: words }));
	});
	new WebSocketServer({ server }).on('connection', (socket, request) => {
		const words = wordsFor(request.url);
		const at = HOSTILE.indexOf(words);
		for (const one of [words, HOSTILE[at + 2], HOSTILE[at + 3]]) socket.send(one ?? '');
		// A close frame has room for 123 bytes.
		socket.close(4000, Buffer.from(words.toWellFormed().slice(0, 30)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		httpUrl: `http://127.0.0.1:${port}`,
		wsUrl: `ws://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

/** The words of every list item stand in it, as words. */
async function areThere(page: Page, selector: string, wanted: readonly string[]): Promise<void> {
	const shown = (await page.locator(selector).allTextContents()).join('\n');
	const letters = [...shown.matchAll(/[\p{L}\p{N}]/gu)].join('');
	expect(wanted.filter((words) => !letters.includes(plainly(words)))).toEqual([]);
}

const opensAll = async (phone: Phone, path: string) => {
	await phone.page.goto(path);
	await expect(phone.page.getByRole('main')).toBeVisible();
	await expect(phone.status('Practice line')).toHaveText('Ready', { timeout: 20_000 });
	await expectNoHarm(phone.page, path);
};

test(`${HOSTILE.length} labels and answers of token servers are text on every page`, async ({
	phone,
	setConfig,
	guard
}) => {
	guard.mayLog(/status of 400/);
	const spiteful = await startSpiteful();
	guard.allowHost(spiteful.httpUrl);
	await watchHarm(phone.page);
	setConfig({
		lines: [
			PRACTICE,
			...HOSTILE_LABELS.map((label, at) => ({
				id: `n${at}`,
				kind: 'twilio',
				label,
				token: { url: `${spiteful.httpUrl}/t/${at}` }
			}))
		]
	});
	for (const path of ['history/', 'settings/', 'setup/', 'diagnostics/', './']) await opensAll(phone, path);
	await phone.button('All lines and what is wrong').click();
	const items = phone.page.getByRole('dialog', { name: 'Lines' }).getByRole('listitem');
	await expect(items).toHaveCount(HOSTILE.length + 1);
	await expect(items.filter({ hasText: 'Fault: token-endpoint.refused' })).toHaveCount(HOSTILE.length, {
		timeout: 30_000
	});
	await expectNoHarm(phone.page, 'the lines');
	await areThere(phone.page, 'dialog li', HOSTILE_LABELS);
	for (const text of await items.allTextContents()) expect(text.length).toBeLessThan(1_000);
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
	await phone.line.selectOption({ index: 5 });
	await expect(phone.line).toHaveValue('n4');
	spiteful.close();
});

test('what lines, probes and their servers say is text in the checkup and in its report', async ({
	phone,
	context,
	setConfig,
	guard
}) => {
	guard.mayLog(/^console: (Failed to load resource|WebSocket connection to|Access to fetch)/);
	await context.grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
	const spiteful = await startSpiteful();
	const some = SOME_HOSTILE.map((words) => HOSTILE.indexOf(words));
	for (const address of [spiteful.httpUrl, spiteful.wsUrl]) guard.allowHost(address);
	await watchHarm(phone.page);
	setConfig({
		lines: [
			PRACTICE,
			...some.slice(0, 8).map((number, at) => ({
				id: `n${at}`,
				kind: 'livekit',
				label: HOSTILE_LABELS[number],
				serverUrl: spiteful.wsUrl,
				token: { url: `${spiteful.httpUrl}/t/${number}` }
			}))
		],
		probes: some.map((number, at) => ({
			id: `p${at}`,
			label: HOSTILE_LABELS[number],
			url: `${spiteful.wsUrl}/p/${number}`,
			expect: { message: 'connected', withinSeconds: 1 }
		}))
	});
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.runs();
	await expectNoHarm(phone.page, 'the checkup');
	await areThere(
		phone.page,
		'main',
		some.map((number) => HOSTILE_LABELS[number] ?? '')
	);
	const { text, report } = await checkup.report();
	expect(report.causes.length).toBeGreaterThan(some.length);
	expect(text.length).toBeLessThan(1_000_000);
	await checkup.copy.click();
	const copied = await phone.page.evaluate(() => navigator.clipboard.readText());
	expect(copied.length).toBeGreaterThan(1_000);
	expect(copied.length).toBeLessThan(500_000);
	spiteful.close();
});

test(`${HOSTILE.length} names of the phone are text in its title, whoever has set them up`, async ({
	phone,
	base,
	served
}) => {
	await watchHarm(phone.page);
	await phone.open();
	served.evil['index.html'] = '<!doctype html><title>Evil</title><link rel="icon" href="data:,">';
	const evil = await phone.page.context().newPage();
	await evil.goto('/evil/index.html');
	for (const [at, name] of HOSTILE_LABELS.entries()) {
		const config = { name, lines: [{ ...PRACTICE, label: `${at}. ${name}`.slice(0, 60) }] };
		await evil.evaluate(([key, config]) => localStorage.setItem(key, JSON.stringify(config)), [
			ownName(base, 'own-config'),
			config
		] as const);
		const harm = await phone.page.evaluate(
			([mark, title, kinds]) =>
				new Promise<string[]>((resolve) => {
					const look = () => {
						const letters = [...document.title.matchAll(/[\p{L}\p{N}]/gu)].join('');
						const status = document.querySelector(`[role=status][aria-label^="${mark}"]`);
						if (!status || !letters.includes(title)) return;
						watching.disconnect();
						resolve(window.harm(kinds));
					};
					const watching = new MutationObserver(look);
					watching.observe(document, {
						childList: true,
						subtree: true,
						attributes: true,
						characterData: true
					});
					look();
				}),
			[`${at}. `, plainly(name), OWN_KINDS] as const
		);
		expect(harm, name).toEqual([]);
	}
	await expectNoHarm(phone.page, 'the last name');
	await phone.talks('1');
	await phone.hangUp();
});

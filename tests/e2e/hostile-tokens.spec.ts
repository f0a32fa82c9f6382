import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CheckupPage } from './checkup-page.ts';
import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';
import { expectNoHarm, OWN_KINDS, watchHarm } from './harm.ts';
import { HOSTILE, plainly, SOME_HOSTILE } from './hostile.ts';
import { STRANGE_CLAIMS, unsigned } from './hostile-claims.ts';

const PROBING = /^console: (Failed to load resource|WebSocket connection to|Access to fetch)/;
const SHAPES = Object.entries(STRANGE_CLAIMS);
const HOUR_S = 3_600;
const end = () => Math.round(Date.now() / 1_000) + HOUR_S;

/** Of which every text and every name is those words; `who` is whose token it is. */
function claimsOf(words: string, who = ''): string {
	const some = `${who}${words.slice(0, 200)}`;
	const name = words.slice(0, 60);
	return JSON.stringify({
		exp: end(),
		...{ iss: some, sub: some, jti: some, name: some, metadata: some, [name]: some },
		grants: { identity: some, voice: { incoming: { allow: true }, outgoing: { application_sid: some } } },
		video: { room: some, roomJoin: true, [name]: some },
		attributes: { [name]: some },
		roomConfig: { agents: [{ agentName: some, metadata: some }] }
	});
}

/** As a token server says them: in the token, beside it, and in the header of it. */
const answerOf = (words: string, payload: string, who = '') => {
	const some = `${who}${words.slice(0, 200)}`;
	const header = { alg: some, typ: some, cty: some, kid: some, [words.slice(0, 60)]: some };
	return {
		...{
			token: unsigned(payload, header),
			identity: `${who}${words.slice(0, 20_000)}`,
			participant_identity: some,
			message: some
		},
		[words.slice(0, 60)]: some
	};
};

/** A token server at `/t` that answers as `answer` says, by the address. */
async function startTokenServer(answer: (path: string) => object) {
	const server = createServer(({ method, url = '', headers }, response) => {
		const isAsked = method !== 'OPTIONS' && url.startsWith('/t');
		const status = isAsked ? 200 : method === 'OPTIONS' ? 204 : 404;
		response
			.writeHead(status, {
				'access-control-allow-origin': headers.origin ?? '*',
				'access-control-allow-headers': 'content-type',
				'content-type': 'application/json'
			})
			.end(isAsked ? JSON.stringify(answer(url)) : '');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

/** Presses "Test token"; what the page then shows of it. */
const tested = (page: Page) =>
	page.evaluate(async (kinds) => {
		const named = (name: string) =>
			[...document.querySelectorAll('main button')].find(({ textContent }) => textContent.trim() === name);
		const button = named('Test token');
		if (!(button instanceof HTMLElement)) throw new Error('no button');
		await new Promise<void>((resolve) => {
			let isBusy = false;
			const watching = new MutationObserver(() => {
				const wasBusy = isBusy;
				isBusy = button.ariaDisabled === 'true';
				if (!wasBusy || isBusy) return;
				watching.disconnect();
				resolve();
			});
			watching.observe(button, { attributes: true });
			button.click();
		});
		const region = document.querySelector('[role=region][aria-label="What the token says"]');
		const harm = window.harm(kinds);
		for (const one of region?.querySelectorAll('td bdi') ?? [])
			if (!getComputedStyle(one).unicodeBidi.includes('isolate')) harm.push('not isolated');
		const texts = (selector: string) =>
			[...(region?.querySelectorAll(selector) ?? [])].map(({ textContent }) => textContent);
		return { harm, names: texts('tbody th'), values: texts('tbody td') };
	}, OWN_KINDS);

const lettersOf = (texts: readonly string[]): string =>
	[...texts.join('\n').matchAll(/[\p{L}\p{N}]/gu)].join('');

for (const kind of ['twilio', 'livekit'] as const) {
	test(`what ${HOSTILE.length} tokens of a ${kind} line and their servers say is text where a token is tested`, async ({
		phone,
		setConfig,
		guard,
		exchange
	}) => {
		guard.mayLog(PROBING);
		let answer: object = answerOf('', '{}');
		const server = await startTokenServer(() => answer);
		guard.allowHost(server.url);
		await watchHarm(phone.page);
		const token = { url: `${server.url}/t` };
		const place =
			kind === 'twilio' ? { gateway: exchange.gateway } : { serverUrl: server.url.replace('http', 'ws') };
		setConfig({ lines: [{ id: 'desk', kind, token, ...place }] });
		await phone.page.goto('diagnostics/');
		await expect(phone.button('Test token')).toBeVisible();
		const harms: unknown[] = [];
		for (const words of HOSTILE) {
			answer = answerOf(words, claimsOf(words));
			const { harm, names, values } = await tested(phone.page);
			const isThere = [names, values].every((texts) => lettersOf(texts).includes(plainly(words)));
			if (harm.length > 0 || !isThere) harms.push({ words: words.slice(0, 80), harm, isThere });
		}
		expect(harms).toEqual([]);
		for (const [what, [payload, rows]] of SHAPES) {
			answer = { token: unsigned(payload, {}) };
			const { harm, names } = await tested(phone.page);
			expect(harm, what).toEqual([]);
			expect(
				names.filter((name) => name !== 'header'),
				what
			).toHaveLength(rows);
		}
		server.close();
	});
}

test('what tokens claim is text in the checkup, and nobody’s name goes into its report', async ({
	phone,
	context,
	setConfig,
	guard,
	exchange
}) => {
	guard.mayLog(PROBING);
	await context.grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
	const NAME = 'Mallory';
	const some = SOME_HOSTILE.filter((_, at) => at % 2 === 1);
	const payloads = [
		...some.map((words) => claimsOf(words, `${NAME} `)),
		...SHAPES.map(([, [payload]]) => payload)
	];
	const server = await startTokenServer((path) => {
		const at = Number(path.split('/')[2]?.split('?')[0]);
		return answerOf(some[at] ?? '', payloads[at] ?? '{}', `${NAME} `);
	});
	for (const address of [server.url, server.url.replace('http', 'ws')]) guard.allowHost(address);
	await watchHarm(phone.page);
	setConfig({
		lines: payloads.map((_, at) => ({
			...{ id: `n${at}`, label: `Line ${at}`, token: { url: `${server.url}/t/${at}` } },
			...(at % 2 === 0
				? { kind: 'twilio', gateway: exchange.gateway }
				: { kind: 'livekit', serverUrl: server.url.replace('http', 'ws') })
		}))
	});
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.runs();
	await expectNoHarm(phone.page, 'the checkup');
	const { text, report } = await checkup.report();
	expect(report.causes.length).toBeGreaterThan(some.length / 2);
	expect(text.length).toBeLessThan(1_000_000);
	await checkup.copy.click();
	const copied = await phone.page.evaluate(() => navigator.clipboard.readText());
	expect(copied.length).toBeLessThan(500_000);
	for (const said of [text, copied]) {
		expect(said).not.toContain(NAME);
		expect(said).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}/);
	}
	server.close();
});

test('who the phone is, as a token server says it, is text where it calls itself', async ({
	phone,
	setTwilioLine,
	exchange,
	farCalls
}) => {
	await watchHarm(phone.page);
	setTwilioLine();
	let identity = '';
	await phone.page.route(exchange.tokenUrl(), async (route) => {
		if (route.request().method() !== 'POST') return route.continue();
		const answer = await route.fetch();
		const given = (await answer.json()) as object;
		await route.fulfill({ response: answer, json: { ...given, identity } });
	});
	// Each is a real call; half a character is what the vendor's program cannot send.
	const some = [...SOME_HOSTILE.filter((_, at) => at % 6 === 0), 'Ada \ud83d'];
	for (const [at, words] of some.entries()) {
		identity = words;
		await phone.open('diagnostics/', TWILIO_LABEL);
		await phone.button('Can I be reached?').click();
		await expect.poll(() => farCalls().length, words.slice(0, 80)).toBe(at + 1);
		await expect(phone.button('Can I be reached?')).toHaveAttribute('aria-disabled', 'false');
		await expectNoHarm(phone.page, words.slice(0, 80));
		// Whatever it says, it is the name of a client and no number.
		expect(farCalls().at(-1)).toMatchObject({
			direction: 'out',
			to: `client:${words.slice(0, 500).toWellFormed()}`
		});
	}
	await phone.page.goto('history/');
	await expect(phone.rows).not.toHaveCount(0);
	await expectNoHarm(phone.page, 'the history');
});

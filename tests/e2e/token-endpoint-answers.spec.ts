import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { ScriptedServer } from '../support/scripted-server.ts';
import { expect, test } from './fixtures.ts';

const KEY = 'open-sesame';
const MEBI = 1024 * 1024;
const LIMIT = 64 * 1024;

type Headers = Record<string, string | undefined>;

/** One kind of answer, on a line of its own. */
interface Row {
	/** Undefined: a token comes of it, and the line works. */
	readonly fault?: string;
	/** What is told of it besides. */
	readonly says?: string;
	readonly answer?: (response: ServerResponse, page: string, token: string) => void;
	/** Another address than the scripted server's. */
	readonly url?: (server: ScriptedServer) => string;
	readonly auth?: 'none' | 'cookie';
}

const CORS = (page: string): Headers => ({
	'access-control-allow-origin': page,
	'access-control-allow-headers': 'authorization, content-type',
	'access-control-expose-headers': 'retry-after'
});

const send =
	(status: number, body: string | Buffer = '', more: Headers = {}): NonNullable<Row['answer']> =>
	(response, page, token) => {
		for (const [name, value] of Object.entries({ ...CORS(page), ...more }))
			if (value !== undefined) response.setHeader(name, value);
		response.writeHead(status).end(typeof body === 'string' ? body.replace('JWT', token) : body);
	};

/** Writes for as long as somebody reads. */
const endless: NonNullable<Row['answer']> = (response, page) => {
	response.writeHead(200, CORS(page) as Record<string, string>);
	const more = () => {
		while (!response.destroyed && response.write('x'.repeat(16_384)));
		if (!response.destroyed) response.once('drain', more);
	};
	more();
};

const GOOD = '{"token":"JWT"}';
const unreachable = { fault: 'token-endpoint.unreachable' };
let flaps = 0;

const ROWS: Readonly<Record<string, Row>> = {
	refused: { ...unreachable, auth: 'none', url: () => 'http://127.0.0.1:9/token' },
	'a name that is not there': { ...unreachable, auth: 'none', url: () => 'https://tokens.invalid/token' },
	'no TLS': { ...unreachable, auth: 'none', url: ({ origin }) => `${origin.replace('http', 'https')}/token` },
	'never an answer': { fault: 'token-endpoint.no-answer', says: 'seconds: 60', answer: () => {} },
	'an answer after nine seconds': { answer: () => {} },
	// Without the key: a server that refuses it makes the phone forget it, on the other lines too.
	'401': {
		fault: 'token-endpoint.unauthorized',
		says: 'said: who?',
		auth: 'none',
		answer: send(401, '{"error":"who?"}')
	},
	'403': { fault: 'token-endpoint.unauthorized', says: 'said: no', answer: send(403, '{"error":"no"}') },
	'404': { fault: 'token-endpoint.not-found', answer: send(404, '<h1>Not found</h1>') },
	'429 with Retry-After': {
		fault: 'token-endpoint.rate-limited',
		says: 'retryAfterSeconds: 3000',
		answer: send(429, '', { 'retry-after': '3000' })
	},
	'500': { fault: 'token-endpoint.server-error', says: 'status: 500', answer: send(500, 'oops') },
	'503': { fault: 'token-endpoint.server-error', says: 'status: 503', answer: send(503) },
	'a web page': { fault: 'token-endpoint.not-json', answer: send(200, '<!doctype html><title>App</title>') },
	empty: { fault: 'token-endpoint.token-missing', answer: send(200) },
	'JSON without a token': { fault: 'token-endpoint.token-missing', answer: send(200, '{"ok":true}') },
	'a token of the wrong type': {
		fault: 'token-endpoint.token-missing',
		says: 'found: number',
		answer: send(200, '{"token":17}')
	},
	'a token that is no JWT': { fault: 'twilio-token.malformed', answer: send(200, '{"token":"hello"}') },
	'50 MB': { fault: 'token-endpoint.too-large', answer: send(200, Buffer.alloc(50 * MEBI, 'x')) },
	'without an end': { fault: 'token-endpoint.too-large', answer: endless },
	'twenty redirects': {
		fault: 'token-endpoint.redirected',
		answer: send(307, '', { location: '/again/20' })
	},
	'a redirect to another origin': { fault: 'token-endpoint.redirected' },
	'no CORS header': { ...unreachable, answer: send(200, GOOD, { 'access-control-allow-origin': undefined }) },
	'CORS for anyone, with cookies': {
		...unreachable,
		auth: 'cookie',
		answer: send(200, GOOD, {
			'access-control-allow-origin': '*',
			'access-control-allow-credentials': 'true'
		})
	},
	'nothing for other sites to see': {
		...unreachable,
		answer: send(200, GOOD, {
			'access-control-allow-origin': 'null',
			'cross-origin-resource-policy': 'same-origin'
		})
	},
	'a gzip bomb, 1:1000': {
		fault: 'token-endpoint.too-large',
		answer: send(200, gzipSync(Buffer.alloc(20 * MEBI)), { 'content-encoding': 'gzip' })
	},
	'a byte order mark': { answer: send(200, `\ufeff${GOOD}`) },
	'UTF-16': {
		fault: 'token-endpoint.not-json',
		says: 'found: utf-16',
		answer: send(200, Buffer.from(`\ufeff${GOOD}`, 'utf16le'))
	},
	'the same key twice': { answer: send(200, '{"token":"first","token":"JWT"}') },
	'every other time': {
		answer: (response, page, token) =>
			(flaps += 1) % 2 === 1 ? response.destroy() : send(200, GOOD)(response, page, token)
	},
	'keys of every object': {
		fault: 'token-endpoint.token-missing',
		answer: send(200, '{"__proto__":{"token":"a","pwned":1},"constructor":{"prototype":{"pwned":1}}}')
	},
	'ten thousand levels': {
		fault: 'token-endpoint.token-missing',
		answer: send(200, `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)
	},
	'half of it': {
		...unreachable,
		answer: (response, page) => {
			response.writeHead(200, { ...CORS(page), 'content-length': '100' } as Record<string, string>);
			response.write('{', () => response.destroy());
		}
	}
};

/** What is read of a body, as long as it may still be read. */
function countReading(): void {
	const reader = ReadableStreamDefaultReader.prototype;
	const { read } = reader;
	const sizes = new WeakMap<object, number>();
	reader.read = async function (this: ReadableStreamDefaultReader) {
		const before = sizes.get(this) ?? 0;
		Object.assign(window, { mostRead: Math.max(before, (Reflect.get(window, 'mostRead') as number) || 0) });
		const result = await read.call(this);
		if (result.value instanceof Uint8Array) sizes.set(this, before + result.value.byteLength);
		return result;
	};
}

test(`${Object.keys(ROWS).length} kinds of answer that a token server can give`, async ({
	phone,
	setConfig,
	exchange,
	identity,
	guard
}) => {
	const names = Object.keys(ROWS);
	flaps = 0;
	const waiting = new Map<string, () => void>();
	const other = new ScriptedServer((response) => void response.writeHead(204).end());
	const lineOf = (request: IncomingMessage) => names[Number(request.url?.split('/')[2])] ?? '';
	const server = new ScriptedServer((response, request) => {
		const { origin: page = '' } = request.headers;
		if (request.method === 'OPTIONS') return send(204)(response, page, '');
		const name = lineOf(request);
		const token = exchange.mint('good', { identity: `${identity}_${names.indexOf(name)}` });
		if (name === 'a redirect to another origin')
			return send(307, '', { location: `${other.origin}/token` })(response, page, token);
		waiting.set(name, () => send(200, GOOD)(response, page, token));
		ROWS[name]?.answer?.(response, page, token);
	});
	await Promise.all([server.start(), other.start()]);
	// A redirect that is not followed is a request to Playwright all the same: the other server itself knows better.
	for (const address of [server.origin, other.origin, 'http://127.0.0.1:9', 'https://tokens.invalid'])
		guard.allowHost(address);
	guard.mayLog(/^console: (Access to fetch|Failed to load resource)/);
	setConfig({
		lines: [
			{ id: 'practice', kind: 'practice', label: 'Practice line' },
			...Object.entries(ROWS).map(([label, { url, auth = 'bearer' }], at) => ({
				id: `n${at}`,
				kind: 'twilio',
				label: `<${label}>`,
				gateway: exchange.gateway,
				token: { url: url?.(server) ?? `${server.origin}/token/${at}`, auth: { kind: auth } }
			}))
		]
	});

	await phone.page.clock.install();
	await phone.page.addInitScript(countReading);
	await phone.open('settings/');
	// Of one line that is named: the lines ask for their keys one after another, so which is the first one changes.
	const wanting = phone.page.getByRole('main').getByRole('listitem').filter({ hasText: '<403>' });
	await wanting.getByLabel('Access key').fill(KEY);
	await wanting.getByRole('button', { name: 'Use', exact: true }).click();
	await phone.go('Phone');
	await phone.button('All lines and what is wrong').click();
	const sheet = phone.page.getByRole('dialog', { name: 'Lines' });
	const entry = (name: string) => sheet.getByRole('listitem').filter({ hasText: `<${name}>` });
	const isTold = async (name: string) => {
		const { fault, says } = ROWS[name] ?? {};
		if (!fault) return expect(entry(name), name).toContainText(/Ready/, { timeout: 20_000 });
		await expect(entry(name), name).toContainText(`Fault: ${fault}`, { timeout: 20_000 });
		// In words, not by its code alone, and with a way on.
		await expect(entry(name).getByText(/^(\S+ ){4,}\S+\.$/), name).not.toHaveCount(0);
		await expect(entry(name).getByRole('button', { name: 'Try again' }), name).toBeVisible();
		if (says) await expect(entry(name), name).toContainText(says);
	};
	const isLate = (name: string) => /^(never|an answer after|every other)/.test(name);
	for (const name of names.filter((name) => !isLate(name))) await isTold(name);
	await expect.poll(() => [...waiting.keys()]).toContain('an answer after nine seconds');
	await phone.page.clock.fastForward(9_000);
	await expect(entry('an answer after nine seconds')).toContainText('Still waiting');
	waiting.get('an answer after nine seconds')?.();
	await isTold('an answer after nine seconds');
	await isTold('every other time');
	await phone.page.clock.fastForward(52_000);
	await isTold('never an answer');

	expect(await phone.page.evaluate(() => Reflect.get(window, 'mostRead') as number)).toBeLessThanOrEqual(
		LIMIT
	);
	expect(await phone.page.evaluate(() => 'pwned' in {})).toBe(false);
	expect(other.seen).toEqual([]);
	expect(server.seen.filter(({ url }) => url.includes('/again/'))).toEqual([]);
	const asked = server.seen.filter(({ method }) => method === 'POST');
	expect(new Set(asked.map(({ headers }) => headers.authorization))).toEqual(
		new Set([`Bearer ${KEY}`, undefined])
	);

	await sheet.getByRole('button', { name: 'Close' }).last().click();
	await phone.line.selectOption({ label: 'Practice line' });
	await phone.talks('1');
	await phone.hangUp();
	await Promise.all([server.stop(), other.stop()]);
});

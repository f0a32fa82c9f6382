import type { ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '#lib/core/secret.ts';
import { send, type Answer } from '../support/scripted-server.ts';
import { EndpointStage, jwt } from './endpoint-stage.ts';

let stage: EndpointStage;

beforeEach(() => {
	stage = new EndpointStage();
	return stage.start();
});

afterEach(() => stage.stop());

describe('no token comes, and the cause has a name', () => {
	test.each([
		[
			'401',
			send(401, '{"error":"sign in"}'),
			'token-endpoint.unauthorized',
			{ status: 401, said: 'sign in' }
		],
		['403', send(403), 'token-endpoint.unauthorized', { status: 403 }],
		['404', send(404, '<h1>Not found</h1>'), 'token-endpoint.not-found', { status: 404 }],
		[
			'405',
			send(405, '', { allow: 'GET' }),
			'token-endpoint.method-not-allowed',
			{ method: 'POST', allow: 'GET' }
		],
		['429', send(429, '', { 'retry-after': '30' }), 'token-endpoint.rate-limited', { retryAfterSeconds: 30 }],
		['500', send(500, 'oops'), 'token-endpoint.server-error', { status: 500, said: 'oops' }],
		['503', send(503), 'token-endpoint.server-error', { status: 503 }],
		[
			'500, keys',
			send(500, '{"error":"TWILIO_API_KEY is not set"}'),
			'token-endpoint.keys-missing',
			{ status: 500 }
		],
		['400', send(400, '{"message":"identity?"}'), 'token-endpoint.refused', { said: 'identity?' }],
		['page', send(200, '<!doctype html><title>App</title>'), 'token-endpoint.not-json', { found: 'html' }],
		['empty', send(200), 'token-endpoint.token-missing', { found: 'nothing' }],
		['204', send(204), 'token-endpoint.token-missing', { found: 'nothing' }],
		['no token', send(200, '{"ok":true}'), 'token-endpoint.token-missing', { found: 'nothing' }],
		['empty token', send(200, '{"token":""}'), 'token-endpoint.token-missing', { found: 'empty' }],
		['wrong type', send(200, '{"token":17}'), 'token-endpoint.token-missing', { found: 'number' }],
		[
			'elsewhere',
			send(200, JSON.stringify({ data: { jwt } })),
			'token-endpoint.token-elsewhere',
			{ path: 'data.jwt' }
		],
		[
			'UTF-16',
			send(200, Buffer.from(`\ufeff${JSON.stringify({ token: jwt })}`, 'utf16le')),
			'token-endpoint.not-json',
			{ found: 'utf-16' }
		],
		[
			'too large',
			send(200, Buffer.alloc(50 * 1024 * 1024, 'x')),
			'token-endpoint.too-large',
			{ limitKiB: 64 }
		],
		[
			'gzip bomb',
			send(200, gzipSync(Buffer.alloc(20 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
			'token-endpoint.too-large',
			{ limitKiB: 64 }
		],
		[
			'a large refusal',
			send(500, Buffer.alloc(1024 * 1024, 'x')),
			'token-endpoint.server-error',
			{ status: 500 }
		],
		['broken gzip', send(200, 'not gzip', { 'content-encoding': 'gzip' }), 'token-endpoint.unreachable', {}],
		[
			'cut off',
			(response: ServerResponse) =>
				response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
			'token-endpoint.unreachable',
			{}
		],
		['hung up', (response: ServerResponse) => response.destroy(), 'token-endpoint.unreachable', {}]
	] satisfies [string, Answer, string, object][])('%s', async (_, answer, fault, facts) => {
		stage.server.answer = answer;
		expect(await stage.refusal(stage.endpoint().ask())).toMatchObject({
			fault,
			facts: { origin: stage.server.origin, ...facts }
		});
	});

	test.each([301, 302, 303, 307, 308])(
		'a redirect (%i) is not followed, wherever it leads',
		async (status) => {
			stage.bearers.give(stage.server.origin, new Secret('open-sesame'));
			for (const location of [`${stage.other.origin}/token`, '/app/token', './x']) {
				stage.server.answer = send(status, '', { location });
				expect(await stage.refusal(stage.endpoint({ auth: 'bearer' }).ask())).toMatchObject({
					fault: 'token-endpoint.redirected'
				});
			}
			expect(stage.server.seen).toHaveLength(3);
			expect(stage.other.seen).toEqual([]);
		}
	);

	test('an endless answer is left after 64 KiB', async () => {
		let closed: Promise<void> | undefined;
		stage.server.answer = (response) => {
			closed = new Promise((resolve) => response.on('close', resolve));
			const more = () => {
				while (!response.destroyed && response.write('x'.repeat(16_384)));
				if (!response.destroyed) response.once('drain', more);
			};
			more();
		};
		expect(await stage.refusal(stage.endpoint().ask())).toMatchObject({ fault: 'token-endpoint.too-large' });
		await closed;
	});

	test('a refused port', async () => {
		const { origin } = stage.other;
		await stage.other.stop();
		expect(await stage.refusal(stage.endpoint({ url: `${origin}/t` }).ask())).toMatchObject({
			fault: 'token-endpoint.unreachable',
			facts: { origin }
		});
		await stage.other.start();
	});

	test('a name that does not exist', async () => {
		expect(await stage.refusal(stage.endpoint({ url: 'https://nothere.invalid/t' }).ask())).toMatchObject({
			fault: 'token-endpoint.unreachable'
		});
	});

	test('a server that speaks no TLS', async () => {
		const tls = stage.server.origin.replace('http:', 'https:');
		expect(await stage.refusal(stage.endpoint({ url: `${tls}/t` }).ask())).toMatchObject({
			fault: 'token-endpoint.unreachable'
		});
	});

	test('no HTTP at all', async () => {
		const babble = createTcpServer((socket) => socket.resume().end('hello\r\n\r\n'));
		await new Promise<void>((resolve) => babble.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(babble.address() as AddressInfo).port}/`;
		expect(await stage.refusal(stage.endpoint({ url }).ask())).toMatchObject({
			fault: 'token-endpoint.unreachable'
		});
		await new Promise((resolve) => babble.close(resolve));
	});

	test('no network', async () => {
		stage.server.answer = (response) => response.destroy();
		expect(await stage.refusal(stage.endpoint({}, { online: false }).ask())).toMatchObject({
			fault: 'network.offline'
		});
	});

	test('an address that is not allowed is not asked', async () => {
		expect(await stage.refusal(stage.endpoint({ url: 'http://tokens.example.com/t' }).ask())).toMatchObject({
			fault: 'token-endpoint.insecure'
		});
	});

	test('every other answer fails: the others come', async () => {
		let turn = 0;
		stage.server.answer = (response) => ((turn += 1) % 2 === 1 ? response.destroy() : response.end(jwt));
		const flapping = stage.endpoint();
		expect(await stage.refusal(flapping.ask())).toMatchObject({ fault: 'token-endpoint.unreachable' });
		expect((await flapping.ask()).secret.reveal()).toBe(jwt);
	});
});

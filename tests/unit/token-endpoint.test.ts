import type { ServerResponse } from 'node:http';
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

describe('a token comes', () => {
	test('for a request as the contract has it', async () => {
		const fresh = await stage.endpoint({ headers: { apikey: 'anon' } }).ask();
		expect(fresh.secret.reveal()).toBe(jwt);
		expect(stage.server.seen).toMatchObject([
			{ method: 'POST', url: '/app/token', body: '{"identity":"alice"}' }
		]);
		expect(stage.server.seen[0]?.headers).toMatchObject({
			'content-type': 'application/json',
			apikey: 'anon'
		});
		expect(stage.server.seen[0]?.headers).not.toHaveProperty('authorization');
		expect(stage.clock.pending).toBe(0);
	});

	test('with GET, without a body', async () => {
		await stage.endpoint({ method: 'GET' }).ask();
		expect(stage.server.seen).toMatchObject([{ method: 'GET', url: '/app/token?identity=alice', body: '' }]);
	});

	test('with the time at the server, where it can be read', async () => {
		stage.server.answer = send(200, jwt, { date: 'Tue, 14 Nov 2023 22:13:20 GMT' });
		expect((await stage.endpoint().ask()).serverTime).toBe(1_700_000_000_000);
	});

	test.each([
		['201', send(201, JSON.stringify({ token: jwt }))],
		['bare JWT', send(200, jwt, { 'content-type': 'application/jwt' })],
		['byte order mark', send(200, `\ufeff${JSON.stringify({ token: jwt })}`)],
		['wrong content type', send(200, JSON.stringify({ token: jwt }), { 'content-type': 'text/html' })],
		['gzip', send(200, gzipSync(JSON.stringify({ token: jwt })), { 'content-encoding': 'gzip' })],
		['duplicate keys: the last counts', send(200, `{"token":"first","token":"${jwt}"}`)],
		['just under 64 KiB', send(200, JSON.stringify({ token: jwt, pad: 'x'.repeat(65_000) }))]
	] satisfies [string, Answer][])('%s', async (_, answer) => {
		stage.server.answer = answer;
		expect((await stage.endpoint().ask()).secret.reveal()).toBe(jwt);
	});
});

describe('waiting', () => {
	test('is said after 8 s, and over when the answer comes', async () => {
		let answerNow = () => {};
		stage.server.answer = (response) => (answerNow = () => void response.end(jwt));
		const sleeping = stage.endpoint();
		const arrived = stage.server.nextRequest();
		const asked = sleeping.ask();
		await arrived;
		stage.clock.pass(7_999);
		expect(sleeping.slow.value).toBe(false);
		stage.clock.pass(1);
		expect(sleeping.slow.value).toBe(true);
		answerNow();
		expect((await asked).secret.reveal()).toBe(jwt);
		expect(sleeping.slow.value).toBe(false);
	});

	test.each([
		['no answer', () => {}],
		['half an answer', (response: ServerResponse) => response.writeHead(200).write('{')]
	] satisfies [string, Answer][])('%s: given up at 60 s', async (_, answer) => {
		stage.server.answer = answer;
		const arrived = stage.server.nextRequest();
		const asked = stage.refusal(stage.endpoint().ask());
		await arrived;
		stage.clock.pass(59_999);
		stage.clock.pass(1);
		expect(await asked).toMatchObject({ fault: 'token-endpoint.no-answer', facts: { seconds: 60 } });
	});

	test('ends when nobody wants the token any more', async () => {
		let closed: Promise<void> | undefined;
		stage.server.answer = (response) => {
			closed = new Promise((resolve) => response.on('close', resolve));
		};
		const leaving = new AbortController();
		const arrived = stage.server.nextRequest();
		const asked = stage.refusal(stage.endpoint().ask(leaving.signal));
		await arrived;
		leaving.abort();
		expect(await asked).toMatchObject({ fault: 'command.not-now' });
		await closed;
	});

	test('does not begin for nobody', async () => {
		expect(await stage.refusal(stage.endpoint().ask(AbortSignal.abort()))).toMatchObject({
			fault: 'command.not-now'
		});
		expect(stage.server.seen).toEqual([]);
	});
});

describe('the bearer', () => {
	test('is asked for, then sent', async () => {
		const guarded = stage.endpoint({ auth: 'bearer' });
		expect(await stage.refusal(guarded.ask())).toMatchObject({
			fault: 'token-endpoint.bearer-missing',
			facts: { origin: stage.server.origin }
		});
		await stage.refusal(guarded.ask());
		expect(stage.server.seen).toEqual([]);
		expect(stage.bearers.wanted.value).toEqual([{ lineId: 'desk', origin: stage.server.origin }]);
		stage.bearers.give(stage.server.origin, new Secret('open-sesame'));
		expect(stage.bearers.wanted.value).toEqual([]);
		await guarded.ask();
		expect(stage.server.seen[0]?.headers.authorization).toBe('Bearer open-sesame');
	});

	test('goes to its own origin only', async () => {
		stage.bearers.give(stage.server.origin, new Secret('open-sesame'));
		expect(
			await stage.refusal(stage.endpoint({ auth: 'bearer', url: `${stage.other.origin}/t` }).ask())
		).toMatchObject({
			fault: 'token-endpoint.bearer-missing'
		});
		await stage.endpoint({ url: `${stage.other.origin}/t` }).ask();
		expect(stage.other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
	});

	test.each([
		[401, 'token-endpoint.bearer-missing'],
		[403, 'token-endpoint.unauthorized']
	])('after a %i', async (status, then) => {
		stage.bearers.give(stage.server.origin, new Secret('old'));
		stage.server.answer = send(status);
		const guarded = stage.endpoint({ auth: 'bearer' });
		expect(await stage.refusal(guarded.ask())).toMatchObject({ fault: 'token-endpoint.unauthorized' });
		expect(await stage.refusal(guarded.ask())).toMatchObject({ fault: then });
	});

	test('one that was given meanwhile outlives the refusal of the old one', async () => {
		stage.bearers.give(stage.server.origin, new Secret('old'));
		stage.server.answer = (response) => {
			stage.bearers.give(stage.server.origin, new Secret('new'));
			response.writeHead(401).end();
		};
		await stage.refusal(stage.endpoint({ auth: 'bearer' }).ask());
		expect(stage.bearers.ask('desk', stage.server.origin)?.reveal()).toBe('new');
	});

	test('no error carries it, nor the token', async () => {
		stage.bearers.give(stage.server.origin, new Secret('open-sesame'));
		stage.server.answer = send(400, JSON.stringify({ error: `bad ${jwt}` }));
		const error = await stage.refusal(stage.endpoint({ auth: 'bearer' }).ask());
		expect(JSON.stringify(error)).not.toMatch(/open-sesame|eyJ/);
	});

	test.each([
		['none', 'omit'],
		['bearer', 'omit'],
		['cookie', 'include']
	] as const)('with auth %s the browser is told: credentials %s', async (auth, credentials) => {
		stage.bearers.give(stage.server.origin, new Secret('open-sesame'));
		const told: RequestInit[] = [];
		const spy: typeof fetch = (url, init) => {
			told.push(init ?? {});
			return fetch(url, init);
		};
		await stage.endpoint({ auth }, { fetch: spy }).ask();
		expect(told).toMatchObject([
			{ credentials, redirect: 'manual', referrerPolicy: 'no-referrer', cache: 'no-store' }
		]);
	});
});

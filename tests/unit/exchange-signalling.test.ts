import { describe, expect, test } from 'vitest';
import { startExchange } from '../exchange/exchange.ts';
import { startSite } from '../support/site.ts';
import { useExchange } from './at-the-exchange.ts';
import { WirePhone } from './wire-phone.ts';

const at = useExchange();

describe('listen and register', () => {
	test('over TLS and without', async () => {
		await at.registered('tess', at.exchange.gateway);
		await at.registered('pat');
		expect(at.exchange.phones()).toEqual(
			expect.arrayContaining([
				{ identity: 'tess', registered: true, sockets: 1, listens: 1, registers: 1, mostRegistered: 1 },
				{ identity: 'pat', registered: true, sockets: 1, listens: 1, registers: 1, mostRegistered: 1 }
			])
		);
	});

	test('connected names the identity and the seconds left', async () => {
		const phone = await at.opened();
		phone.send('listen', { token: at.exchange.mint('short', { identity: 'ada', ttl: 30 }) });
		const { payload } = await phone.next('connected');
		expect(payload).toMatchObject({ token: { identity: 'ada' } });
		const { ttl } = payload['token'] as { ttl: number };
		expect([29, 30]).toContain(ttl);
	});

	test('register false is answered by offline', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		phone.send('register', { media: { audio: false } });
		await phone.next('offline');
		await expect(at.exchange.ring({ identity, from: '+12025550190' })).rejects.toThrow(identity);
	});

	test.each([
		['expired', 31205],
		['wrong-secret', 31202],
		['malformed', 31204]
	] as const)('a token that is %s gets %i, and the socket stays', async (kind, code) => {
		const phone = await at.opened();
		phone.send('listen', { token: at.exchange.mint(kind) });
		expect((await phone.next('error')).payload.error?.code).toBe(code);
		phone.send('listen', { token: at.exchange.mint() });
		await phone.next('connected');
	});

	test('nothing is done for a phone that has not listened', async () => {
		const phone = await at.opened();
		await phone.dial('100');
		expect((await phone.next('error')).payload.error?.code).toBe(31204);
	});

	test('nonsense is passed over', async () => {
		const phone = await at.registered();
		for (const [type, payload] of [
			['invite', {}],
			['dance', {}],
			['hangup', { callsid: 'CAnone' }]
		] as const) {
			phone.send(type, payload);
		}
		phone.send('register', { media: { audio: true } });
		expect((await phone.next('ready', 'hangup', 'error')).type).toBe('ready');
	});

	test('identities with manners', async () => {
		const storm = await at.opened();
		storm.send('listen', { token: at.exchange.mint('good', { identity: 'storm_1' }) });
		expect(await storm.closed).toBe(1006);
		const refused = await at.opened();
		refused.send('listen', { token: at.exchange.mint('good', { identity: 'refused_1' }) });
		await refused.next('connected');
		refused.send('register', { media: { audio: true } });
		expect((await refused.next('error', 'ready')).payload.error?.code).toBe(31201);
	});

	test('an expired token is named when the exchange is told to', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		expect(at.exchange.expire(identity)).toBe(1);
		expect((await phone.next('error')).payload.error?.code).toBe(31205);
	});

	test('sockets are refused for a while under the name that asked for it', async () => {
		const host = at.exchange.httpUrl.replace('localhost', '127.0.0.1');
		await fetch(`${host}/exchange/refuse`, { method: 'POST', body: JSON.stringify({ ms: 60_000 }) });
		await expect(WirePhone.open(host.replace('http', 'ws'))).rejects.toThrow('503');
		await at.registered();
	});
});

test('another server can lend its port', async () => {
	const site = await startSite({ folder: 'tests', handle: at.exchange.handle });
	const giveBack = at.exchange.attach(site.server);
	const answer = await fetch(`${site.url}token?identity=lodger`, { method: 'POST' });
	const { token } = (await answer.json()) as { token: string };
	const phone = await WirePhone.registered(site.url.replace(/^http(.*)\/$/, 'ws$1'), token);
	await phone.dial('102');
	await phone.next('hangup');
	await phone.close();
	giveBack();
	await site.close();
});

test('close() ends calls, sockets and ports', async () => {
	const own = await startExchange();
	const phone = await WirePhone.registered(own.plainGateway, own.mint());
	await phone.dial('130');
	await phone.next('ringing');
	await own.close();
	await own.close();
	expect(await phone.closed).toBe(1006);
	await expect(fetch(own.tokenUrl())).rejects.toThrow();
	await expect(WirePhone.open(own.gateway)).rejects.toThrow('ECONNREFUSED');
});

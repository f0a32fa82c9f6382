import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../exchange/exchange.ts';
import { BEARER } from '../exchange/token-endpoints.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await startExchange();
});
afterAll(() => exchange.close());

const post = (url: string, body?: object, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(url, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'content-type': 'application/json', ...headers },
		...(body ? { body: JSON.stringify(body) } : {})
	});

const claimsOf = (token: string): { grants: { identity: string }; iat: number; exp: number } =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as ReturnType<typeof claimsOf>;

describe('token endpoints', () => {
	test('the default one answers as the contract says', async () => {
		const answer = (await (await post(exchange.tokenUrl(), { identity: 'ada' })).json()) as { token: string };
		expect(Object.keys(answer)).toEqual(['token']);
		expect(claimsOf(answer.token)).toMatchObject({
			grants: { identity: 'ada', voice: { incoming: { allow: true } } }
		});
	});

	test('GET works, too', async () => {
		const answer = (await (
			await fetch(exchange.tokenUrl('short', { identity: 'bob', ttl: '7' }))
		).json()) as {
			token: string;
		};
		const { grants, iat, exp } = claimsOf(answer.token);
		expect(grants.identity).toBe('bob');
		expect(exp - iat).toBe(7);
	});

	test('the clock can be moved: tokens, the date of the answer, and back again', async () => {
		const own = await startExchange();
		const read = async () => {
			const answer = await post(own.tokenUrl(), {});
			const { token } = (await answer.json()) as { token: string };
			const exposed = answer.headers.get('access-control-expose-headers');
			return { iat: claimsOf(token).iat, date: Date.parse(answer.headers.get('date') ?? ''), exposed };
		};
		const hour = 3_600_000;
		await post(`${own.httpUrl}/exchange/clock`, { aheadMs: hour });
		const ahead = await read();
		expect(Math.abs(ahead.iat * 1000 - Date.now() - hour)).toBeLessThan(60_000);
		expect(Math.abs(ahead.date - Date.now() - hour)).toBeLessThan(60_000);
		expect(ahead.exposed).toBe('date');
		own.setClock(0);
		const back = await read();
		expect(Math.abs(back.iat * 1000 - Date.now())).toBeLessThan(60_000);
		expect(Math.abs(back.date - Date.now())).toBeLessThan(60_000);
		expect(back.exposed).toBeNull();
		await own.close();
	});

	test.each([
		['401', 401],
		['403', 403],
		['404', 404],
		['405', 405],
		['429', 429],
		['500', 500],
		['bearer', 401],
		['html', 200],
		['empty', 200],
		['redirect', 307]
	] as const)('/token/%s has status %i', async (name, status) => {
		expect((await post(exchange.tokenUrl(name))).status).toBe(status);
	});

	test('bearer', async () => {
		const answer = await post(exchange.tokenUrl('bearer'), {}, { authorization: `Bearer ${BEARER}` });
		expect(await answer.json()).toHaveProperty('token');
	});

	test('any origin may ask, with any header', async () => {
		const origin = 'http://localhost:1234';
		const preflight = await fetch(exchange.tokenUrl(), {
			method: 'OPTIONS',
			headers: { origin, 'access-control-request-headers': 'authorization,x-own' }
		});
		expect(preflight.status).toBe(204);
		expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
		expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,x-own');
	});

	test('unknown ones are not found', async () => {
		expect((await post(`${exchange.httpUrl}/token/nonsense`)).status).toBe(404);
		expect((await fetch(`${exchange.httpUrl}/elsewhere`)).status).toBe(404);
	});
});

test('ringing nobody is a conflict', async () => {
	const answer = await post(`${exchange.httpUrl}/exchange/ring`, {
		identity: 'nobody',
		from: '+12025550190'
	});
	expect(answer.status).toBe(409);
	expect(await answer.text()).toContain('nobody');
});

test('the plan can be read', async () => {
	const plan = (await (await fetch(`${exchange.httpUrl}/exchange/plan`)).json()) as {
		numbers: { name: string }[];
	};
	expect(plan.numbers.map(({ name }) => name)).toContain('echo');
});

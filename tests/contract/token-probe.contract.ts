import { describe, expect, inject, test } from 'vitest';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import { Secret } from '#lib/core/secret.ts';
import { probeToken } from '#lib/diagnostics/probes/token.ts';
import { clock } from './twilio-bench.ts';

const { httpUrl } = inject('servers');
const { httpUrl: exchange } = inject('exchange');
/** Nothing listens on the discard port. */
const DEAD = 'localhost:9';

describe('a token', () => {
	const settings = (url: string, more: Partial<TokenSettings> = {}): TokenSettings => ({
		url,
		method: 'POST',
		auth: 'none',
		headers: {},
		style: 'snake',
		response: {},
		...more
	});
	const ask = (url: string, more: Partial<TokenSettings> = {}, bearer?: string) =>
		probeToken(
			{
				settings: settings(url, more),
				request: { kind: 'twilio', line: 'desk', identity: 'alice_probe' },
				base: location.href,
				bearer: () => (bearer === undefined ? undefined : new Secret(bearer))
			},
			{ clock, signal: new AbortController().signal }
		);

	test('that is good: its claims and never its signature', async () => {
		const { evidence, secret } = await ask(`${exchange}/token/good`);
		expect(evidence).toMatchObject({
			bearer: 'not-needed',
			tokenForm: 'jwt',
			tokenAt: 'token',
			asked: { method: 'POST', preflight: true, status: 200, body: 'json' },
			claims: { payload: { grants: { identity: 'alice_probe' } } }
		});
		const signature = secret?.reveal().split('.')[2] ?? '';
		expect(signature.length).toBeGreaterThan(20);
		expect(JSON.stringify(evidence)).not.toContain(signature);
		expect(evidence.asked?.excerpt).toBeUndefined();
		expect(evidence.again).toBeUndefined();
	});

	test('that stands elsewhere, is missing, or is a page', async () => {
		expect((await ask(`${exchange}/token/elsewhere`)).evidence).toMatchObject({
			tokenForm: 'missing',
			jwtElsewhereAt: 'data.credentials.voice',
			keys: ['data', 'data.credentials']
		});
		expect((await ask(`${exchange}/token/empty`)).evidence).toMatchObject({ tokenForm: 'missing', keys: [] });
		expect((await ask(`${exchange}/token/html`)).evidence).toMatchObject({ asked: { body: 'html' } });
		expect((await ask(`${exchange}/token/html`)).evidence.tokenForm).toBeUndefined();
	});

	test('that is refused, in the words of its server', async () => {
		const { evidence, secret } = await ask(`${httpUrl}/json`, { response: { token: 'token' } });
		expect(secret).toBeUndefined();
		expect(evidence).toMatchObject({ said: 'TWILIO_SECRET is not set' });
		expect((await ask(`${exchange}/token/403`)).evidence).toMatchObject({
			asked: { status: 403 },
			said: 'forbidden'
		});
	});

	test('that has ended on arrival is asked for once more', async () => {
		const { evidence } = await ask(`${exchange}/token/expired`);
		expect(evidence.again?.status).toBe(200);
		expect(evidence.againClaims?.payload?.['exp']).toBeDefined();
	});

	test('that never comes is looked at otherwise meanwhile', async () => {
		const hasty = { ...clock, monotonic: () => clock.monotonic() * 10 };
		const after = (ms: number, task: () => void) => clock.after(ms / 10, task);
		const { evidence } = await probeToken(
			{
				settings: settings(`${httpUrl}/hang`),
				request: { kind: 'twilio', line: 'desk' },
				base: location.href,
				bearer: () => undefined
			},
			{ clock: { ...hasty, after }, signal: new AbortController().signal }
		);
		const pending = { outcome: 'pending' };
		expect(evidence).toMatchObject({ asked: pending, noCors: pending, simple: pending });
		const { asked, noCors } = evidence;
		// Wall time is left as it is, so that ten seconds of the clock are one of it.
		expect(noCors?.at).toBeLessThan((asked?.at ?? 0) + (asked?.ms ?? 0) / 10);
	});

	test('behind CORS, behind nobody, and with a bearer that nobody has given', async () => {
		const cors = (await ask(`${httpUrl}/no-cors`)).evidence;
		expect(cors).toMatchObject({
			asked: { outcome: 'rejected' },
			noCors: { outcome: 'opaque' },
			simple: { outcome: 'rejected' }
		});
		const dead = (await ask(`http://${DEAD}/token`)).evidence;
		expect(dead).toMatchObject({ asked: { outcome: 'rejected' }, noCors: { outcome: 'rejected' } });
		const bearer = { auth: 'bearer' as const };
		expect((await ask(`${exchange}/token/bearer`, bearer)).evidence).toEqual({
			bearer: 'missing',
			notAsked: 'bearer-missing'
		});
		const given = (await ask(`${exchange}/token/bearer`, bearer, 'open-sesame')).evidence;
		expect(given).toMatchObject({ bearer: 'sent', asked: { authorized: true, status: 200 } });
		expect(JSON.stringify(given)).not.toContain('open-sesame');
		expect((await ask('http://tokens.example.com/x')).evidence.notAsked).toBe('insecure-address');
	});
});

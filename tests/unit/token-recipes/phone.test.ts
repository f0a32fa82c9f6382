import { describe, expect, it } from 'vitest';
import { BearerKeeper } from '#lib/browser/bearer-keeper.ts';
import { TokenEndpoint } from '#lib/browser/token-endpoint.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { LineError } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { FILES, isLiveKit, LIVEKIT_SETTINGS, TWILIO_SETTINGS } from '../../token-endpoints/recipes.ts';
import { ask, ownerOf, ROOM, useRecipe } from './asking.ts';

// The phone's own way to its tokens, with the recipes at its end, and what it makes of their refusals.

describe.each(FILES)('the phone at %s', (file) => {
	const recipe = useRecipe(file);
	const vendor = isLiveKit(file) ? LIVEKIT_SETTINGS : TWILIO_SETTINGS;

	function phone(bearer = recipe().bearerOf('bob'), change: Partial<TokenSettings> = {}, identity?: string) {
		const bearers = new BearerKeeper();
		const url = change.url ?? recipe().tokenUrl;
		bearers.give(new URL(url).origin, new Secret(bearer));
		const settings = {
			url,
			method: 'POST',
			auth: 'bearer',
			headers: {},
			style: 'snake',
			response: {}
		} as const;
		const request = {
			line: 'desk',
			...(isLiveKit(file) ? { kind: 'livekit' as const, room: ROOM } : { kind: 'twilio' as const }),
			...(identity === undefined ? {} : { identity })
		};
		const deps = {
			clock: new HandClock(),
			bearers,
			base: 'https://phone.example.com/',
			fetch,
			isOnline: () => true
		};
		const endpoint = new TokenEndpoint({ ...settings, ...change }, request, deps);
		return { endpoint, knows: () => bearers.known(new URL(url).origin) !== undefined };
	}
	const refusal = async (endpoint: TokenEndpoint) =>
		endpoint.ask().then(
			() => expect.fail('a token came'),
			(error: LineError) => error.toJSON()
		);

	it('gets a token, and the name and the server with it', async () => {
		const { secret, ...fresh } = await phone(recipe().bearerOf('bob'), {}, 'bob').endpoint.ask();
		expect(ownerOf(secret.reveal())).toBe('bob');
		if (isLiveKit(file)) expect(fresh.serverUrl).toBe(LIVEKIT_SETTINGS['LIVEKIT_URL']);
		else expect(fresh.identity).toBe('bob');
		expect(fresh.expiresAt).toBeGreaterThan(Date.now());
	});

	it('is told that its key is wrong, and forgets it', async () => {
		const { endpoint, knows } = phone('wrong');
		expect(await refusal(endpoint)).toMatchObject({
			fault: 'token-endpoint.unauthorized',
			facts: { status: 401, said: 'this bearer is not known' }
		});
		expect(knows()).toBe(false);
	});

	it('is told that the line asks for somebody else, and keeps its key', async () => {
		const { endpoint, knows } = phone(recipe().bearerOf('bob'), {}, 'alice');
		expect(await refusal(endpoint)).toMatchObject({
			fault: 'token-endpoint.unauthorized',
			facts: { status: 403, said: 'you are bob, and the line asks for somebody else' }
		});
		expect(knows()).toBe(true);
	});

	it('is told to send a POST', async () => {
		const { endpoint } = phone(undefined, { method: 'GET' });
		expect(await refusal(endpoint)).toMatchObject({
			fault: 'token-endpoint.method-not-allowed',
			facts: { allow: 'POST, OPTIONS', method: 'GET' }
		});
	});

	it('is told that there is nothing at the address', async () => {
		const { endpoint } = phone(undefined, { url: recipe().tokenUrl.replace('/token', '/tokens') });
		expect((await refusal(endpoint)).fault).toBe('token-endpoint.not-found');
	});

	it('is told how long to wait', async () => {
		for (let count = 0; count < 30; count++) await ask(recipe(), { as: 'bob' });
		expect(await refusal(phone().endpoint)).toMatchObject({
			fault: 'token-endpoint.rate-limited',
			facts: { said: 'too many requests', retryAfterSeconds: 60 }
		});
	});

	if (isLiveKit(file))
		it('is told that the room is not one of the server', async () => {
			const { endpoint } = phone(undefined, { body: { room_name: 'boardroom' } });
			expect(await refusal(endpoint)).toMatchObject({
				fault: 'token-endpoint.refused',
				facts: { said: 'this room is not one of yours' }
			});
		});

	describe.each(Object.keys(vendor).filter((name) => /API_(KEY|SECRET)$/.test(name)))(
		'without %s',
		(name) => {
			const broken = useRecipe(file, { [name]: '' });

			it('says which setting is missing', async () => {
				const { endpoint } = phone(undefined, { url: broken().tokenUrl });
				expect(await refusal(endpoint)).toMatchObject({
					fault: 'token-endpoint.keys-missing',
					facts: { status: 500, said: `not set on the server: ${name}` }
				});
			});
		}
	);
});

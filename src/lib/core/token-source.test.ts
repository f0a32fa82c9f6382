import { describe, expect, test } from 'vitest';
import type { Clock } from './ports.ts';
import { Secret } from './secret.ts';
import { CachedTokens, type FreshToken } from './token-source.ts';

const secret = new Secret('a.b.c');

/** A token by what it says of itself, in seconds since 1970. */
const token = ({ iat, exp }: { readonly iat?: number; readonly exp?: number | undefined }): FreshToken => ({
	secret,
	...(iat === undefined ? {} : { issuedAt: iat * 1000 }),
	...(exp === undefined ? {} : { expiresAt: exp * 1000 })
});

/** A device whose clock can be wrong, and an endpoint whose answers wait to be given. */
class Stage implements Clock {
	/** Ms since 1970, as the device believes. */
	wall = 1_700_000_000_000;
	mono = 5_000;
	readonly asked: {
		readonly signal: AbortSignal;
		give(fresh: FreshToken): void;
		fail(error: Error): void;
	}[] = [];
	readonly source = new CachedTokens(
		(signal) =>
			new Promise((resolve, reject) => {
				this.asked.push({ signal, give: resolve, fail: reject });
				signal.addEventListener('abort', () => reject(signal.reason as Error));
			}),
		this
	);

	now(): number {
		return this.wall;
	}

	monotonic(): number {
		return this.mono;
	}

	after(): () => void {
		throw new Error('no timers here');
	}

	pass(ms: number): void {
		this.wall += ms;
		this.mono += ms;
	}

	/** Seconds since 1970, `offset` seconds from the device's now. */
	at(offset: number): number {
		return Math.round(this.wall / 1000) + offset;
	}

	async get(fresh: FreshToken) {
		const pending = this.source.token();
		this.asked.at(-1)?.give(fresh);
		return pending;
	}
}

const hour = 3600;

describe('the token at hand', () => {
	test('is handed out until a minute before its end', async () => {
		const stage = new Stage();
		const first = await stage.get({
			...token({ iat: stage.at(0), exp: stage.at(hour) }),
			identity: 'alice'
		});
		expect(first).toMatchObject({ identity: 'alice', expiresAt: stage.wall + hour * 1000 });
		stage.pass((hour - 61) * 1000);
		expect(await stage.source.token()).toBe(first);
		expect(stage.asked).toHaveLength(1);
		stage.pass(1_000);
		void stage.source.token().catch(() => {});
		expect(stage.asked).toHaveLength(2);
	});

	test.each([
		['wall time jumps back: monotonic time counts', 0, (hour - 60) * 1000, -7_200_000],
		['monotonic time slept: wall time counts', (hour - 60) * 1000, 0, 0]
	])('%s', async (_, wall, mono, jump) => {
		const stage = new Stage();
		await stage.get(token({ iat: stage.at(0), exp: stage.at(hour) }));
		stage.wall += wall + jump;
		stage.mono += mono;
		void stage.source.token().catch(() => {});
		expect(stage.asked).toHaveLength(2);
	});

	test.each([
		['lasts less than a minute', { iat: 0, exp: 50 }],
		['does not say when it ends', { iat: 0, exp: undefined }]
	])('one that %s is used once', async (_, { iat, exp }) => {
		const stage = new Stage();
		await stage.get(token({ iat: stage.at(iat), exp: exp && stage.at(exp) }));
		void stage.source.token().catch(() => {});
		expect(stage.asked).toHaveLength(2);
	});

	test('one that is no JWT is handed on once, without an end', async () => {
		const stage = new Stage();
		expect(await stage.get({ secret: new Secret('garbage') })).not.toHaveProperty('expiresAt');
		void stage.source.token().catch(() => {});
		expect(stage.asked).toHaveLength(2);
	});

	test('is forgotten when it is discarded', async () => {
		const stage = new Stage();
		await stage.get(token({ exp: stage.at(hour) }));
		stage.source.discard();
		void stage.source.token().catch(() => {});
		expect(stage.asked).toHaveLength(2);
	});
});

describe('one request at a time', () => {
	test('is shared, and its failure too; the next caller tries again', async () => {
		const stage = new Stage();
		const callers = [stage.source.token(), stage.source.token()];
		expect(stage.asked).toHaveLength(1);
		stage.asked[0]?.fail(new Error('no'));
		expect((await Promise.allSettled(callers)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		const again = stage.source.token();
		expect(stage.asked).toHaveLength(2);
		const fresh = token({ exp: stage.at(hour) });
		stage.asked[1]?.give(fresh);
		expect((await again).secret).toBe(secret);
	});

	test('one caller who leaves does not take it from the other', async () => {
		const stage = new Stage();
		const leaving = new AbortController();
		const left = stage.source.token(leaving.signal);
		const staying = stage.source.token();
		leaving.abort();
		await expect(left).rejects.toMatchObject({ fault: 'command.not-now' });
		expect(stage.asked[0]?.signal.aborted).toBe(false);
		stage.asked[0]?.give(token({ exp: stage.at(hour) }));
		await expect(staying).resolves.toHaveProperty('secret');
	});

	test('ends when the last caller has left; who comes then gets a new one', async () => {
		const stage = new Stage();
		const leaving = new AbortController();
		const callers = [stage.source.token(leaving.signal), stage.source.token(leaving.signal)];
		leaving.abort();
		await Promise.allSettled(callers);
		expect(stage.asked[0]?.signal.aborted).toBe(true);
		void stage.source.token().catch(() => {});
		expect(stage.asked).toHaveLength(2);
	});

	test('is not begun for a caller who has left already', async () => {
		const stage = new Stage();
		await expect(stage.source.token(AbortSignal.abort())).rejects.toMatchObject({ fault: 'command.not-now' });
		expect(stage.asked).toHaveLength(0);
	});
});

describe('when it ends, on a device whose clock is wrong', () => {
	test.each([
		['the clocks agree', 0, 0, undefined, hour],
		['a copy kept for half an hour', 0, -1800, undefined, hour / 2],
		['device two hours behind', 7200, 0, undefined, hour],
		['device two hours ahead', -7200, 0, undefined, hour],
		['device a day ahead', -86_400, 0, undefined, hour],
		['device two hours behind, Date readable', 7200, 0, 7200, hour],
		['device two hours behind, Date readable, a kept copy', 7200, -1800, 7200, hour / 2],
		['device half an hour ahead, Date readable', -1800, 0, -1800, hour],
		['expired, and Date says so', 0, -7200, 0, -hour],
		['Date differs by a minute: the clocks agree', 0, 0, 60, hour]
	])('%s', async (_, ahead, issued, date, left) => {
		const stage = new Stage();
		const iat = stage.at(ahead + issued);
		const fresh = {
			...token({ iat, exp: iat + hour }),
			...(date === undefined ? {} : { serverTime: stage.wall + date * 1000 })
		};
		expect((await stage.get(fresh)).expiresAt).toBe(stage.wall + left * 1000);
	});

	test('a stale copy that was refused and comes again has expired when it says so', async () => {
		const stage = new Stage();
		const iat = stage.at(-7200);
		const fresh = token({ iat, exp: iat + hour });
		expect((await stage.get(fresh)).expiresAt).toBeGreaterThan(stage.wall);
		stage.source.discard();
		expect((await stage.get(fresh)).expiresAt).toBe((iat + hour) * 1000);
		stage.source.discard();
		const next = stage.at(-7190);
		expect((await stage.get(token({ iat: next, exp: next + hour }))).expiresAt).toBe(
			stage.wall + hour * 1000
		);
	});

	test('a stale copy gets its grace once only', async () => {
		const stage = new Stage();
		const iat = stage.at(-7200);
		const fresh = token({ iat, exp: iat + hour });
		const { expiresAt } = await stage.get(fresh);
		stage.pass(hour * 1000);
		expect((await stage.get(fresh)).expiresAt).toBe(expiresAt);
		expect(expiresAt).toBeLessThanOrEqual(stage.wall);
		stage.pass(1000);
		await stage.get(fresh);
		expect(stage.asked).toHaveLength(3);
	});
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#lib/config/parse-config.ts';
import { FakeClock } from '#lib/core/testing.ts';
import { fitsPin, makePinHash, readPinHash } from './pin.ts';

const ROUNDS = 1_000;
const salt = new Uint8Array(16).map((_, at) => at * 17);
const hashOf = async (pin: string) => {
	const hash = readPinHash(await makePinHash(pin, salt, ROUNDS));
	if (!hash) throw new Error('unreadable');
	return hash;
};

afterEach(() => vi.restoreAllMocks());

describe('the PIN of a kiosk', () => {
	it('fits the hash that was made of it, and no other', async () => {
		const hash = await hashOf('482913');
		expect(await fitsPin('482913', hash, new FakeClock())).toBe(true);
		for (const other of ['482914', '48291', '4829133', '', ' 482913'])
			expect(await fitsPin(other, hash, new FakeClock())).toBe(false);
	});

	// Made by Python's hashlib.pbkdf2_hmac('sha256', b'482913', salt, 1000), so that both sides cannot be wrong together.
	it('is hashed as others do it', async () => {
		expect(await makePinHash('482913', salt, ROUNDS)).toBe(
			'pbkdf2-sha256$1000$ABEiM0RVZneImaq7zN3u_w$6AldDI5Epptpu0gI113iWp3oLynvbeHDkTzjFXDK1cM'
		);
	});

	it('is a hash that config.json may hold', async () => {
		const pinHash = await makePinHash('482913', salt, ROUNDS);
		const { config, problems } = parseConfig({ kiosk: { pinHash } });
		expect({ problems, pinHash: config.kiosk?.pinHash }).toEqual({ problems: [], pinHash });
	});

	it.each([
		['a PIN as it is', '482913'],
		['another method', 'scrypt$600000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA'],
		['a placeholder', 'pbkdf2-sha256$600000$<salt>$<hash>'],
		['a hash that was cut off', 'pbkdf2-sha256$600000$AAAAAAAAAAAAAAAAAAAAAA$AAAA'],
		['no salt', 'pbkdf2-sha256$600000$$AAAAAAAAAAAAAAAAAAAAAA'],
		['characters of plain base64', 'pbkdf2-sha256$600000$AAAA$AAAAAAAAAAAAAAAAAAAAAA=='],
		['no rounds', 'pbkdf2-sha256$0$AAAA$AAAAAAAAAAAAAAAAAAAAAA']
	])('fits nothing that is no hash: %s', (_what, text) => {
		expect(readPinHash(text)).toBeUndefined();
	});

	it('is given up where it takes too long', async () => {
		const clock = new FakeClock();
		const hash = await hashOf('482913');
		vi.spyOn(crypto.subtle, 'deriveBits').mockReturnValue(new Promise(() => {}));
		const judged = fitsPin('482913', hash, clock).catch((error: unknown) => error);
		await clock.pass(30_000);
		expect(await judged).toMatchObject({ fault: 'app.unexpected' });
	});
});

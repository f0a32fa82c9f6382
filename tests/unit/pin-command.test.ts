import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fitsPin, readPinHash } from '#lib/browser/pin.ts';
import { parseConfig } from '#lib/config/parse-config.ts';
import { FakeClock } from '#lib/core/testing.ts';

interface Said {
	readonly out: string;
	readonly err: string;
	readonly code: number | null;
}

/** `npm run pin` with this piped into it. */
function makePin(input: string): Promise<Said> {
	const made = spawn(process.execPath, ['src/lib/config/pin-command.ts']);
	let out = '';
	let err = '';
	made.stdout.on('data', (chunk) => (out += String(chunk)));
	made.stderr.on('data', (chunk) => (err += String(chunk)));
	made.stdin.end(input);
	return new Promise((resolve, reject) => {
		made.on('error', reject);
		made.on('close', (code) => resolve({ out, err, code }));
	});
}

describe('npm run pin', () => {
	it.each(['482913\n', '482913', '482913\r\n482914\r\n'])(
		'writes what config.json wants, and nothing else: %j',
		async (input) => {
			const { out, code } = await makePin(input);
			expect(code).toBe(0);
			const written = JSON.parse(`{ "kiosk": { ${out} } }`) as object;
			const { config, problems } = parseConfig(written);
			expect(problems).toEqual([]);
			const hash = readPinHash(config.kiosk?.pinHash ?? '');
			expect(hash).toMatchObject({ rounds: 600_000 });
			expect(hash && (await fitsPin('482913', hash, new FakeClock()))).toBe(true);
			expect(hash && (await fitsPin('482914', hash, new FakeClock()))).toBe(false);
		}
	);

	it('salts every PIN anew', async () => {
		const [one, other] = await Promise.all([makePin('482913'), makePin('482913')]);
		expect(one.out).not.toBe(other.out);
	});

	it.each(['', '48291', '123456', 'secret1'])('refuses %j, and says why elsewhere', async (input) => {
		const { out, err, code } = await makePin(input);
		expect([out, code]).toEqual(['', 1]);
		expect(err).toMatch(/\S.{10,}/);
		expect(err).not.toContain('Error');
	});
});

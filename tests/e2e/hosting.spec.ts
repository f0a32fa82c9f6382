import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT, expect, test, TWILIO_LABEL } from './fixtures.ts';

const PAGES = [
	['', 'Phone'],
	['history/', 'History'],
	['settings/', 'Settings'],
	['diagnostics/', 'Checkup']
] as const;

test(
	'every page opens by its own address, however it is written',
	{ tag: '@anywhere' },
	async ({ phone, base, served }) => {
		const { page } = phone;
		for (const [path, title] of PAGES) {
			const bare = path.replace(/\/$/, '');
			for (const written of [bare, `${path}?to=1#x`, `${path}index.html`]) {
				await page.goto(`./${written}`);
				const heading = page.getByRole('heading', { level: 1, name: title, exact: true });
				await expect(heading, written).toBeAttached();
				await expect(phone.status('Practice line'), written).toHaveText('Ready');
			}
			await page.goto(`./${path}`);
			await phone.go('Settings');
			expect(new URL(page.url()).pathname).toBe(`${base}settings/`);
			await page.reload();
			await expect(page.getByRole('heading', { level: 1, name: 'Settings', exact: true })).toBeAttached();
		}
		await page.goto('./?to=1#x');
		await expect(phone.number).toHaveValue('1');
		expect(served.asked.filter((path) => !`${path}/`.startsWith(base))).toEqual([]);
	}
);

test(
	'an address that does not exist leads home, at any depth',
	{ tag: '@anywhere' },
	async ({ phone, base, guard }) => {
		guard.expectToSee(/^console: Failed to load resource: .* 404/);
		for (const wrong of ['histori/', 'a/b/c', 'history/a/', 'settings/x.html?to=1#y']) {
			const answer = await phone.page.goto(`./${wrong}`);
			expect(answer?.status()).toBe(404);
			await phone.page.getByRole('link', { name: 'To the phone' }).click();
			await expect(phone.status('Practice line')).toHaveText('Ready');
			expect(new URL(phone.page.url()).pathname).toBe(base);
		}
	}
);

test(
	'the token endpoint may stand beside the phone',
	{ tag: '@anywhere' },
	async ({ phone, exchange, setTwilioLine, page, served }) => {
		setTwilioLine({ token: { url: 'tokens/twilio' } });
		await page.route(`${served.site.url}tokens/twilio`, (route) =>
			route.continue({ url: exchange.tokenUrl() })
		);
		await phone.open('./history/', TWILIO_LABEL);
	}
);

test('nothing in the build names a place of its own', async () => {
	const files = readdirSync(BUILT, { recursive: true, encoding: 'utf8' }).filter((file) =>
		/\.(?:html|css|js|json|webmanifest)$/.test(file)
	);
	expect(files.length).toBeGreaterThan(20);
	const rooted =
		/(?:href|src|action|content)="\/|url\(\s*["']?\/|(?:import|from)\s*\(?["'`]\/|["'`]\/_app\b|"(?:start_url|scope|id|src|url)"\s*:\s*"\//;
	const naming = files.filter((file) => rooted.test(readFileSync(join(BUILT, file), 'utf8')));
	expect(naming).toEqual([]);
	expect(readdirSync(BUILT)).toContain('.nojekyll');
});

import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './tests/support/chromium.ts';

/** A kiosk's whole day: minutes long, and alone: `playwright test --project kiosk-day`. */
const DAY = '**/kiosk-day.spec.ts';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

/**
 * User stories in a real browser. Every story runs on a phone's screen; what a wide screen shows differently is told in
 * files named *.desktop.spec.ts. Stories tagged @anywhere run a second and a third time with the same build below other
 * paths. Servers are started by the fixtures, on ports of their own.
 */
export default defineConfig<object, { base: string }>({
	testDir: 'tests/e2e',
	workers: 2,
	fullyParallel: true,
	retries: 0,
	forbidOnly: true,
	timeout: 120_000,
	reporter: 'list',
	use: {
		launchOptions: chromiumLaunch(),
		permissions: ['microphone'],
		// What a worker keeps would outlive a story's own config.json; the stories about it let it in.
		serviceWorkers: 'block',
		locale: 'en-US',
		trace: 'retain-on-failure'
	},
	projects: [
		{ name: 'phone', testIgnore: ['**/*.desktop.spec.ts', DAY], use: PHONE },
		{ name: 'softphone', grep: /@anywhere/, use: { ...PHONE, base: '/softphone/' } },
		{ name: 'deep', grep: /@anywhere/, use: { ...PHONE, base: '/~name/phone%20v2/' } },
		{
			name: 'desktop',
			testMatch: '**/*.desktop.spec.ts',
			use: { viewport: { width: 1280, height: 800 } }
		},
		{
			name: 'kiosk-day',
			testMatch: DAY,
			timeout: 1_800_000,
			use: {
				launchOptions: {
					...chromiumLaunch(),
					args: [...(chromiumLaunch().args ?? []), '--autoplay-policy=no-user-gesture-required']
				},
				// Of some ten thousand steps it would take more memory than the day.
				trace: 'off'
			}
		}
	]
});

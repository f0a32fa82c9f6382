import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './tests/support/chromium.ts';

/**
 * User stories in a real browser. Every story runs on a phone's screen; what a wide screen shows differently is told in
 * files named *.desktop.spec.ts. Servers are started by the fixtures, on ports of their own.
 */
export default defineConfig({
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
		locale: 'en-US',
		trace: 'retain-on-failure'
	},
	projects: [
		{
			name: 'phone',
			testIgnore: '**/*.desktop.spec.ts',
			use: { viewport: { width: 360, height: 740 }, hasTouch: true }
		},
		{
			name: 'desktop',
			testMatch: '**/*.desktop.spec.ts',
			use: { viewport: { width: 1280, height: 800 } }
		}
	]
});

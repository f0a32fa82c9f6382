import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { compactWords } from './messages/compact.ts';
import { chromiumLaunch } from './tests/support/chromium.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './messages/project.inlang',
			outdir: './src/lib/words',
			strategy: ['custom-chosen', 'baseLocale']
		}),
		compactWords(),
		// Kit 2 reads svelte.config.js only while sveltekit() gets no argument.
		sveltekit()
	],
	build: {
		target: 'es2022',
		sourcemap: false,
		// Before the pad can be used, requests cost more than bytes: what the pages share comes in one file, and the screens
		// that the first paint does without in another.
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'first', tags: ['$initial'], priority: 1 },
						// Apart from our own code, so that a new build of the phone does not bring it anew.
						{ name: 'twilio', test: /[\\/]node_modules[\\/]@twilio[\\/]/ },
						{ name: 'later', test: /[\\/]src[\\/]lib[\\/]components[\\/][^\\/]*\.svelte/ },
						// What several of the later parts share is small: together it packs better than in twenty files.
						{ name: 'shared', test: /[\\/]src[\\/]lib[\\/](?:core|config|browser)[\\/]/, minShareCount: 2 },
						{ name: 'judged', test: /[\\/]src[\\/]lib[\\/]diagnostics[\\/]/, minShareCount: 2 }
					]
				}
			}
		}
	},
	// Two files of the Twilio SDK are imported past its exports (lines/twilio/sdk.ts): the dev server does not look for
	// CommonJS in what they import.
	optimizeDeps: { include: ['@twilio/voice-sdk', 'events', 'livekit-client', 'loglevel', 'tslib'] },
	test: {
		projects: [
			{
				extends: true,
				test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'] }
			},
			{
				// The other side of the LiveKit line: a real livekit-server and the parties in its rooms.
				extends: true,
				test: {
					name: 'livekit',
					environment: 'node',
					include: ['tests/livekit/*.test.ts'],
					testTimeout: 30_000,
					hookTimeout: 30_000
				}
			},
			{
				// The line contract, in a real browser: real audio, real SDKs, the exchange started beside it.
				extends: true,
				test: {
					name: 'contract',
					include: ['tests/contract/**/*.contract.ts'],
					globalSetup: ['exchange', 'livekit', 'servers'].map((what) => `tests/contract/start-${what}.ts`),
					fileParallelism: false,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: chromiumLaunch() }),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});

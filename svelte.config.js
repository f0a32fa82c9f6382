import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { minifySync } from 'vite';
import { ownChunks } from './src/lib/worker/stamp/own-chunks.ts';
import { ONLINE_ONLY, stamp } from './src/lib/worker/stamp/stamp.ts';

/**
 * The scripts that stand in the page itself: one more request would hold up everything behind it.
 * @type {`sha256-${string}`[]}
 */
const inline = Array.from(
	readFileSync('src/app.html', 'utf8').matchAll(/<script>([^]*?)<\/script>/g),
	([, script = '']) => `sha256-${createHash('sha256').update(script).digest('base64')}`
);

const OUT = process.env.OUT ?? 'build';

/** What only a phone with a LiveKit line loads. */
const LIVEKIT = /^src\/lib\/(?:lines\/livekit|components\/room)\//;

/** What only a kiosk loads. */
const KIOSK = /^src\/lib\/(?:app\/kiosk\/|components\/kiosk\/)/;

/** Setting a phone up is asking servers, and a page that opens the phone comes from one. */
const ONLINE = /^src\/lib\/(?:app\/(?:setup|embedding)\.ts|components\/setup\/)/;

/**
 * Writes the build, then tells the service worker what is in it.
 * @returns {import('@sveltejs/kit').Adapter}
 */
function stampedAdapter() {
	const { adapt } = adapter({ pages: OUT });
	return {
		name: 'stamped-static',
		async adapt(builder) {
			await adapt(builder);
			// It belongs to the first load, and Vite leaves static files as they are.
			const keys = join(OUT, 'first-keys.js');
			writeFileSync(keys, minifySync(keys, readFileSync(keys, 'utf8')).code);
			const manifest = readFileSync(join(builder.getClientDirectory(), '.vite/manifest.json'), 'utf8');
			const chunks = JSON.parse(manifest);
			const forLiveKit = ownChunks(chunks, LIVEKIT);
			const forKiosk = ownChunks(chunks, KIOSK);
			const online = ownChunks(chunks, ONLINE);
			await stamp(OUT, (path) => {
				if (forLiveKit.has(path)) return 'livekit';
				if (forKiosk.has(path)) return 'kiosk';
				return online.has(path) ? ONLINE_ONLY : undefined;
			});
		}
	};
}

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		// Runes for our own files; libraries decide for themselves.
		runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: stampedAdapter(),
		paths: { relative: true },
		output: { bundleStrategy: 'split' },
		// The styles of the first paint stand in the page: a file of their own would be one more request to wait for.
		inlineStyleThreshold: 20_000,
		serviceWorker: { register: false },
		version: { name: process.env.APP_VERSION ?? 'dev', pollInterval: 0 },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', ...inline],
				'style-src': ['self'],
				// The one inline style is that of SvelteKit's route announcer.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self'],
				'font-src': ['self'],
				'media-src': ['self', 'blob:', 'mediastream:'],
				// Endpoints come from config.json at run time, loopback ones over http and ws; the app's own
				// URL rule (https, or http on loopback) is the guard.
				'connect-src': ['self', 'https:', 'wss:', 'http:', 'ws:'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'offhook-worker']
			}
		}
	}
};

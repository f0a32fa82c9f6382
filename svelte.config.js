import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		// Runes for our own files; libraries decide for themselves.
		runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter({ pages: process.env.OUT ?? 'build' }),
		paths: { relative: true },
		output: { bundleStrategy: 'split' },
		serviceWorker: { register: false },
		version: { name: process.env.APP_VERSION ?? 'dev', pollInterval: 0 },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
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
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url']
			}
		}
	}
};

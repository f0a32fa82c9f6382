import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { LocalDevelopmentServer } from '@twilio/runtime-handler/dev';

/** Twilio's own runtime for Functions, as developers run it on their machines, with these functions of a folder. */
export function twilioRuntime(
	folder: string,
	names: readonly string[],
	publicUrl: string,
	env: Readonly<Record<string, string>>
): RequestListener {
	// It puts a Response of its own over the web's, for all.
	const { Response } = globalThis;
	try {
		const server = new LocalDevelopmentServer(0, {
			baseDir: folder,
			env: { ...env },
			port: 0,
			url: publicUrl,
			detailedLogs: false,
			live: false,
			logs: false,
			legacyMode: false,
			appName: 'phone',
			forkProcess: false,
			enableDebugLogs: false,
			routes: {
				assets: [],
				functions: names.map((name) => ({
					access: 'public',
					content: '',
					name: `/${name}`,
					path: `/${name}`,
					filePath: join(folder, `${name}.js`)
				}))
			}
		});
		return server.getApp();
	} finally {
		globalThis.Response = Response;
	}
}

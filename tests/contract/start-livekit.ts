import type { TestProject } from 'vitest/node';
import { startLiveKit } from '../livekit/livekit.ts';

/** Where the livekit-server of this run is to be found; `inject('livekit')` in a test. */
export interface LiveKitAddresses {
	/** `ws://127.0.0.1:PORT` */
	readonly url: string;
	/** `http://localhost:PORT`: token endpoints, observation and steering. */
	readonly httpUrl: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		livekit: LiveKitAddresses;
	}
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
	const { url, httpUrl, ready, close } = await startLiveKit({ say: (words) => console.log(words) });
	await ready;
	provide('livekit', { url, httpUrl });
	return close;
}

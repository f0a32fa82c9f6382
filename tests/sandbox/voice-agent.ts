import type { IncomingMessage, ServerResponse } from 'node:http';
import { agentInstalled, readyAgent } from '../livekit/agent-process.ts';
import { startLiveKit, type LiveKit } from '../livekit/livekit.ts';
import { findServer, readyServer } from '../livekit/server-binary.ts';

/** The LiveKit line of the sandbox: there when what it needs is on this machine already, or is asked for. */
export interface VoiceAgent {
	/** Its entry in config.json; resolves with undefined where there is none. */
	readonly line: Promise<object | undefined>;
	/** One line for the terminal. */
	readonly words: Promise<string>;
	handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
	close(): Promise<void>;
}

const LINE = {
	id: 'agent',
	kind: 'livekit',
	label: 'Local LiveKit',
	token: { url: '/livekit/token' },
	identity: 'sandbox',
	agent: { expected: true }
};

/** Gets what is missing, which takes minutes and is told on the terminal. */
export async function installVoiceAgent(): Promise<void> {
	const say = (words: string): void => console.log(words);
	await readyServer(say);
	await readyAgent(say);
}

/** Starts in the background. */
export function startVoiceAgent(): VoiceAgent {
	const starting = start();
	const livekit = starting.then(
		(started) => started,
		() => undefined
	);
	return {
		line: livekit.then((started) => started && LINE),
		words: starting.then(
			(started) =>
				started
					? 'Local LiveKit   call a voice agent · dial room echo-1, people-1, phone-1, late-1 … (docs/livekit-rooms.md)'
					: 'Local LiveKit   not on this machine: npm start -- --livekit gets it, once (some minutes, 400 MB)',
			(error: unknown) =>
				`Local LiveKit   not today: ${error instanceof Error ? error.message : String(error)}`
		),
		handle: async (request, response) =>
			request.url?.startsWith('/livekit/') === true &&
			(await (await livekit)?.handle(request, response)) === true,
		close: async () => (await livekit)?.close()
	};
}

async function start(): Promise<LiveKit | undefined> {
	return findServer() && agentInstalled() ? startLiveKit() : undefined;
}

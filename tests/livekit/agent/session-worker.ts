import { fileURLToPath } from 'node:url';
import { AgentServer, ServerOptions, initializeLogger } from '@livekit/agents';
import type { Access } from './cast.ts';

/** The library's own worker: it serves session.ts under the name `assistant`, a process for each room, one kept warm. */
const { url, key, secret } = JSON.parse(process.env.OFFHOOK_LIVEKIT ?? '{}') as Access;
initializeLogger({ pretty: false, level: 'warn' });
const server = new AgentServer(
	new ServerOptions({
		agent: fileURLToPath(new URL('session.ts', import.meta.url)),
		agentName: 'assistant',
		numIdleProcesses: 1,
		// The server gives no job to a worker whose processor is busy for more than 70 %, as in tests it often is.
		loadFunc: () => Promise.resolve(0),
		wsURL: url,
		apiKey: key,
		apiSecret: secret,
		host: '127.0.0.1',
		logLevel: 'warn'
	})
);
process.once('disconnect', () => process.exit());
process.on('SIGINT', () => {});
server.event.once('worker_registered', () => process.send?.({ ready: true }));
await server.run();

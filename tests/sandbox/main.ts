import { spawn } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startExchange } from '../exchange/exchange.ts';
import { startSite } from '../support/site.ts';
import { installVoiceAgent, startVoiceAgent } from './voice-agent.ts';

const FOLDER = process.env.OUT ?? 'build';
const port = Number(process.env.PORT ?? 4173);

if (process.argv.includes('--livekit')) await installVoiceAgent();
const agent = startVoiceAgent();
const exchange = await startExchange();
const site = await startSite({
	folder: FOLDER,
	port,
	maxAge: 0,
	handle: async (request, response) =>
		(await exchange.handle(request, response)) || agent.handle(request, response),
	overlay: { 'config.json': config }
}).catch(async (error: NodeJS.ErrnoException) => {
	await Promise.all([exchange.close(), agent.close()]);
	if (error.code !== 'EADDRINUSE') throw error;
	console.error(`Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`);
	process.exit(1);
});
exchange.attach(site.server);

const building = build();
let stopping = false;
process.once('SIGINT', () => void stop(0));
process.once('SIGTERM', () => void stop(0));

process.stdout.write('Building the phone… ');
const failure = await building.done;
if (stopping) {
	console.log('stopped.');
} else if (failure !== undefined) {
	console.error(`failed.\n${failure}`);
	await stop(1);
} else {
	console.log('done.\n');
	console.log(`Open            ${site.url}   (Ctrl-C ends it)`);
	console.log('Practice line   dial 1 echo · 2 busy · 3 no answer · 4 drops after 5 s · 5 calls you back');
	console.log(
		'Local exchange  dial +12025550100 echo · 0101 rings first · 0102 busy · 0103 no answer · 0130 calls you back'
	);
	console.log(
		'                (choose it at the top of the page; the real Twilio SDK; all its numbers: docs/exchange.md)'
	);
	console.log(`Its far side    ${site.url}exchange/calls   (what the exchange hears, as JSON)`);
	console.log(await agent.words);
}

/** All lines, under the name by which the page was opened (localhost and 127.0.0.1 are two origins). */
async function config(request: IncomingMessage): Promise<unknown> {
	return {
		lines: [
			{ id: 'practice', kind: 'practice', label: 'Practice line' },
			{
				id: 'exchange',
				kind: 'twilio',
				label: 'Local exchange',
				token: { url: '/token' },
				identity: 'sandbox',
				gateway: `ws://${request.headers.host ?? `localhost:${port}`}`
			},
			await agent.line
		].filter(Boolean)
	};
}

/** `done` resolves with the build's own words if it fails. */
function build(): { readonly done: Promise<string | undefined>; stop(): void } {
	const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
	const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, OUT: FOLDER }
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
	return {
		done: new Promise((resolve) => child.once('close', (code) => resolve(code === 0 ? undefined : said))),
		stop: () => child.kill()
	};
}

async function stop(code: number): Promise<void> {
	stopping = true;
	process.exitCode = code;
	building.stop();
	await Promise.all([site.close(), exchange.close(), agent.close()]);
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES, isLiveKit, startRecipe, type RunningRecipe } from '../token-endpoints/recipes.ts';
import { AgentProcess, readyAgent } from './agent-process.ts';
import { startLiveKit, type LiveKit, type PartyObservation } from './livekit.ts';
import type { Voice } from './room-plan.ts';

// What the README tells people to copy, together: the token endpoint lets into the real server, and the agent comes.
const DOCS = resolve(import.meta.dirname, '../../docs');
const PACKAGES = join(import.meta.dirname, 'agent/node_modules');
const eventually = { timeout: 20_000, interval: 50 };

let livekit: LiveKit;
let endpoints: readonly RunningRecipe[];
let guests: AgentProcess;
let folder: string;
let agent: ChildProcess;

async function freePort(): Promise<number> {
	const taken = createServer().listen(0, '127.0.0.1');
	await once(taken, 'listening');
	const { port } = taken.address() as AddressInfo;
	await new Promise((closed) => taken.close(closed));
	return port;
}

/** Resolves when the agent says so; rejects with all that it has said when it has ended. */
function registered({ stdout, stderr }: ChildProcess): Promise<void> {
	let said = '';
	return new Promise((resolve, reject) => {
		for (const stream of [stdout, stderr])
			stream?.on('data', (chunk) => {
				said += String(chunk);
				if (said.includes('registered worker')) resolve();
			});
		stdout?.once('close', () => reject(new Error(said)));
	});
}

beforeAll(async () => {
	await readyAgent(console.log);
	livekit = await startLiveKit({ agent: false, say: console.log });
	const env = {
		LIVEKIT_URL: livekit.url,
		LIVEKIT_API_KEY: livekit.keys.key,
		LIVEKIT_API_SECRET: livekit.keys.secret,
		AGENTS: 'echo,nobody'
	};
	endpoints = await Promise.all(FILES.filter(isLiveKit).map((file) => startRecipe(file, env)));
	guests = new AgentProcess('main.ts', livekit.url, livekit.keys);
	await guests.ready;

	folder = mkdtempSync(join(tmpdir(), 'offhook-agent-'));
	cpSync(join(DOCS, 'agents/echo.mjs'), join(folder, 'echo.mjs'));
	symlinkSync(PACKAGES, join(folder, 'node_modules'), 'junction');
	const settings = Object.entries({ ...env, PORT: await freePort() });
	writeFileSync(join(folder, '.env'), settings.map(([name, value]) => `${name}=${value}`).join('\n'));
	agent = fork(
		join(import.meta.dirname, 'keeper.ts'),
		[process.execPath, '--env-file=.env', 'echo.mjs', 'start'],
		{ cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] }
	);
	await registered(agent);
});
afterAll(async () => {
	await guests.close();
	await livekit.close();
	await Promise.all(endpoints.map((endpoint) => endpoint.close()));
	const gone = once(agent, 'exit');
	agent.send('kill');
	await gone;
	rmSync(folder, { recursive: true, force: true });
});

/** Somebody enters a new room with a token of the endpoint; `observe` says what they hear. */
async function enter(fresh: string, voice: Voice, agents: readonly string[], file = 'node/livekit.mjs') {
	const room = `call-${fresh.padEnd(10, '0')}`;
	const endpoint = endpoints.find((one) => one.file === file);
	const answer = await fetch(endpoint?.tokenUrl ?? '', {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			authorization: `Bearer ${endpoint?.bearerOf('alice')}`
		},
		body: JSON.stringify({
			room_name: room,
			room_config: { agents: agents.map((agent_name) => ({ agent_name })) }
		})
	});
	const { server_url: url, participant_token: token } = (await answer.json()) as Record<string, string>;
	await guests.ask({ ask: 'visit', url: url ?? '', token: token ?? '', voice });
	const seen = () => livekit.rooms.listParticipants(room);
	return {
		hears: async () => (await guests.ask({ ask: 'visitor', identity: 'alice' })) as PartyObservation,
		identities: async () => (await seen()).map(({ identity }) => identity),
		states: async () => (await seen()).map(({ attributes }) => attributes['lk.agent.state']).filter(Boolean),
		leave: () => guests.ask({ ask: 'goodbye', identity: 'alice' })
	};
}

describe('token endpoint and agent of the README, on the real server', { timeout: 60_000 }, () => {
	test.each(FILES.filter(isLiveKit))(
		'with a token of %s one is in, and the agent that is invited says back what one says',
		async (file) => {
			const room = file.replace(/[^a-z]/g, '').slice(0, 10);
			const { hears, identities, states, leave } = await enter(room, { hertz: 440 }, ['echo'], file);
			expect(await identities()).toContain('alice');
			await expect.poll(states, eventually).toEqual(['listening']);
			await expect.poll(async () => (await hears()).level, eventually).toBeGreaterThan(0.2);
			await leave();
		}
	);

	test('it says nothing of its own', async () => {
		const { hears, leave } = await enter('silence', 'silence', ['echo']);
		await expect.poll(async () => (await hears()).framesIn, eventually).toBeGreaterThan(100);
		expect((await hears()).level).toBeLessThan(0.001);
		await leave();
	});

	test('it stays away where others are invited', async () => {
		const alone = await enter('alone', 'silence', ['nobody']);
		// Whoever asked later has company in the meantime: there was time enough.
		const other = await enter('company', 'silence', ['echo']);
		await expect.poll(other.states, eventually).toEqual(['listening']);
		expect(await alone.states()).toEqual([]);
		await Promise.all([alone.leave(), other.leave()]);
	});
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { readyServer } from './server-binary.ts';
import { LiveKitServer } from './server.ts';

const binary = await readyServer(console.log);

let servers: LiveKitServer[] = [];
const start = async (): Promise<LiveKitServer> => {
	const server = new LiveKitServer({ binary });
	servers.push(server);
	await server.start();
	return server;
};
afterEach(async () => {
	await Promise.all(servers.map((server) => server.close()));
	servers = [];
});

const answers = (url: string): Promise<boolean> =>
	fetch(url.replace('ws', 'http'), { signal: AbortSignal.timeout(500) }).then(
		({ ok }) => ok,
		() => false
	);

describe('a livekit-server', () => {
	test('several run side by side, each with keys of its own', async () => {
		const [one, other] = await Promise.all([start(), start()]);
		expect(one.url).not.toBe(other.url);
		await one.rooms.createRoom({ name: 'here' });
		expect((await one.rooms.listRooms()).map(({ name }) => name)).toEqual(['here']);
		expect(await other.rooms.listRooms()).toEqual([]);
	});

	test('has forgotten its rooms after a restart, on the same address', async () => {
		const server = await start();
		const { url } = server;
		await server.rooms.createRoom({ name: 'here' });
		await server.restart();
		expect(server.url).toBe(url);
		expect(await server.rooms.listRooms()).toEqual([]);
	});

	test('is frozen, and goes on', async () => {
		const server = await start();
		await server.rooms.createRoom({ name: 'here' });
		server.freeze();
		await expect.poll(() => answers(server.url)).toBe(false);
		server.thaw();
		await expect.poll(() => answers(server.url)).toBe(true);
		expect(await server.rooms.listRooms()).toHaveLength(1);
	});

	test('is closed while it is frozen', async () => {
		const server = await start();
		server.freeze();
		await server.close();
		expect(await answers(server.url)).toBe(false);
	});

	test('says why it does not start', async () => {
		const server = new LiveKitServer({ binary: process.execPath });
		await expect(server.start()).rejects.toThrow(/did not start/);
	});

	test('outlives nobody: whoever started it is killed, and it is gone', async () => {
		const script = `
			import { LiveKitServer } from '${import.meta.dirname}/server.ts';
			const server = new LiveKitServer({ binary: ${JSON.stringify(binary)} });
			await server.start();
			console.log(server.url);
			process.stdin.resume().once('end', () => process.exit());`;
		const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' });
		onTestFinished(() => void child.kill('SIGKILL'));
		const [said] = (await once(child.stdout, 'data')) as [Buffer];
		const url = String(said).trim();
		expect(await answers(url)).toBe(true);
		child.kill('SIGKILL');
		await expect.poll(() => answers(url), { timeout: 5000 }).toBe(false);
	});
});

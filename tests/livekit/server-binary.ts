import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export const SERVER_VERSION = 'v1.13.5';
const MODULE = `github.com/livekit/livekit-server/cmd/server@${SERVER_VERSION}`;

const cache = join(
	process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
	'offhook',
	`livekit-server-${SERVER_VERSION}`
);

const ADVICE = `There is no livekit-server on this machine. Do one of these, then try again:
  install Go 1.26 or newer: the server is then built once, in a few minutes   (https://go.dev/dl)
  put livekit-server ${SERVER_VERSION} on the PATH                                   (https://github.com/livekit/livekit)
  LIVEKIT_SERVER=/path/to/livekit-server                                      (one that you have)`;

/** Path of a livekit-server: LIVEKIT_SERVER, else one on the PATH, else one built before. Undefined when there is none. */
export function findServer(): string | undefined {
	const named = process.env.LIVEKIT_SERVER;
	if (named) {
		if (!existsSync(named)) throw new Error(`LIVEKIT_SERVER is ${named}, and there is no such file.`);
		return named;
	}
	return onPath('livekit-server') ?? [join(cache, executable('server'))].find(existsSync);
}

/**
 * Finds a livekit-server, or has Go build the pinned one into ~/.cache/offhook, which takes minutes: `say` is told. Throws
 * with what to do by hand where neither works.
 */
export async function readyServer(say: (words: string) => void = () => {}): Promise<string> {
	const found = findServer();
	if (found) return found;
	const go = onPath('go') ?? ['/usr/local/go/bin/go'].find(existsSync);
	if (!go) throw new Error(ADVICE);
	say(`Building livekit-server ${SERVER_VERSION} with ${go}, once. This takes some minutes.`);
	await build(go);
	return join(cache, executable('server'));
}

/** Into a folder of its own first: a half-built server is never found, and two builds at once do not meet. */
async function build(go: string): Promise<void> {
	await mkdir(cache, { recursive: true });
	const making = await mkdtemp(join(cache, 'making-'));
	try {
		await goInstall(go, making);
		await rename(join(making, executable('server')), join(cache, executable('server')));
	} finally {
		await rm(making, { recursive: true, force: true });
	}
}

async function goInstall(go: string, folder: string): Promise<void> {
	const child = spawn(go, ['install', MODULE], {
		stdio: ['ignore', 'ignore', 'pipe'],
		env: { ...process.env, GOBIN: folder }
	});
	let said = '';
	child.stderr.on('data', (chunk) => (said = (said + String(chunk)).slice(-4000)));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(`go install ${MODULE} failed:\n${said}\n${ADVICE}`);
}

function executable(name: string): string {
	return process.platform === 'win32' ? `${name}.exe` : name;
}

function onPath(name: string): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return folders.map((folder) => join(folder, executable(name))).find(existsSync);
}

import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Voice } from './room-plan.ts';
import type { Keys } from './server.ts';

/** What the other side is asked; agent/main.ts answers. */
export type Question =
	| { readonly ask: 'rooms' }
	| { readonly ask: 'say'; readonly room: string; readonly text: string; readonly ms?: number }
	| { readonly ask: 'state'; readonly room: string; readonly state: string }
	/** A guest, who knows nothing of the plan. */
	| { readonly ask: 'visit'; readonly url: string; readonly token: string; readonly voice: Voice }
	| { readonly ask: 'visitor'; readonly identity: string }
	| { readonly ask: 'goodbye'; readonly identity: string }
	/** Everybody leaves every room. */
	| { readonly ask: 'dismiss' };

const FOLDER = join(import.meta.dirname, 'agent');
const START_MS = 30_000;
const LOG_LINES = 30;

interface Lock {
	readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

/** Whether the agent's own packages are there, in the versions that its lock names. */
export function agentInstalled(): boolean {
	const done = join(FOLDER, 'node_modules/.package-lock.json');
	if (!existsSync(done)) return false;
	const [wanted, installed] = [join(FOLDER, 'package-lock.json'), done].map(
		(file) => (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages
	);
	return Object.entries(wanted ?? {}).every(
		([path, { version, optional }]) => path === '' || optional || installed?.[path]?.version === version
	);
}

/** Installs them, about 300 MB, if they are not there. */
export async function readyAgent(say: (words: string) => void = () => {}): Promise<void> {
	if (agentInstalled()) return;
	say('Installing the packages of the LiveKit test agent (about 300 MB), once.');
	// npm itself is on the PATH wherever these tests are started; no script of a package needs to run.
	const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: FOLDER,
		stdio: ['ignore', 'ignore', 'pipe'],
		shell: process.platform === 'win32'
	});
	let said = '';
	child.stderr.on('data', (chunk) => (said = (said + String(chunk)).slice(-4000)));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(`npm ci in ${FOLDER} failed:\n${said}`);
}

interface Told {
	readonly ready?: true;
	readonly id?: number;
	readonly answer?: unknown;
	readonly error?: string;
}

/** The process in which the other side lives; it ends with this one. */
export class AgentProcess {
	readonly #child: ChildProcess;
	readonly #asked = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
	#said: string[] = [];
	#questions = 0;
	readonly #ready: Promise<void>;

	/** `script`: main.ts, or another one of the folder that takes the same environment. */
	constructor(script: string, url: string, keys: Keys) {
		this.#child = fork(join(FOLDER, script), {
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			execArgv: [],
			env: { ...process.env, OFFHOOK_LIVEKIT: JSON.stringify({ url, ...keys }) }
		});
		for (const stream of [this.#child.stdout, this.#child.stderr])
			stream?.on('data', (chunk) => {
				this.#said = [...this.#said, ...String(chunk).split('\n').filter(Boolean)].slice(-LOG_LINES);
			});
		this.#ready = new Promise((resolve, reject) => {
			const fail = (why: string): void => reject(new Error(`The LiveKit agent ${why}:\n${this.log}`));
			const timer = setTimeout(() => fail('did not register with the server'), START_MS);
			this.#child.on('message', (told: Told) => {
				if (told.ready) {
					clearTimeout(timer);
					resolve();
				} else this.#told(told);
			});
			this.#child.once('exit', (code) => {
				clearTimeout(timer);
				fail(`ended with code ${String(code)}`);
				for (const { reject: refuse } of this.#asked.values())
					refuse(new Error(`The agent is gone:\n${this.log}`));
				this.#asked.clear();
			});
		});
		// Whoever awaits it is told; nobody has to.
		this.#ready.catch(() => {});
	}

	/** Resolves when the server has registered the agent: from then on rooms get one. */
	get ready(): Promise<void> {
		return this.#ready;
	}

	/** Its last lines. */
	get log(): string {
		return this.#said.join('\n');
	}

	ask(question: Question): Promise<unknown> {
		const id = ++this.#questions;
		return new Promise((resolve, reject) => {
			if (!this.#child.connected) return reject(new Error(`The agent is gone:\n${this.log}`));
			this.#asked.set(id, { resolve, reject });
			this.#child.send({ id, question });
		});
	}

	async close(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = once(this.#child, 'exit');
		this.#child.kill('SIGKILL');
		await gone;
	}

	#told({ id = 0, answer, error }: Told): void {
		const asked = this.#asked.get(id);
		this.#asked.delete(id);
		if (error === undefined) asked?.resolve(answer);
		else asked?.reject(new Error(error));
	}
}

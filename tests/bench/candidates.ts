import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Exchange } from '../exchange/exchange.ts';
import type { LiveKit } from '../livekit/livekit.ts';
import { type Site, startSite } from '../support/site.ts';

const ROOT = resolve(import.meta.dirname, '../..');
type Host = Pick<Site, 'url' | 'close'>;

/** Hosts `below` of a copy of one of our folders, so that what is generated there touches nothing of ours. */
async function hostCopy(name: string, below: string, complete: (folder: string) => void): Promise<Host> {
	const folder = mkdtempSync(join(tmpdir(), `offhook-${name}-`));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	cpSync(join(import.meta.dirname, name), folder, { recursive: true });
	complete(folder);
	const site = await startSite({ folder: join(folder, below) });
	return { url: site.url, close: () => site.close().then(remove) };
}

export function hostBareTwilio(): Promise<Host> {
	return hostCopy('bare-twilio', '.', (folder) => {
		const sdk = 'twilio.min.js';
		copyFileSync(join(ROOT, 'node_modules/@twilio/voice-sdk/dist', sdk), join(folder, sdk));
	});
}

export function hostBareLiveKit(): Promise<Host> {
	return hostCopy('bare-livekit', '.', (folder) => {
		const sdk = 'livekit-client.umd.js';
		copyFileSync(join(ROOT, 'node_modules/livekit-client/dist', sdk), join(folder, sdk));
	});
}

export function hostBareSvelte(): Promise<Host> {
	return hostCopy('bare-svelte', 'build', (folder) => {
		symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
		execFileSync('vite', ['build', '--logLevel', 'error'], {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'inherit']
		});
	});
}

/** The shipped files as they are: no account, the practice line. */
export function hostPhone(build: string): Promise<Host> {
	return startSite({ folder: build });
}

/** The shipped files with one Twilio line on the exchange. */
export function hostPhoneOn(build: string, exchange: Exchange, identity: string): Promise<Host> {
	const line = {
		id: 'bench',
		kind: 'twilio',
		label: 'Bench',
		token: { url: exchange.tokenUrl('good', { identity }) },
		identity,
		gateway: exchange.gateway
	};
	return startSite({ folder: build, overlay: { 'config.json': { lines: [line] } } });
}

/** The shipped files with one LiveKit line on the local server. */
export function hostPhoneInRooms(build: string, livekit: LiveKit, identity: string): Promise<Host> {
	const line = {
		id: 'bench',
		kind: 'livekit',
		label: 'Bench',
		serverUrl: livekit.url,
		token: { url: livekit.tokenUrl() },
		identity
	};
	return startSite({ folder: build, overlay: { 'config.json': { lines: [line] } } });
}

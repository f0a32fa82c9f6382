import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium to drive: CHROMIUM_PATH, else undefined for Playwright's own download, else a system one. */
export function chromiumPath(): string | undefined {
	if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
	return existsSync(chromium.executablePath()) ? undefined : SYSTEM.find((path) => existsSync(path));
}

/**
 * How every test starts Chromium: a fake microphone that beeps once a second, no permission prompt, and the exchange's
 * self-signed certificate accepted. Background networking is off, so that a closed network changes nothing.
 */
export function chromiumLaunch(): LaunchOptions {
	const path = chromiumPath();
	const root = process.getuid?.() === 0;
	return {
		...(path ? { executablePath: path } : {}),
		args: [
			...(root ? ['--no-sandbox'] : []),
			'--disable-quic',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--ignore-certificate-errors',
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream'
		]
	};
}

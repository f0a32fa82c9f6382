import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { chromiumPath } from './chromium.ts';

const ADVICE = `No Chromium to run the tests in, and none could be installed. Do one of these, then try again:
  npx playwright install --with-deps chromium
  apt-get install chromium          (Debian, as root)
  CHROMIUM_PATH=/path/to/chromium   (one that you have)`;

/** Path of the Chromium that tests are run in, or undefined when there is none. */
function found(): string | undefined {
	const path = chromiumPath() ?? chromium.executablePath();
	return existsSync(path) ? path : undefined;
}

function run(command: string, args: readonly string[]): boolean {
	console.log(`$ ${[command, ...args].join(' ')}`);
	return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/** Debian's own package brings its libraries along; Playwright's download needs them installed already. */
function install(): void {
	if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
		process.env.DEBIAN_FRONTEND = 'noninteractive';
		const packages = ['chromium', 'fonts-dejavu-core'];
		const installed =
			run('apt-get', ['update', '-qq']) &&
			run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
		if (installed && found()) return;
	}
	run('npx', ['playwright', 'install', 'chromium']);
}

/** Finds a Chromium or installs one. Throws with what to do by hand when neither works. */
export function readyBrowser(): string {
	if (process.env.CHROMIUM_PATH && !found())
		throw new Error(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, and there is no such file.`);
	if (!found()) install();
	const path = found();
	if (!path) throw new Error(ADVICE);
	return path;
}

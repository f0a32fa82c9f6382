import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyAgent } from './livekit/agent-process.ts';
import { readyServer } from './livekit/server-binary.ts';
import { readyBrowser } from './support/browser.ts';

/** What `npm test` runs, in this order; the first failure ends it. Runners of tests write their counts to a report. */
interface Step {
	readonly name: string;
	readonly command: readonly string[];
	readonly report?: 'vitest' | 'playwright';
}

const STEPS: readonly Step[] = [
	{ name: 'check', command: ['npm', 'run', '--silent', 'check'] },
	{ name: 'check agent', command: ['tsc', '-p', 'tests/livekit/agent'] },
	{ name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
	{ name: 'unit', command: ['vitest', 'run', '--project', 'unit'], report: 'vitest' },
	{ name: 'livekit', command: ['vitest', 'run', '--project', 'livekit'], report: 'vitest' },
	{ name: 'build', command: ['npm', 'run', '--silent', 'build', '--', '--logLevel', 'warn'] },
	{ name: 'size', command: ['npm', 'run', '--silent', 'size'] },
	{ name: 'contract', command: ['vitest', 'run', '--project', 'contract'], report: 'vitest' },
	// The kiosk's day is one page that is never idle for minutes: it has the machine to itself.
	{ name: 'e2e', command: ['playwright', 'test', '--grep-invert', '@day'], report: 'playwright' },
	{ name: 'kiosk day', command: ['playwright', 'test', '--project', 'kiosk-day'], report: 'playwright' },
	{ name: 'faults', command: ['npm', 'run', '--silent', 'faults'] }
];

interface Count {
	readonly passed: number;
	readonly failed: number;
}

const reports = mkdtempSync(join(tmpdir(), 'offhook-tests-'));
let total: Count = { passed: 0, failed: 0 };

function heading(name: string): void {
	console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
}

function end(failedStep?: string): never {
	rmSync(reports, { recursive: true, force: true });
	console.log(failedStep ? `\nStopped: ${failedStep} failed.` : '\nEverything passed.');
	console.log(`${total.passed} passed, ${total.failed} failed`);
	process.exit(failedStep ? 1 : 0);
}

/** Both runners print as usual and write JSON beside it. */
function withReport(step: Step, file: string): { args: readonly string[]; env: Record<string, string> } {
	const args = step.command.slice(1);
	if (step.report === 'vitest')
		return { args: [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env: {} };
	if (step.report === 'playwright')
		return { args: [...args, '--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file } };
	return { args, env: {} };
}

interface VitestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
}
interface PlaywrightReport {
	readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** A step without tests of its own counts as one; so does a runner that broke before it could report. */
function count(step: Step, file: string, ok: boolean): Count {
	const whole = { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
	if (!step.report) return whole;
	try {
		const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
		if (step.report === 'vitest') {
			const { numPassedTests, numFailedTests } = raw as VitestReport;
			return { passed: numPassedTests, failed: ok ? numFailedTests : Math.max(1, numFailedTests) };
		}
		const { expected, unexpected, flaky } = (raw as PlaywrightReport).stats;
		return { passed: expected, failed: ok ? unexpected + flaky : Math.max(1, unexpected + flaky) };
	} catch {
		return whole;
	}
}

const say = (words: string): void => console.log(words);
const NEEDED: Readonly<Record<string, () => unknown>> = {
	browser: () => say(readyBrowser()),
	'livekit-server': async () => say(await readyServer(say)),
	'livekit agent': () => readyAgent(say)
};

for (const [name, ready] of Object.entries(NEEDED)) {
	heading(name);
	try {
		await ready();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		total = { passed: 0, failed: 1 };
		end(name);
	}
}

for (const step of STEPS) {
	heading(step.name);
	const file = join(reports, `${step.name}.json`);
	const { args, env } = withReport(step, file);
	const began = performance.now();
	const run = spawnSync(step.command[0] ?? '', args, { stdio: 'inherit', env: { ...process.env, ...env } });
	const { passed, failed } = count(step, file, run.status === 0);
	total = { passed: total.passed + passed, failed: total.failed + failed };
	if (run.status !== 0 || failed > 0) end(step.name);
	console.log(`${step.name}: ok, ${Math.round((performance.now() - began) / 1000)} s`);
}
end();

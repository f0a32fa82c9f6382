import { existsSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { launch } from './browser.ts';
import { type Finding, print } from './finding.ts';
import { heap } from './heap.ts';
import { invite } from './invite.ts';
import { join } from './join.ts';
import { kioskDayPace } from './kiosk-day.ts';
import { offlineStart } from './offline-start.ts';
import { registration } from './registration.ts';
import { ringing } from './ringing.ts';
import { startUp } from './start-up.ts';

/** docs/quality.md says what each of them measures and how. */
const METRICS: Readonly<Record<string, (browser: Browser, build: string) => Promise<readonly Finding[]>>> = {
	'start-up': startUp,
	'offline-start': offlineStart,
	registration,
	invite,
	join,
	ringing,
	heap,
	'kiosk-day': kioskDayPace
};

const build = process.env.OUT ?? 'build';
if (!existsSync(`${build}/index.html`)) {
	console.error(`There is no ${build}/index.html: npm run build comes first.`);
	process.exit(1);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in METRICS));
if (unknown.length > 0) {
	console.error(`No such metric: ${unknown.join(', ')}. There are ${Object.keys(METRICS).join(', ')}.`);
	process.exit(1);
}

const browser = await launch();
const findings: Finding[] = [];
try {
	for (const [name, measure] of Object.entries(METRICS)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		console.log(`\n${name}`);
		let found = await measure(browser, build);
		// A shared machine has bad moments: a goal counts as missed when it is missed twice in a row.
		if (found.some(({ met }) => !met)) {
			print(found);
			console.log('  again:');
			const again = await measure(browser, build);
			found = found.map((first) =>
				first.met ? first : (again.find(({ metric }) => metric === first.metric) ?? first)
			);
		}
		print(found);
		findings.push(...found);
	}
} finally {
	await browser.close();
}

console.log('\nAll figures');
print(findings);
const missed = findings.filter(({ met }) => !met);
console.log(missed.length === 0 ? '\nEvery goal was met.' : `\n${missed.length} goals were missed twice.`);
process.exit(missed.length === 0 ? 0 : 1);

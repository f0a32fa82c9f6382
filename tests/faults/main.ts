import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readyBrowser } from '../support/browser.ts';
import { Browsers } from './browsers.ts';
import { CASES } from './cases.ts';
import { startFarSide } from './far-side.ts';
import { GROUPS, scoreAll, type Group, type Result } from './score.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		workers: { type: 'string', default: '2' },
		/** Writes the report of each case that is wrong, or of each case that was named, into this folder. */
		reports: { type: 'string' }
	}
});
const folder = process.env.OUT ?? 'build';
if (!existsSync(join(folder, 'index.html')))
	throw new Error(`There is no ${folder}/index.html. Build the phone first: npm run build`);
readyBrowser();

// `main.ts TEP- core` plays the cases of these groups, and those whose ids begin so.
const isWanted = (id: string, group: string) =>
	positionals.length === 0 || positionals.some((word) => id.startsWith(word) || group === word);
const wanted = CASES.filter(({ id, group }) => isWanted(id, group));
const side = await startFarSide();
const browsers = new Browsers(side);
const stage = { side, browsers, folder };
const start = performance.now();
try {
	const results = await scoreAll(wanted, Number(values.workers), stage, tell);
	await writeReports(results);
	const isWhole = positionals.length === 0;
	const isHigh = await board(results);
	process.exitCode = (isWhole ? isHigh : results.every(({ right }) => right)) ? 0 : 1;
} finally {
	await browsers.close();
	await side.close();
}

/** Seconds of the case, and of the checkup in it. */
function tell({ case: { id, causes }, right, found, ms, report }: Result): void {
	const [whole, run] = [ms, report?.durationMs ?? 0].map((time) => (time / 1000).toFixed(1).padStart(5));
	const seconds = `${whole} (${run})`;
	const wished = right
		? causes.join(' + ') || 'healthy'
		: `${causes.join(' + ') || 'healthy'} ≠ ${found.join(', ') || 'healthy'}`;
	console.log(`${right ? '  ok ' : 'WRONG'} ${seconds} s  ${id}: ${wished}`);
}

async function writeReports(results: readonly Result[]): Promise<void> {
	const { reports } = values;
	if (reports === undefined) return;
	await mkdir(reports, { recursive: true });
	for (const { case: one, right, report } of results) {
		if (!report || (right && positionals.length === 0)) continue;
		await writeFile(
			join(reports, `${one.id.replaceAll(/[^\w-]+/g, '_')}.json`),
			JSON.stringify(report, null, '\t')
		);
	}
}

/** Prints N of M of each group; false when one has sunk below what it has been. */
async function board(results: readonly Result[]): Promise<boolean> {
	const text = await readFile(new URL('scoreboard.json', import.meta.url), 'utf8');
	const least = JSON.parse(text) as Readonly<Record<Group, number>>;
	let isHigh = true;
	console.log('');
	for (const group of GROUPS) {
		const all = results.filter(({ case: one }) => one.group === group);
		if (all.length === 0) continue;
		const right = all.filter((result) => result.right).length;
		const hasSunk = right < least[group];
		isHigh &&= !hasSunk;
		console.log(
			`${group.padEnd(9)} ${right} of ${all.length}${hasSunk ? `, and it was ${least[group]}` : ''}`
		);
	}
	console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
	return isHigh;
}

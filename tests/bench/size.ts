import { existsSync } from 'node:fs';
import { stamped } from '../../src/lib/worker/stamp/stamp.ts';
import { chunksOf, firstLoad, type LoadedFile, pagesOf, SDKS, sizeOf } from './first-load.ts';

/** Until the dial pad is usable, for every page. */
const BUDGET = { bytes: 60_000, requests: 14 };
/** A first visit with all that is then kept for starts without a network, and a new build with one changed line. */
const KEPT = { visit: 350_000, update: 60_000 };

const build = process.argv[2] ?? 'build';
if (!existsSync(`${build}/index.html`)) {
	console.error(`There is no ${build}/index.html: npm run build comes first.`);
	process.exit(1);
}

const number = (value: number, width: number) => value.toLocaleString('en-US').padStart(width);
const sum = (files: readonly LoadedFile[]) => files.reduce((bytes, { gzip }) => bytes + gzip, 0);
const kind = (files: readonly LoadedFile[], ending: string) =>
	sum(files.filter(({ path }) => path.endsWith(ending)));

const sdks = SDKS.map((sdk) => ({ ...sdk, chunks: chunksOf(sdk, build) }));
const breaches: string[] = [];

console.log('First load, bytes at gzip level 6');
console.log(
	`${'page'.padEnd(28)}${'html'.padStart(8)}${'js'.padStart(9)}${'css'.padStart(8)}${'all'.padStart(9)}  requests`
);
for (const page of pagesOf(build)) {
	const files = firstLoad(build, page);
	const bytes = sum(files);
	const row = [kind(files, '.html'), kind(files, '.js'), kind(files, '.css')];
	const cells = [number(row[0] ?? 0, 8), number(row[1] ?? 0, 9), number(row[2] ?? 0, 8), number(bytes, 9)];
	console.log(`${page.padEnd(28)}${cells.join('')}${number(files.length, 10)}`);

	if (bytes > BUDGET.bytes) breaches.push(`${page}: ${bytes} bytes, ${bytes - BUDGET.bytes} over`);
	if (files.length > BUDGET.requests) breaches.push(`${page}: ${files.length} requests`);
	for (const { name, chunks } of sdks) {
		const early = files.filter(({ path }) => chunks.some((chunk) => chunk.path === path));
		for (const { path } of early) breaches.push(`${page}: the ${name} (${path}) is in the first load`);
	}
	if (process.argv.includes('--files')) {
		for (const { path, gzip } of files) console.log(`  ${number(gzip, 9)}  ${path}`);
	}
}
console.log(`budget${number(BUDGET.bytes, 56)}${number(BUDGET.requests, 10)}`);

console.log('\nLoaded when a line needs it');
for (const { name, chunks } of sdks) {
	for (const { path, gzip } of chunks) console.log(`${name.padEnd(14)}${path.padEnd(39)}${number(gzip, 9)}`);
	// Without a chunk to look for, "not in the first load" would prove nothing.
	if (chunks.length !== 1) breaches.push(`${chunks.length} chunks of the build hold the ${name}, not one`);
}

const list = existsSync(`${build}/service-worker.js`) ? stamped(build) : undefined;
if (!list) breaches.push('the service worker does not know the files of the build');
else {
	const worker = sizeOf(build, 'service-worker.js');
	// Pages other than the first are made from it.
	const fetched = list.shell
		.filter(({ recipe }) => !recipe)
		.map(({ url }) => sizeOf(build, url || 'index.html'));
	const visit = sum([
		...fetched,
		worker,
		sizeOf(build, 'config.json'),
		sizeOf(build, 'manifest.webmanifest')
	]);
	const update = worker.gzip + Math.max(...fetched.map(({ gzip }) => gzip));
	console.log(`\nWith the service worker\n${'first visit, Twilio'.padEnd(53)}${number(visit, 9)}`);
	console.log(`${'new build, a line of its largest file'.padEnd(53)}${number(update, 9)}`);
	if (visit > KEPT.visit) breaches.push(`the first visit: ${visit} bytes, ${visit - KEPT.visit} over`);
	if (update > KEPT.update) breaches.push(`a changed line: ${update} bytes, ${update - KEPT.update} over`);
}

for (const breach of breaches) console.error(`\nOver budget: ${breach}`);
process.exit(breaches.length > 0 ? 1 : 0);

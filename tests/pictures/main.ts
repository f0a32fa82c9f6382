import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../support/chromium.ts';
import { startSite } from '../support/site.ts';

/**
 * Draws what the manifest shows: the icons from the mark of static/favicon.svg, the screenshots from the built phone (OUT or
 * build). The pictures are in the repository; this is run again when the mark or the phone's looks change.
 */
const STATIC = join(import.meta.dirname, '../../static');
const PAPER = '#f6f2ec';
const ACCENT = '#1d5a86';

interface Drawing {
	readonly file: string;
	readonly edge: number;
	readonly paper: string;
	readonly ink: string;
	/** Of the edge, 0 to 1: how large the mark is. */
	readonly mark: number;
	/** Of the edge, 0 to 0.5: how round the corners are. */
	readonly round?: number;
	/** Stands in the place of the mark: a line drawing on a 24 by 24 grid. */
	readonly line?: string;
}

// A maskable icon keeps all that counts within a circle of 80 % of its edge; Apple rounds the corners itself.
const ICONS: readonly Drawing[] = [
	{ file: 'icon-192', edge: 192, paper: ACCENT, ink: PAPER, mark: 0.62, round: 0.22 },
	{ file: 'icon-512', edge: 512, paper: ACCENT, ink: PAPER, mark: 0.62, round: 0.22 },
	{ file: 'maskable-512', edge: 512, paper: ACCENT, ink: PAPER, mark: 0.5 },
	{ file: 'monochrome-512', edge: 512, paper: 'none', ink: '#fff', mark: 0.62 },
	{ file: 'apple-touch-icon', edge: 180, paper: ACCENT, ink: PAPER, mark: 0.6 },
	{
		...{ file: 'shortcut-history', edge: 96, paper: PAPER, ink: ACCENT, mark: 0.58, round: 0.5 },
		line: 'M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5M12 8v4.5l3 2'
	},
	{
		...{ file: 'shortcut-checkup', edge: 96, paper: PAPER, ink: ACCENT, mark: 0.58, round: 0.5 },
		line: 'M3.5 12.5h4l2-6 4.5 11 2.5-7 1.2 2h2.8'
	}
];

const paths = [...readFileSync(join(STATIC, 'favicon.svg'), 'utf8').matchAll(/<path [^>]*>/g)].join('');

function svg({ edge, paper, ink, mark, round = 0, line }: Drawing): string {
	const grid = line ? 24 : 32;
	const scale = (edge * mark) / grid;
	const from = (edge * (1 - mark)) / 2;
	const drawn = line
		? `<path d="${line}" fill="none" stroke="${ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`
		: `<g fill="${ink}">${paths}</g>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${edge}" height="${edge}"><rect width="${edge}" height="${edge}" rx="${edge * round}" fill="${paper}"/><g transform="translate(${from} ${from}) scale(${scale})">${drawn}</g></svg>`;
}

async function drawIcons(browser: Browser): Promise<void> {
	const page = await browser.newPage();
	for (const icon of ICONS) {
		await page.setViewportSize({ width: icon.edge, height: icon.edge });
		await page.goto(
			`data:text/html,${encodeURIComponent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg(icon)}`)}`
		);
		await page.screenshot({ path: join(STATIC, 'icons', `${icon.file}.png`), omitBackground: true });
	}
	await page.close();
}

async function photograph(browser: Browser): Promise<void> {
	const site = await startSite({
		folder: process.env.OUT ?? 'build',
		overlay: { 'config.json': { lines: [{ id: 'practice', kind: 'practice' }] } }
	});
	const shots = [
		{ file: 'phone', width: 360, height: 740, deviceScaleFactor: 2 },
		{ file: 'desktop', width: 1280, height: 800, deviceScaleFactor: 1 }
	];
	for (const { file, width, height, deviceScaleFactor } of shots) {
		const context = await browser.newContext({
			...{ viewport: { width, height }, deviceScaleFactor, serviceWorkers: 'block', locale: 'en-US' }
		});
		const page = await context.newPage();
		await page.goto(site.url);
		await page.getByRole('status', { name: 'Practice line' }).getByText('Ready').waitFor();
		for (const digit of '2015550123') await page.getByRole('button', { name: digit, exact: true }).click();
		await page.getByRole('group', { name: 'Dial pad' }).hover({ position: { x: 0, y: 0 } });
		// Keys fade when they are let go.
		await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
		await page.screenshot({ path: join(STATIC, 'screenshots', `${file}.png`) });
		await context.close();
	}
	await site.close();
}

for (const folder of ['icons', 'screenshots']) mkdirSync(join(STATIC, folder), { recursive: true });
const browser = await chromium.launch(chromiumLaunch());
await drawIcons(browser);
await photograph(browser);
await browser.close();

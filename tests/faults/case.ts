import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from '@playwright/test';
import { CheckupPage, type Report } from '../e2e/checkup-page.ts';
import { startSite } from '../support/site.ts';
import type { Browsers } from './browsers.ts';
import { farOf, type FarSide } from './far-side.ts';
import { configOf } from './config-of.ts';
import { PATIENT, type Inject, type Injection } from './injection.ts';
import { PatientPhone } from './patient-phone.ts';

export interface Played {
	readonly report: Report;
	/** From the first page to the downloaded report, ms. */
	readonly ms: number;
}

export interface Stage {
	readonly side: FarSide;
	readonly browsers: Browsers;
	/** The built phone. */
	readonly folder: string;
}

/** As Playwright has it: whatever is not named is denied, and nothing is decided where none is named. */
const PERMISSIONS = {
	granted: { permissions: ['microphone'] },
	denied: { permissions: ['geolocation'] },
	'never asked': {}
};

/** The run's own hard stop is 45 s; the page of a busy machine has its time besides. */
const RUN_MS = 90_000;
let count = 0;

/** Puts an injection on a phone of its own, presses `Run checks` and reads what is downloaded. */
export async function play(inject: Inject, { side, browsers, folder }: Stage): Promise<Played> {
	const { far, end } = farOf(side, `faults_${Date.now().toString(36)}_${count++}`);
	const ends: (() => Promise<void>)[] = [end];
	try {
		const injection = await inject(far);
		const { files = {}, headers = {}, end: endInjection } = injection;
		if (endInjection) ends.push(async () => void (await endInjection()));
		const site = await startSite({
			folder,
			overlay: { 'config.json': configOf(injection, far), ...files },
			handle: (_request, response) => {
				for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
				return Promise.resolve(false);
			}
		});
		ends.push(() => site.close());
		const { page = 'http://localhost' } = injection;
		let address = `${page}:${site.port}/`;
		if (page.startsWith('https:')) {
			const secure = createServer(side.certificate, (request, response) =>
				site.server.emit('request', request, response)
			);
			await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
			ends.push(
				() =>
					new Promise((resolve) => {
						secure.close(() => resolve());
						secure.closeAllConnections();
					})
			);
			address = `${page}:${(secure.address() as AddressInfo).port}/`;
		}
		const { port } = new URL(address);
		const flags = (injection.flags ?? []).map((flag) => flag.replace('{page}', port));
		const browser = await browsers.for({ ...injection, flags });
		const context = await browser.newContext({
			// It would bring the rest of the phone through a network that is being broken.
			serviceWorkers: 'block',
			...PERMISSIONS[injection.microphone ?? 'granted'],
			locale: 'en-US',
			viewport: { width: 360, height: 740 },
			baseURL: address
		});
		ends.push(() => context.close());
		context.setDefaultTimeout(PATIENT.timeout);
		const start = performance.now();
		const report = await reportOf(injection, context);
		return { report, ms: performance.now() - start };
	} finally {
		for (const act of ends.reverse()) await act().catch(() => {});
	}
}

async function reportOf(injection: Injection, context: BrowserContext): Promise<Report> {
	const { script, before, atRun, byAddress, afterRun } = injection;
	for (const one of [script ?? []].flat()) await context.addInitScript(one);
	if (byAddress) return withoutGesture(context);
	const page = await context.newPage();
	const phone = new PatientPhone(page);
	const checkup = new CheckupPage(page);
	if (before) {
		await before(phone);
		// An ended call stays on the screen until somebody closes it.
		if (await phone.button('Close').isVisible()) await phone.close();
		await page.getByRole('link', { name: 'Checkup', exact: true }).first().click();
	} else await page.goto('diagnostics/');
	await checkup.run.waitFor();
	await atRun?.(checkup);
	await checkup.run.click();
	await hasEnded(checkup);
	if (afterRun) {
		await afterRun(checkup);
		await hasEnded(checkup);
	}
	return (await checkup.report()).report;
}

/** Only then can the report be downloaded. */
const hasEnded = (checkup: CheckupPage): Promise<void> =>
	checkup.download.click({ trial: true, timeout: RUN_MS });

/**
 * A run that begins by its address. Whatever is asked of a page from outside counts as a gesture of its user, so the page
 * has to say itself that it is done.
 */
async function withoutGesture(context: BrowserContext): Promise<Report> {
	const ended = new Promise<void>((resolve) => void context.exposeBinding('checkupEnded', () => resolve()));
	await context.addInitScript(watchForTheEnd);
	const page = await context.newPage();
	await page.goto('diagnostics/?run');
	await Promise.race([ended, sleep(RUN_MS, undefined, { ref: false })]);
	return (await new CheckupPage(page).report()).report;
}

/** Runs in the page. */
function watchForTheEnd(): void {
	const looking = setInterval(() => {
		const button = [...document.querySelectorAll('button')].find(
			({ textContent }) => textContent.trim() === 'Download report'
		);
		if (!button || button.disabled) return;
		clearInterval(looking);
		void (window as unknown as { checkupEnded(): Promise<void> }).checkupEnded();
	}, 200);
}

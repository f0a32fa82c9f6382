import { ownName } from '../../src/lib/core/own-name.ts';
import { nextBuild, type NextBuild } from '../support/next-build.ts';
import { expect, test as base, type Phone } from './fixtures.ts';
import { cached, FOLDER, isKept, newBuildWaits, startHost, type Host } from './pwa-site.ts';

/** A word of the phone's first screen, and what it becomes in the next build. */
const OLD = 'Recent calls';
const NEW = 'Latest calls';
/** Of an update of one line. */
const MOST_BYTES = 60_000;

interface Fixtures {
	host: Host;
	next: NextBuild;
}

const test = base.extend<Fixtures>({
	host: async ({ guard }, use) => {
		const host = await startHost('/softphone/');
		guard.allowHost(host.site.url);
		await use(host);
		await host.site.close();
	},
	// eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed
	next: async ({}, use) => {
		const next = await nextBuild(FOLDER, OLD, NEW);
		await use(next);
		next.remove();
	}
});
test.use({ serviceWorkers: 'allow' });

const runs = (phone: Phone, words: string) =>
	expect(phone.page.getByRole('heading', { name: words, exact: true })).toBeVisible({ timeout: 15_000 });
const update = (phone: Phone) => phone.button('Update');

test('a new build waits for the end of a call in any tab, and then comes in all of them', async ({
	phone,
	newTab,
	host,
	next
}) => {
	await phone.open(host.site.url);
	await isKept(phone.page);
	await phone.talks('1');
	const second = await newTab();
	await second.page.goto(host.site.url);
	await expect(second.button('Use here')).toBeVisible();

	host.folder = next.folder;
	await newBuildWaits(second.page);
	await expect(update(phone)).toBeHidden();
	await second.page.evaluate(() => (document.documentElement.dataset.old = ''));
	await update(second).click();
	await expect(second.page.getByText('There is a call in another tab.')).toBeVisible();
	await expect(phone.state).toHaveText('In call');
	await phone.isAudible();

	await phone.hangUp();
	await phone.close();
	await runs(phone, OLD);
	await update(phone).click();
	await runs(phone, NEW);
	// A tab that went on with the old program would ask for files that are no longer there.
	await expect(second.page.locator('html[data-old]')).toHaveCount(0);
	await expect(phone.button('Use here').or(phone.call)).toBeVisible();
	await expect(update(second)).toBeHidden();
	await phone.page.reload();
	await runs(phone, NEW);
});

test('an update of one line fetches that file, and neither another site nor another phone loses its caches', async ({
	phone,
	host,
	next
}) => {
	await phone.open(host.site.url);
	await isKept(phone.page);
	const strangers = ['someone-else', ownName('/softphone/v2/', 'cache:shell'), ownName('/', 'cache:shell')];
	await phone.page.evaluate(async (names) => {
		for (const name of names) await (await caches.open(name)).put('./x', new Response('theirs'));
	}, strangers);

	host.folder = next.folder;
	host.sent.length = 0;
	await newBuildWaits(phone.page);
	const files = host.sent
		.filter(({ status }) => status === 200)
		.map(({ path }) => path.replace('/softphone/', ''));
	expect(files.sort()).toEqual([next.changed, 'service-worker.js'].sort());
	expect(host.sent.reduce((all, { bytes }) => all + bytes, 0)).toBeLessThanOrEqual(MOST_BYTES);

	await update(phone).click();
	await runs(phone, NEW);
	const left = await cached(phone.page);
	expect(Object.keys(left).sort()).toEqual([...strangers, ownName('/softphone/', 'cache:shell')].sort());
	const own = left[ownName('/softphone/', 'cache:shell')] ?? [];
	expect(own.filter((address) => address.includes(next.changed))).toHaveLength(1);
	expect(new Set(own.map((address) => new URL(address).pathname)).size).toBe(own.length);
});

test('nobody needs to press anything: it comes when the phone is not in use', async ({
	phone,
	host,
	next
}) => {
	await phone.page.clock.install();
	await phone.open(host.site.url);
	await phone.page.clock.runFor(5_000);
	await isKept(phone.page);
	host.folder = next.folder;
	await newBuildWaits(phone.page);
	await phone.number.fill('555');
	await phone.page.clock.runFor(90_000);
	await expect(update(phone)).toBeVisible();
	await expect(phone.number).toHaveValue('555');
	await phone.number.fill('');
	await phone.page.clock.runFor(90_000);
	await runs(phone, NEW);
});

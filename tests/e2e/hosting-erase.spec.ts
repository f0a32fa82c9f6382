import { ownName } from '#lib/core/own-name.ts';
import { evilPage } from './evil.ts';
import { EVIL, expect, NEIGHBOUR, test } from './fixtures.ts';

// What a worker keeps is erased as well.
test.use({ serviceWorkers: 'allow' });

test(
	'everything is erased, and nothing of the neighbours',
	{ tag: '@anywhere' },
	async ({ phone, base, newTab, served }) => {
		const other = await newTab();
		await other.open(NEIGHBOUR);
		await other.dial('2');
		await other.reaches('Ended: Busy');
		const evil = await evilPage(phone, served.evil);
		const strange = {
			storage: 'offhook:/elsewhere/:settings',
			cache: 'evil-cache',
			database: 'evil-database'
		};
		await evil.evaluate(async (names) => {
			localStorage.setItem(names.storage, '1');
			await (await caches.open(names.cache)).put('./x', new Response('x'));
			await new Promise((resolve) => (indexedDB.open(names.database).onsuccess = resolve));
			await navigator.serviceWorker.register('./worker.js');
			await navigator.serviceWorker.ready;
		}, strange);

		await phone.open();
		await phone.dial('2');
		await phone.reaches('Ended: Busy');
		await phone.close();
		const second = await newTab();
		await second.page.goto('history/');
		await expect(second.rows).toHaveCount(1);
		await phone.go('Settings');
		await phone.page.getByLabel('Colours', { exact: true }).selectOption('Dark');
		await phone.page.evaluate(
			async (name) => {
				for (const storage of [localStorage, sessionStorage]) storage.setItem(name, '1');
				await (await caches.open(name)).put('./x', new Response('x'));
			},
			ownName(base, 'test')
		);
		await phone.button('Erase everything').click();
		await phone.button('Erase it all').click();
		await phone.page.waitForURL((url) => url.pathname === base);
		// Either tab may have the phone now.
		await expect(phone.number.or(phone.button('Use here'))).toBeVisible({ timeout: 15_000 });
		await expect(phone.page.locator('html')).not.toHaveAttribute('data-scheme', 'dark');
		await expect(second.page.getByText('No calls yet.')).toBeVisible();
		await phone.go('History');
		await expect(phone.page.getByText('No calls yet.')).toBeVisible();

		const left = await evil.evaluate(async () => ({
			storage: Object.keys(localStorage),
			caches: await caches.keys(),
			databases: (await indexedDB.databases()).map(({ name }) => name),
			workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname)
		}));
		expect(left.storage).toContain(strange.storage);
		expect(left.storage).not.toContain(ownName(base, 'test'));
		expect(left.storage).not.toContain(ownName(base, 'settings'));
		expect(left.caches).toContain(strange.cache);
		expect(left.caches).not.toContain(ownName(base, 'test'));
		expect(left.databases).toContain(strange.database);
		expect(left.workers).toContain(EVIL);
		await other.page.goto(`${NEIGHBOUR}history/`);
		await expect(other.rows).toHaveCount(1);
	}
);

test('nothing is erased while another tab is in a call', async ({ phone, newTab }) => {
	await phone.open();
	await phone.talks('1');
	const second = await newTab();
	await second.page.goto('settings/');
	await second.button('Erase everything').click();
	await expect(second.page.getByText('Not in a call')).toBeVisible();
	await expect(second.button('Erase it all')).toBeHidden();
	await phone.hangUp();
	await expect(second.button('Erase it all')).toBeVisible();
});

test('a database that is none of ours costs the history and no call, until all is erased', async ({
	phone,
	base,
	served
}) => {
	const evil = await evilPage(phone, served.evil);
	await evil.evaluate(
		(name) =>
			new Promise<void>((resolve) => {
				const opening = indexedDB.open(name, 1_000);
				opening.onupgradeneeded = () => void opening.result.createObjectStore('rows');
				opening.onsuccess = () => {
					opening.result.close();
					resolve();
				};
			}),
		ownName(base, 'history')
	);
	await phone.open();
	await phone.talks('1');
	await phone.hangUp();
	await phone.close();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(1);
	await expect(phone.page.getByText('This browser refuses storage.')).toBeVisible();
	await phone.go('Settings');
	await phone.button('Erase everything').click();
	await phone.button('Erase it all').click();
	await phone.dial('2');
	await phone.reaches('Ended: Busy');
	await phone.page.goto('history/');
	await expect(phone.rows).toHaveCount(1);
	await expect(phone.page.getByText('This browser refuses storage.')).toBeHidden();
});

test('what a neighbour does not let go is said to be left, and the rest is erased', async ({
	phone,
	base,
	served
}) => {
	await phone.open();
	await phone.dial('2');
	await phone.reaches('Ended: Busy');
	await phone.close();
	const evil = await evilPage(phone, served.evil);
	await evil.evaluate(
		(name) => new Promise((open) => (indexedDB.open(name).onsuccess = () => open(undefined))),
		ownName(base, 'history')
	);
	await phone.go('Settings');
	await phone.page.getByLabel('Colours', { exact: true }).selectOption('Dark');
	await phone.button('Erase everything').click();
	await phone.button('Erase it all').click();
	await expect(phone.page.getByText('Not all of it could be deleted')).toBeVisible({ timeout: 15_000 });
	expect(await evil.evaluate(() => Object.keys(localStorage))).not.toContain(ownName(base, 'settings'));
	await phone.button('Reload').click();
	await expect(phone.status('Practice line')).toHaveText('Ready', { timeout: 15_000 });
});

import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';

const FROM = '+12025550177';
const JWT = /eyJ[\w-]{10,}\.[\w-]{10,}/;

/** All that a page keeps and shows, as text. */
async function everything(page: Page): Promise<Record<string, string>> {
	const kept = await page.evaluate(async () => {
		const databases: Record<string, unknown> = {};
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(new Error(name));
			});
			for (const store of database.objectStoreNames) {
				databases[`${name}/${store}`] = await new Promise((resolve) => {
					const reading = database.transaction(store).objectStore(store).getAll();
					reading.onsuccess = () => resolve(reading.result);
				});
			}
			database.close();
		}
		const cached: string[] = [];
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys())
				cached.push(request.url, (await (await cache.match(request))?.text()) ?? '');
		}
		return {
			localStorage: JSON.stringify(localStorage),
			sessionStorage: JSON.stringify(sessionStorage),
			databases: JSON.stringify(databases),
			caches: cached.join('\n'),
			cookies: document.cookie,
			address: location.href,
			state: JSON.stringify(history.state),
			document: document.documentElement.outerHTML,
			fields: [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'),
			globals: Object.keys(window).join(' ')
		};
	});
	return kept;
}

test('no token and no key is kept, shown or logged', async ({
	phone,
	setTwilioLine,
	exchange,
	context,
	identity,
	guard
}) => {
	const said: string[] = [];
	const sent: string[] = [];
	context.on('console', (message) => said.push(message.text()));
	phone.page.on('websocket', (socket) =>
		socket.on('framesent', ({ payload }) => void sent.push(payload.toString()))
	);
	setTwilioLine({ token: { url: exchange.tokenUrl('bearer'), auth: { kind: 'bearer' } } });
	await phone.open('settings/', TWILIO_LABEL, /^Not working/);
	await phone.page.getByLabel('Access key').fill('open-sesame');
	await phone.page.getByRole('main').getByRole('button', { name: 'Use', exact: true }).click();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	await phone.go('Phone');
	await phone.talks('+12025550100');
	const during = await everything(phone.page);
	await phone.hangUp();
	await phone.close();
	await exchange.ring({ identity, from: FROM, name: 'Ada Caller' });
	await phone.button('Decline').click();
	await phone.go('History');
	await expect(phone.rows).toHaveCount(2);
	const after = await everything(phone.page);

	// The search itself works: there was a token, and the history is found.
	expect(sent.join('\n')).toMatch(JWT);
	expect(after.databases).toContain('+12025550100');
	for (const [where, text] of [
		...Object.entries(during),
		...Object.entries(after),
		['console', said.join('\n')] as const
	]) {
		expect(text, where).not.toMatch(JWT);
		expect(text, where).not.toContain('open-sesame');
	}

	guard.mayLog(/favicon\.ico/);
	const bare = await context.newPage();
	await bare.goto('config.schema.json');
	const usual = new Set(await bare.evaluate(() => Object.keys(window)));
	await bare.close();
	const ours = after.globals
		?.split(' ')
		.filter((name) => !usual.has(name) && !/^__(svelte|paraglide)/.test(name));
	expect(ours, 'what hangs on window').toEqual([]);
});

test('the browser refuses what no page of ours would do', async ({ phone, guard }) => {
	guard.allowHost('http://127.0.0.1:9');
	guard.expectToSee(/^policy violation: require-trusted-types-for/);
	guard.expectToSee(/^policy violation: img-src/);
	guard.mayLog(/^(console|policy violation): /);
	await phone.open();
	const refused = await phone.page.evaluate(
		() =>
			new Promise<string[]>((resolve) => {
				// From a timer: what a debugger evaluates is exempt.
				setTimeout(() => {
					/* eslint-disable no-restricted-syntax, no-eval, no-new-func, @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what the browser must refuse */
					const attempts: Record<string, () => void> = {
						innerHTML: () => (document.createElement('p').innerHTML = '<b>x</b>'),
						eval: () => void (0, eval)('witness.pwned++'),
						function: () => void new Function('witness.pwned++')(),
						'script text': () => (document.createElement('script').text = 'witness.pwned++'),
						'script src': () => (document.createElement('script').src = './evil.js'),
						'document.write': () => document.write('<p>x'),
						'iframe srcdoc': () => (document.createElement('iframe').srcdoc = '<p>x')
					};
					/* eslint-enable */
					const outcomes = Object.entries(attempts).filter(([, attempt]) => {
						try {
							attempt();
							return false;
						} catch {
							return true;
						}
					});
					document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/pixel.png' }));
					setTimeout(() => resolve(outcomes.map(([name]) => name)), 0);
				}, 0);
			})
	);
	expect(refused).toEqual([
		'innerHTML',
		'eval',
		'function',
		'script text',
		'script src',
		'document.write',
		'iframe srcdoc'
	]);
	expect(await phone.page.evaluate(() => window.witness.pwned)).toBe(0);
});

import { ownName } from '#lib/core/own-name.ts';
import { IN_CALL } from '#lib/core/worker-talk.ts';
import { CheckupPage } from './checkup-page.ts';
import { evilPage } from './evil.ts';
import { expect, LIVEKIT_LABEL, NEIGHBOUR, test, TWILIO_LABEL } from './fixtures.ts';
import { namesUsed, watchNames } from './names.ts';

// What a worker keeps is shared as well.
test.use({ serviceWorkers: 'allow' });

test('two phones on one host share nothing', { tag: '@anywhere' }, async ({ phone, newTab }) => {
	const other = await newTab();
	await phone.open('settings/');
	await phone.page.getByLabel('Colours', { exact: true }).selectOption('Dark');
	await other.open(NEIGHBOUR);
	await expect(other.page.locator('html')).not.toHaveAttribute('data-scheme', 'dark');

	await phone.go('Phone');
	await phone.talks('1');
	await other.dial('2');
	await other.reaches('Ended: Busy');
	await phone.reaches('In call');
	await phone.hangUp();
	for (const one of [phone, other]) {
		await one.close();
		await one.go('History');
	}
	await expect(phone.rows).toHaveCount(1);
	await expect(other.rows).toHaveCount(1);
	await phone.page.reload();
	await expect(phone.rows).toHaveCount(1);
	await expect(phone.rows.first()).not.toContainText('Busy');
});

test('whatever the phone calls its own carries its folder', async ({
	phone,
	base,
	context,
	guard,
	setTwilioLine,
	setLiveKitLine,
	setConfig,
	served
}) => {
	guard.mayLog(/^console: (Access to fetch|Failed to load resource)/);
	setTwilioLine();
	const { lines: first } = served.config as { lines: object[] };
	setLiveKitLine();
	const { lines: second } = served.config as { lines: object[] };
	setConfig({ lines: [...first, ...second] });
	await watchNames(context);
	await phone.open('./', TWILIO_LABEL);
	await phone.talks('+12025550100');
	await phone.hangUp();
	await phone.close();
	await phone.line.selectOption({ label: LIVEKIT_LABEL });
	await phone.talks('echo-1');
	await phone.hangUp();
	await phone.close();
	await phone.go('Settings');
	await phone.page.getByLabel('Colours', { exact: true }).selectOption('Dark');
	const used = new Set(await namesUsed(phone.page));
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.runs();
	for (const name of await namesUsed(phone.page)) used.add(name);

	const things = [...used].map((name) => name.split(' ')[0]);
	for (const sort of ['storage', 'database', 'lock', 'channel']) expect(things).toContain(sort);
	// Where a page was scrolled to: of this tab alone, and gone with it.
	const ofSvelteKit = /^storage sveltekit:(?:scroll|snapshot)$/;
	expect(
		[...used].filter((name) => !name.includes(` ${ownName(base, '')}`) && !ofSvelteKit.test(name))
	).toEqual([]);
});

test('a hostile neighbour that says things and holds locks does not end a call', async ({
	phone,
	base,
	served
}) => {
	await phone.open();
	await phone.talks('1');
	const evil = await evilPage(phone, served.evil);
	const things = ['phone', 'history', 'erase', 'settings', 'reach', 'own-config', 'checkups'];
	const names = things.map((thing) => ownName(base, thing));
	await evil.evaluate(async (names) => {
		const deep = { a: { b: [1, { c: 'x'.repeat(100_000) }] } };
		const words = [
			'busy',
			'idle',
			'is-anyone-busy',
			'erase',
			'erased',
			'changed',
			'challenge',
			'reload',
			'SKIP_WAITING'
		];
		const all = [
			...words,
			...words.map((type) => ({ type, t: type, from: 'evil' })),
			null,
			0,
			-1,
			[],
			deep,
			new Map()
		];
		for (const name of names) {
			const channel = new BroadcastChannel(name);
			for (let round = 0; round < 20; round++) for (const word of all) channel.postMessage(word);
			if (!name.endsWith(':phone')) void navigator.locks.request(name, () => new Promise(() => {}));
		}
		await navigator.serviceWorker.register('./worker.js');
		for (const name of await caches.keys()) await caches.delete(name);
	}, names);
	await phone.isAudible();
	await phone.reaches('In call');
	await expect(phone.time).toHaveText(/0:0[2-9]$/);
	await phone.hangUp();
	await phone.reaches('Ended: You hung up');
	await phone.page.reload();
	await expect(phone.status('Practice line')).toHaveText('Ready');
});

test('a neighbour that holds the locks of the phone looks like another tab, and the user takes it back', async ({
	phone,
	base,
	served
}) => {
	const evil = await evilPage(phone, served.evil);
	// That of the calls too: from whom is silent, and in no call, a tab that someone looks at takes the phone by itself.
	const names = ['phone', IN_CALL].map((thing) => ownName(base, thing));
	await evil.evaluate(async (names) => {
		for (const name of names) {
			await new Promise<void>((held) => {
				void navigator.locks.request(name, () => (held(), new Promise(() => {}))).catch(() => {});
			});
		}
	}, names);
	await phone.page.goto('./');
	await phone.button('Use here').click();
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await phone.talks('1');
	await phone.hangUp();
});

const GARBAGE = [
	'',
	'null',
	'[]',
	'{"',
	'{"language":{},"scheme":7,"linesOff":[{}]}',
	'"x"',
	`[${'['.repeat(5_000)}`
];

test('garbage in storage is not believed', async ({ phone, base, served }) => {
	const evil = await evilPage(phone, served.evil);
	for (const text of GARBAGE) {
		await evil.evaluate(
			([begin, text]) => {
				for (const thing of [
					'settings',
					'config',
					'own-config',
					'checkups',
					'reach',
					'missed-seen',
					'advice-seen'
				])
					for (const storage of [localStorage, sessionStorage]) storage.setItem(`${begin}${thing}`, text);
			},
			[ownName(base, ''), text] as const
		);
		await phone.open();
		await phone.page.goto('diagnostics/');
		await expect(new CheckupPage(phone.page).run).toBeVisible();
	}
	await phone.open('settings/');
	await phone.page.getByLabel('Colours', { exact: true }).selectOption('Dark');
	await phone.page.reload();
	await expect(phone.page.locator('html')).toHaveAttribute('data-scheme', 'dark');
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, TWILIO_LABEL } from './fixtures.ts';
import { startHostSite, type HostSite } from './host-site.ts';
import { Phone } from './phone.ts';

// The page that docs/embedding.md tells people to copy, to the letter but for the address of the phone.
const DOCS = readFileSync(resolve(import.meta.dirname, '../../docs/embedding.md'), 'utf8');
const [, EXAMPLE = ''] = /<!-- example -->\s*```html\n([\s\S]*?)\n```/.exec(DOCS) ?? [];
const ADDRESS = "'https://phone.example.com/'";

let host: HostSite;

test.beforeEach(async ({ guard, served }) => {
	host = await startHostSite();
	guard.allowHost(host.origin);
	guard.allowHost(host.stranger);
	guard.mayLog(/favicon\.ico/);
	expect(EXAMPLE.split(ADDRESS)).toHaveLength(2);
	host.html = EXAMPLE.replace(ADDRESS, `'${served.site.url}'`);
});

test.afterEach(async () => host.close());

test(
	'the example of the documentation calls, and shows how it goes',
	{ tag: '@anywhere' },
	async ({ page, setTwilioLine, farCalls }) => {
		setTwilioLine({}, { embed: { origins: [host.origin] } });
		await page.goto(host.origin);
		const status = page.getByRole('status');
		const result = page.locator('#result');
		const call = page.getByRole('button', { name: 'Call' });
		const opening = page.waitForEvent('popup');
		await call.click();
		const phone = new Phone(await opening);
		await expect(phone.number).toHaveValue('+1 202 555 0100');
		await expect(status).toHaveText(`${TWILIO_LABEL}: ready`);
		expect(farCalls()).toEqual([]);

		await phone.call.click();
		await phone.reaches('In call');
		await expect(status).toHaveText('Call: in-call');
		await phone.button('Hold').click();
		await expect(status).toHaveText('Call: on-hold');
		await phone.button('Resume').click();
		await expect(status).toHaveText('Call: in-call');
		await call.click();
		await expect(result).toHaveText('The phone did not take the number: in-call');
		await phone.reaches('In call');
		await phone.hangUp();
		await expect(result).toHaveText(/^lead-17: hung-up, \d+ s$/);

		// The page of the call that has ended makes room for the number.
		await call.click();
		await expect(phone.number).toHaveValue('+1 202 555 0100');
		expect(farCalls()).toHaveLength(1);

		// It says so again when it comes back.
		await phone.page.reload();
		await expect(status).toHaveText(`${TWILIO_LABEL}: ready`);
		expect(farCalls()).toHaveLength(1);
	}
);

test('an incoming call is told, and not from whom', async ({ page, setTwilioLine, exchange, identity }) => {
	setTwilioLine({}, { embed: { origins: [host.origin] } });
	await page.addInitScript(() => {
		const heard: unknown[] = [];
		Object.assign(window, { heard });
		addEventListener('message', ({ data }) => heard.push(data));
	});
	await page.goto(host.origin);
	const opening = page.waitForEvent('popup');
	await page.getByRole('button', { name: 'Call' }).click();
	const phone = new Phone(await opening);
	await expect(page.getByRole('status')).toHaveText(`${TWILIO_LABEL}: ready`);
	await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller' });
	await expect(page.getByRole('status')).toHaveText('Call: ringing');
	await phone.button('Decline').click();
	await expect(page.getByRole('status')).toHaveText(`${TWILIO_LABEL}: ready`);
	const heard = JSON.stringify(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard));
	expect(heard).toContain('"direction":"in"');
	expect(heard).not.toMatch(/0177|Ada|CA[0-9a-f]{32}/);
});

test('a page of another origin is neither heard nor answered', async ({ page, setTwilioLine, served }) => {
	setTwilioLine({}, { embed: { origins: [host.origin] } });
	await page.goto(host.stranger);
	const opening = page.waitForEvent('popup');
	await page.getByRole('button', { name: 'Call' }).click();
	const phone = new Phone(await opening);
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	await phone.page.evaluate(() => {
		document.body.dataset['heard'] = '';
		addEventListener('message', () => (document.body.dataset['heard'] += '.'));
	});
	const { origin } = new URL(served.site.url);
	await page.evaluate((to) => {
		const phone = open('', 'phone');
		for (const type of ['prefill', 'status?', 'watch', 'dial'])
			phone?.postMessage({ offhook: 1, type, ...(type === 'prefill' ? { to: '1' } : {}) }, to);
	}, origin);
	await expect(phone.page.locator('body')).toHaveAttribute('data-heard', '....');
	// What a message puts in is there two frames later.
	await phone.page.evaluate(
		() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
	);
	await expect(phone.number).toHaveValue('');
	await expect(page.getByRole('status')).toHaveText('The phone is not open.');
});

test('nothing of it is fetched where no origin is named', async ({ page, setTwilioLine, served }) => {
	const files = async (origins: readonly string[]) => {
		setTwilioLine({}, { embed: { origins } });
		served.asked.length = 0;
		await page.goto(host.origin);
		const opening = page.waitForEvent('popup');
		await page.getByRole('button', { name: 'Call' }).click();
		const phone = new Phone(await opening);
		await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
		if (origins.length > 0) await expect(phone.number).toHaveValue('+1 202 555 0100');
		else await expect(phone.number).toHaveValue('');
		// The file that has the words of the interface.
		const asked = await phone.page.evaluate(async () => {
			const files = performance.getEntriesByType('resource').map(({ name }) => name);
			const scripts = files.filter((name) => /\/immutable\/.*\.js$/.test(name));
			const texts = await Promise.all(scripts.map(async (name) => (await fetch(name)).text()));
			return texts.filter((text) => text.includes('prefilled')).length;
		});
		await phone.page.close();
		return asked;
	};
	expect(await files([])).toBe(0);
	expect(await files([host.origin])).toBe(1);
});

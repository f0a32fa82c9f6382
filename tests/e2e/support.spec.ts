import { readFile } from 'node:fs/promises';
import { isAccessible } from './axe.ts';
import { expect, LIVEKIT_LABEL, test, TWILIO_LABEL, type Phone } from './fixtures.ts';

test.beforeEach(async ({ context }) =>
	context.grantPermissions(['microphone', 'clipboard-read', 'clipboard-write'])
);

const copied = (phone: Phone) => phone.page.evaluate(() => navigator.clipboard.readText());

test('the log is read, filtered, followed, copied and saved; what strangers say in it is text', async ({
	phone
}) => {
	const { page } = phone;
	await phone.open('diagnostics/');
	await page.getByText('Log', { exact: true }).click();
	const rows = page.getByRole('list', { name: 'Log' }).getByRole('listitem');
	await expect(rows.first()).toBeVisible();
	const happens = (count: number, words: string) =>
		page.evaluate(
			([count, words]) => {
				for (let at = 0; at < count; at++)
					dispatchEvent(new ErrorEvent('error', { message: `${words} ${at} <b id=evil>+12025550101</b>` }));
			},
			[count, words] as const
		);
	await happens(2_000, 'storm');
	const count = page.getByText(/of 500 entries$/);
	await expect(count).toHaveText('500 of 500 entries');
	await expect(rows).toHaveCount(200);
	const search = page.getByRole('searchbox', { name: 'Search the log' });
	// The phone goes on doing things of its own.
	await search.fill('storm');
	await expect(rows.first()).toContainText('storm 1999 <b id=evil>');
	await expect(page.locator('#evil')).toHaveCount(0);
	await expect(rows.first()).not.toContainText('12025550101');
	await page.getByRole('button', { name: 'Older' }).click();
	await expect(rows).toHaveCount(400);

	await search.fill('storm 1900');
	await expect(count).toHaveText('1 of 500 entries');
	await page.getByRole('combobox', { name: 'Show in the log' }).selectOption('Errors only');
	await expect(rows).toHaveCount(1);
	await search.fill('no such words');
	await expect(count).toHaveText('0 of 500 entries');
	await search.fill('latest');

	const follow = page.getByRole('checkbox', { name: 'Follow' });
	await happens(1, 'latest');
	await expect(rows).toHaveCount(1);
	await follow.uncheck();
	await happens(1, 'latest');
	await follow.check();
	await expect(rows).toHaveCount(2);

	await isAccessible(page, 'the log');
	await page.getByRole('button', { name: 'Copy log' }).click();
	await expect(page.getByText('Copied')).toBeVisible();
	const lines = (await copied(phone)).split('\n');
	expect(lines).toHaveLength(2);
	expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z error uncaught \{.*latest/);
	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download log' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('offhook-log.json');
	const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as { level: string }[];
	expect(saved).toHaveLength(500);
	expect(JSON.stringify(saved)).not.toContain('12025550101');
});

test('what Twilio’s support asks for is copied after a call, and from the history', async ({
	phone,
	setTwilioLine,
	farCall
}) => {
	setTwilioLine();
	const { page } = phone;
	await phone.open('./', TWILIO_LABEL);
	await phone.talks('+12025550100');
	await phone.hangUp();
	await page.getByText('For support', { exact: true }).click();
	const copy = page.getByRole('button', { name: 'Copy for support' });
	await copy.click();
	await expect(page.getByText('Copied')).toBeVisible();
	const { sid = '' } = farCall() ?? {};
	const afterwards = await copied(phone);
	expect(afterwards).toContain(`call: ${sid}`);
	expect(afterwards).toMatch(/^sdk: @twilio\/voice-sdk \d+\.\d+\.\d+$/m);
	expect(afterwards).toMatch(/^line: desk$/m);
	expect(afterwards).toMatch(/^phone: \S+$/m);
	expect(afterwards).not.toContain('2025550100');

	await phone.go('History');
	await page.getByRole('button', { name: /^Details of the call with/ }).click();
	const sheet = page.getByRole('dialog', { name: 'For support' });
	await expect(sheet).toContainText(sid);
	await isAccessible(page, 'for support');
	await sheet.getByRole('button', { name: 'Copy for support' }).click();
	await expect(sheet.getByText('Copied')).toBeVisible();
	const later = await copied(phone);
	for (const line of afterwards.split('\n')) expect(later.split('\n')).toContain(line);
	expect(later).toMatch(/^time: \d{4}-\d\d-\d\dT/m);
	await sheet.getByRole('button', { name: 'Close' }).click();

	// A call of the practice line has nobody to ask.
	await page.reload();
	await expect(page.getByRole('button', { name: /^Details of the call with/ })).toHaveCount(1);
});

test('what LiveKit’s support asks for is kept with the call', async ({ phone, setLiveKitLine, farRoom }) => {
	setLiveKitLine();
	const { page } = phone;
	await phone.open('./', LIVEKIT_LABEL);
	await phone.talks('echo-support');
	await expect.poll(async () => (await farRoom())?.parties.length).toBeGreaterThan(0);
	await phone.hangUp();
	await phone.close();
	await phone.go('History');
	await page.getByRole('button', { name: /^Details of the call with/ }).click();
	const sheet = page.getByRole('dialog', { name: 'For support' });
	await sheet.getByRole('button', { name: 'Copy for support' }).click();
	await expect(sheet.getByText('Copied')).toBeVisible();
	const text = await copied(phone);
	expect(text).toMatch(/^call: RM_\w+$/m);
	expect(text).toMatch(/^participant: PA_\w+$/m);
	expect(text).toMatch(/^room: echo-support$/m);
	expect(text).toMatch(/^sdk: livekit-client \d+\.\d+\.\d+$/m);
});

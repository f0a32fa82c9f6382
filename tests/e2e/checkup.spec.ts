import { expect, test } from './fixtures.ts';
import { isAccessible } from './axe.ts';
import { CheckupPage, type Report } from './checkup-page.ts';
import type { Guard } from './guard.ts';

/** A run asks servers what no page may read; browsers write that to the console. */
function mayProbe(guard: Guard): void {
	guard.mayLog(/^console: (Access to fetch|Failed to load resource)/);
}

test('a healthy phone is found healthy, and its report says so in the agreed form', async ({
	phone,
	guard,
	setTwilioLine
}) => {
	mayProbe(guard);
	setTwilioLine();
	await phone.open('./', 'Support desk');
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await expect(checkup.download).toBeDisabled();
	await expect(checkup.copy).toBeDisabled();
	await checkup.runs();
	await expect(phone.page.getByText('Everything works', { exact: true })).toBeVisible();
	const { text, report } = await checkup.report();
	expect({ verdict: report.verdict, causes: report.causes }).toEqual({ verdict: 'healthy', causes: [] });
	hasAgreedForm(report);
	expect(Object.keys(report.evidence.lines)).toEqual(['desk']);
	// A JWT, or what could be one's signature.
	expect(text).not.toMatch(/eyJ[\w-]{8}|[\w-]{40,}/);
	expect(report.durationMs).toBeLessThan(20_000);
});

test(
	'a practice phone is healthy, and the run leaves nothing open',
	{ tag: '@anywhere' },
	async ({ phone }) => {
		const checkup = new CheckupPage(phone.page);
		await phone.open('./');
		await checkup.open();
		await checkup.runs();
		const { report } = await checkup.report();
		expect({ verdict: report.verdict, causes: report.causes }).toEqual({ verdict: 'healthy', causes: [] });
		await expect.poll(() => phone.live()).toMatchObject({ tracks: 0, peers: 0 });
	}
);

test('a token server that does not exist is named, with what to do and who does it', async ({
	phone,
	guard,
	setTwilioLine,
	exchange
}) => {
	mayProbe(guard);
	setTwilioLine({ token: { url: exchange.tokenUrl('404') } });
	await phone.open('./', 'Support desk', /^Not working/);
	const checkup = new CheckupPage(phone.page);
	await checkup.open('?run&line=desk');
	await checkup.ends();
	const { report } = await checkup.report();
	expect(report.verdict).toBe('blocked');
	expect(report.causes[0]).toMatchObject({
		cause: 'token-endpoint.not-found',
		line: 'desk',
		outcome: 'fail'
	});
	hasAgreedForm(report);
	const first = checkup.findings.first();
	await expect(first.getByRole('heading').first()).toHaveText(report.causes[0]?.title ?? '');
	await expect(first.getByRole('heading', { name: 'Your administrator' })).toBeVisible();
	await isAccessible(phone.page, 'a cause');
});

test('a failing line leads from the phone to its cause', async ({
	phone,
	guard,
	setTwilioLine,
	exchange
}) => {
	mayProbe(guard);
	setTwilioLine({ token: { url: exchange.tokenUrl('404') } });
	await phone.open('./', 'Support desk', /^Not working/);
	await phone.button('All lines and what is wrong').click();
	await phone.page.getByRole('link', { name: 'Find the cause' }).click();
	const checkup = new CheckupPage(phone.page);
	await checkup.ends();
	await expect(checkup.findings.first().getByRole('heading').first()).toBeFocused();
});

test('a run can be stopped, and says that it was', async ({ phone, guard, setTwilioLine, exchange }) => {
	mayProbe(guard);
	setTwilioLine({ token: { url: exchange.tokenUrl('slow', { ms: '30000' }) } });
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.run.click();
	await expect(phone.page.getByText(/Token server: Support desk/)).toBeVisible({ timeout: 15_000 });
	await checkup.stop.click();
	await checkup.ends();
	const { report } = await checkup.report();
	expect(report.verdict).toBe('unknown');
	expect(report.checks).toContainEqual(
		expect.objectContaining({ check: 'token-endpoint', line: 'desk', outcome: 'unsure' })
	);
	await expect(phone.page.getByText('Stopped before the end', { exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`the checkup is accessible, before and after a run, ${colorScheme}`, async ({ phone }) => {
		const checkup = new CheckupPage(phone.page);
		await phone.page.emulateMedia({ colorScheme });
		await checkup.open();
		await isAccessible(phone.page, 'checkup, never run');
		await checkup.runs();
		await phone.page.getByText(/^All checks/).click();
		await isAccessible(phone.page, 'checkup, ended');
	});
}

test('what would leave the device is shown before it does', async ({ phone }) => {
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.runs();
	const { text } = await checkup.report();
	await phone.button('See what is in it').click();
	await expect(phone.page.getByRole('region', { name: 'Download report' })).toHaveText(text.trimEnd());
	await isAccessible(phone.page, 'what leaves the device');
});

test('a run is started, and one check looked at again, by keyboard alone', async ({ phone }) => {
	const checkup = new CheckupPage(phone.page);
	await checkup.open();
	await checkup.run.focus();
	await phone.page.keyboard.press('Enter');
	await checkup.ends();
	await expect(checkup.run).toBeFocused();
	await phone.page.getByText(/^All checks/).click();
	const again = phone.button('Check again: Clock');
	await again.focus();
	await phone.page.keyboard.press('Enter');
	await checkup.ends();
	await expect(phone.page.getByText('Everything works', { exact: true })).toBeVisible();
});

test('the token test shows the claims and never the signature', async ({
	phone,
	setTwilioLine,
	identity
}) => {
	setTwilioLine();
	await phone.open('./', 'Support desk');
	await phone.page.goto('diagnostics/');
	await phone.button('Test token').click();
	const table = phone.page.getByRole('table', { name: 'What the token says' });
	await expect(table.getByRole('row', { name: /grants\.identity/ })).toContainText(identity);
	await expect(table.getByRole('row', { name: /grants\.voice\.incoming\.allow/ })).toContainText('true');
	expect(await phone.page.content()).not.toMatch(/eyJ[\w-]{8}/);
	await isAccessible(phone.page, 'decoded token');
});

test('a WebSocket is tried by hand', async ({ phone, guard, exchange }) => {
	mayProbe(guard);
	await phone.open('diagnostics/');
	await phone.page
		.getByRole('textbox', { name: 'Address', exact: true })
		.fill(`wss://${exchange.gateway}/signal`);
	await phone.button('Try a WebSocket').click();
	await expect(phone.page.getByText('It opens and stays open')).toBeVisible({ timeout: 15_000 });
});

test('a test call is measured and hung up by itself', async ({ phone, setTwilioLine, farCalls }) => {
	setTwilioLine();
	await phone.open('diagnostics/', 'Support desk');
	await phone.page.getByRole('textbox', { name: 'Number to call', exact: true }).fill('+12025550100');
	await phone.button('Test call').click();
	await expect(phone.page.getByText('The call works: it was answered, and sound flows')).toBeVisible({
		timeout: 25_000
	});
	expect(farCalls()).toHaveLength(1);
	await expect.poll(() => phone.live()).toMatchObject({ tracks: 0, peers: 0 });
});

test('whether one can be reached is tried by a real call', async ({ phone, setTwilioLine }) => {
	// The exchange rings whoever calls this name.
	setTwilioLine({ identity: 'calls-back' });
	await phone.open('diagnostics/', 'Support desk');
	await phone.button('Can I be reached?').click();
	await phone.button('Decline').click({ timeout: 20_000 });
	await expect(phone.page.getByText(/^Yes: it rang here after/)).toBeVisible({ timeout: 10_000 });
});

test('a closed checkup shows nothing and starts nothing', async ({ phone, setConfig }) => {
	setConfig({ lines: [{ id: 'practice', kind: 'practice' }], locked: ['diagnostics'] });
	await phone.open('diagnostics/?run');
	await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText('Checkup is closed on this phone');
	await expect(phone.page.getByRole('link', { name: 'Checkup', exact: true })).toHaveCount(0);
	await expect(phone.button('Stop')).toHaveCount(0);
});

/** Contract: every field there, and no other on top. */
function hasAgreedForm(report: Report): void {
	expect(Object.keys(report)).toEqual([
		'format',
		'app',
		'language',
		'startedAt',
		'durationMs',
		'verdict',
		'causes',
		'checks',
		'evidence',
		'log'
	]);
	expect(report.format).toBe('offhook-report/1');
	expect(report.language).toBe('en');
	expect(new Date(report.startedAt).toISOString()).toBe(report.startedAt);
	for (const one of report.causes) {
		expect(Object.keys(one).sort()).toEqual(
			['cause', 'check', 'facts', 'fix', 'line', 'outcome', 'probe', 'sure', 'title', 'why'].sort()
		);
	}
	for (const one of report.checks) {
		expect(Object.keys(one).sort()).toEqual(['check', 'line', 'ms', 'outcome', 'probe', 'reason'].sort());
		expect(['pass', 'warn', 'fail', 'unsure', 'skipped']).toContain(one.outcome);
	}
	expect(Object.keys(report.evidence)).toEqual(['page', 'lines', 'probes']);
}

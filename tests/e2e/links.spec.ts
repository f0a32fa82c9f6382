import { expect, test } from './fixtures.ts';

const LINKS = [
	['?to=%2B12025550100', '+1 202 555 0100'],
	['?to=tel:%2B12025550100', '+1 202 555 0100'],
	['?to=tel%3A%2B1-202-555-0100', '+1 202 555 0100'],
	['?to=1&line=practice', '1'],
	['?to=client:ada', 'client:ada'],
	['?to=%3Cimg%20src%3Dx%20onerror%3Dwitness.pwned%2B%2B%3E', /img/]
] as const;

for (const [link, shown] of LINKS) {
	const tag = link.includes('line=') ? '@anywhere' : [];
	test(`${link} fills the field and never dials`, { tag }, async ({ phone }) => {
		await phone.open(`./${link}`);
		await expect(phone.number).toHaveValue(shown);
		await expect(phone.state).toBeHidden();
		expect(await phone.page.evaluate(() => window.witness.made())).toEqual({
			microphones: 0,
			peers: 0,
			sockets: 0
		});
		expect(await phone.page.evaluate(() => window.witness.pwned)).toBe(0);
		await phone.go('History');
		await expect(phone.page.getByText('No calls yet.')).toBeVisible();
	});
}

test('a message and a fragment dial nothing', async ({ phone }) => {
	await phone.open('./?to=1');
	await phone.page.evaluate(() => {
		window.postMessage({ type: 'dial', to: '1' }, '*');
		location.hash = '#to=1&dial=1';
	});
	await expect(phone.number).toHaveValue('1');
	await expect(phone.state).toBeHidden();
	expect(await phone.page.evaluate(() => window.witness.made().microphones)).toBe(0);
});

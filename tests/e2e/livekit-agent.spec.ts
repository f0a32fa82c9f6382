import { readFile } from 'node:fs/promises';
import { expect, LIVEKIT_LABEL, test, type Phone } from './fixtures.ts';

const transcript = (phone: Phone) => phone.page.getByRole('log', { name: 'Transcript', exact: true });
const agent = (phone: Phone) => phone.status('Agent');

/** The fake microphone beeps twice a second: for the agents of these rooms that is speech (tests/livekit/room-plan.ts). */
const QUICK = { room: 'quick-{random}', agent: { expected: true } };

test('one tap reaches the agent: it listens, thinks and speaks, and its words are read', async ({
	phone,
	setLiveKitLine,
	farRoom
}) => {
	setLiveKitLine(QUICK);
	await phone.open('./', LIVEKIT_LABEL);
	await expect(phone.number).toHaveAttribute('placeholder', 'Just press Call');
	// Every word that the agent's state has been, from the first one on.
	const states = await phone.page.evaluateHandle(() => {
		const seen = new Set<string>();
		const note = () =>
			seen.add(document.querySelector('[role=status][aria-label=Agent]')?.textContent?.trim() ?? '');
		new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
		return seen;
	});
	await phone.call.click();
	await phone.reaches('In call');
	await expect(phone.region(LIVEKIT_LABEL)).toBeVisible();
	await expect(transcript(phone)).toContainText(/I heard you for .* Go on\./, { timeout: 20_000 });
	await expect(transcript(phone)).toContainText(/You\s*\(speech of/);
	expect(await states.evaluate((seen) => [...seen])).toEqual(
		expect.arrayContaining(['Waiting for the agent', 'Listening', 'Thinking', 'Speaking'])
	);
	await phone.isAudible();

	const party = async () => (await farRoom())?.parties[0];
	const before = await party();
	await expect.poll(async () => (await party())?.framesIn).toBeGreaterThan((before?.framesIn ?? 0) + 50);
	await expect.poll(async () => (await party())?.framesOut).toBeGreaterThan((before?.framesOut ?? 0) + 50);
	await expect.poll(async () => (await party())?.level).toBeGreaterThan(0.02);
	await phone.button('Mute').click();
	await expect.poll(async () => (await party())?.level).toBeLessThan(0.001);

	await phone.hangUp();
	// What was said can be read until the call is closed.
	await expect(transcript(phone)).toContainText(/I heard you for/);
	await phone.button('Call again').click();
	await phone.reaches('In call');
	await phone.hangUp();
	await phone.close();
	const rows = phone.page.getByRole('region', { name: 'Recent calls' }).getByRole('listitem');
	await expect(rows).toHaveCount(2);
	await expect(rows.first()).toContainText(LIVEKIT_LABEL);
	await expect(rows.first()).not.toContainText('quick-');
	// Its own party is called with nothing typed, so that is what a row of the history puts in.
	await rows.first().getByRole('button').click();
	await expect(phone.number).toHaveValue('');
});

test('what is written reaches the agent, and its answer is shown as text', async ({
	phone,
	setLiveKitLine,
	farRoom
}) => {
	setLiveKitLine(QUICK);
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	await expect(agent(phone)).toHaveText(/Listening|Thinking|Speaking/, { timeout: 20_000 });
	const field = phone.page.getByRole('textbox', { name: /^Write to/ });
	await field.fill('Is it <b>open</b> at 9?');
	await field.press('Enter');
	await expect(field).toHaveValue('');
	await expect.poll(async () => (await farRoom())?.parties[0]?.chats).toEqual(['Is it <b>open</b> at 9?']);
	await expect(transcript(phone)).toContainText('You wrote: Is it <b>open</b> at 9?');
	await expect(transcript(phone).locator('b')).toHaveCount(0);
	// Digits in a text are no keys.
	expect((await farRoom())?.parties[0]?.digits).toBe('');
	await phone.hangUp();
});

test('keys are sent to the agent', async ({ phone, setLiveKitLine, farRoom }) => {
	setLiveKitLine(QUICK);
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	await expect(agent(phone)).toHaveText(/Listening|Thinking|Speaking/, { timeout: 20_000 });
	await phone.button('Keypad').click();
	const keypad = phone.page.getByRole('group', { name: 'Keypad for this call' });
	for (const key of ['1', 'Star', 'Hash'])
		await keypad.getByRole('button', { name: key, exact: true }).click();
	await phone.page.keyboard.type('42');
	await expect.poll(async () => (await farRoom())?.parties[0]?.digits, { timeout: 15_000 }).toBe('1*#42');
	await expect(phone.status('Digits sent')).toHaveText('1*#42');
	await phone.hangUp();
});

test('answers are measured, and the conversation is a file without a token or a device', async ({
	phone,
	setLiveKitLine
}) => {
	setLiveKitLine(QUICK);
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	await phone.reaches('In call');
	await phone.button('Details').click();
	const details = phone.page.getByRole('group', { name: 'Details', exact: true });
	await expect(details.getByText('joined', { exact: true })).toBeVisible({ timeout: 15_000 });
	await expect(details.getByRole('definition').first()).toHaveText(/^[\d,]+ ms$/, { timeout: 20_000 });
	await phone.hangUp();
	const saved = phone.page.waitForEvent('download');
	await phone.button('Download conversation').click();
	const download = await saved;
	expect(download.suggestedFilename()).toBe('offhook-conversation.json');
	const text = await readFile(await download.path(), 'utf8');
	expect(text).not.toMatch(/eyJ|fake/i);
	const content = JSON.parse(text) as Record<string, readonly unknown[]>;
	expect(content).toMatchObject({
		format: 'offhook-conversation/1',
		line: 'agent',
		room: expect.stringMatching(/^quick-[a-z0-9]{10}$/),
		ended: { reason: 'hung-up' }
	});
	for (const part of ['turns', 'transcript', 'quality']) expect(content[part]).not.toEqual([]);
	expect(content.events).toContainEqual(expect.objectContaining({ what: 'joined' }));
});

test('sound that the browser holds back is one tap away', async ({ phone, setLiveKitLine }) => {
	setLiveKitLine(QUICK);
	await phone.page.addInitScript(() => {
		const { play } = HTMLMediaElement.prototype;
		let allowed = false;
		addEventListener(
			'click',
			({ target }) => {
				if (target instanceof Element && target.textContent?.includes('Turn on sound')) allowed = true;
			},
			true
		);
		HTMLMediaElement.prototype.play = function () {
			const live = this.srcObject instanceof MediaStream;
			if (live && !allowed) return Promise.reject(new DOMException('not yet', 'NotAllowedError'));
			return play.call(this);
		};
	});
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	await phone.button('Turn on sound').click({ timeout: 20_000 });
	await expect(phone.button('Turn on sound')).toBeHidden();
	await phone.isAudible();
	await phone.hangUp();
});

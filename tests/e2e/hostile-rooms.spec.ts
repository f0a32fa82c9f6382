import { WebSocket } from 'ws';
import { expect, LIVEKIT_LABEL, test, type Page } from './fixtures.ts';
import { expectNoHarm, OWN_KINDS, watchHarm } from './harm.ts';
import { HOSTILE } from './hostile.ts';

/** The server takes names of 256 bytes at most, and attributes of 64 kB. */
const NAMES = HOSTILE.map((words) => words.toWellFormed().replaceAll('\0', '\u{1}').slice(0, 60));

/** Resolves with what is wrong as soon as these words are on the page. */
const sees = (page: Page, mark: string) =>
	page.evaluate(
		([mark, kinds]) =>
			new Promise<string[]>((resolve) => {
				const look = () => {
					if (!document.querySelector('main')?.textContent.includes(mark)) return;
					watching.disconnect();
					resolve(window.harm(kinds));
				};
				const watching = new MutationObserver(look);
				watching.observe(document.body, { childList: true, subtree: true, characterData: true });
				look();
			}),
		[mark, OWN_KINDS] as const
	);

test(`what ${HOSTILE.length} participants say of themselves is text: name, attributes, metadata, state of the telephone`, async ({
	phone,
	setLiveKitLine,
	livekit
}) => {
	await watchHarm(phone.page);
	setLiveKitLine();
	await phone.open('./', LIVEKIT_LABEL);
	await phone.dial('phone-hostile');
	await phone.reaches('In call', 20_000);
	const whoCalls = async () =>
		(await livekit.rooms.listParticipants('phone-hostile')).find(
			({ attributes }) => 'sip.callID' in attributes
		)?.identity;
	await expect.poll(whoCalls).toBeDefined();
	const other = (await whoCalls()) ?? '';
	for (const [at, words] of NAMES.entries()) {
		const mark = `number ${at}.`;
		const attributes = {
			'sip.phoneNumber': mark,
			'sip.callStatus': words,
			'lk.agent.state': words,
			[`x${words}`]: words
		};
		await livekit.rooms.updateParticipant('phone-hostile', other, {
			name: words,
			metadata: words,
			attributes
		});
		expect(await sees(phone.page, mark), words).toEqual([]);
		if (at % 12 > 0) continue;
		const back = { 'sip.phoneNumber': words, 'sip.callStatus': words, 'sip.callID': words };
		await livekit.rooms.updateParticipant('phone-hostile', other, { name: `name ${at}.`, attributes: back });
		expect(await sees(phone.page, `name ${at}.`), words).toEqual([]);
	}
	await phone.hangUp();
});

test(`${HOSTILE.length} people with strange identities are shown as text`, async ({
	phone,
	setLiveKitLine,
	livekit
}) => {
	await watchHarm(phone.page);
	setLiveKitLine({ agent: { name: 'nobody-answers-to-this-name' } });
	await phone.open('./', LIVEKIT_LABEL);
	await phone.dial('quiet-hostile');
	await expect(phone.page.getByText('Nobody else is here yet')).toBeVisible({ timeout: 20_000 });
	const sockets: WebSocket[] = [];
	let came = 0;
	for (const [at, words] of NAMES.entries()) {
		const identity = `${words}#${at}`;
		const token = await livekit.mint({ room: 'quiet-hostile', identity, name: '' });
		const socket = new WebSocket(`${livekit.url}/rtc?access_token=${token}&protocol=15&auto_subscribe=0`);
		sockets.push(socket);
		await new Promise<void>((resolve) => {
			socket.once('message', () => (came++, resolve()));
			socket.once('error', () => resolve());
		});
	}
	expect(came).toBe(NAMES.length);
	const list = phone.page.getByRole('list', { name: 'In this call' });
	await expect(list.getByRole('listitem')).toHaveCount(came, { timeout: 20_000 });
	await expectNoHarm(phone.page, 'the people');
	for (const socket of sockets) socket.terminate();
	await phone.hangUp();
});

test(`what an agent says, sends and is, in ${HOSTILE.length} strange words, is text`, async ({
	phone,
	setLiveKitLine,
	livekit,
	farRoom
}) => {
	await watchHarm(phone.page);
	setLiveKitLine({ room: 'mute-{random}', agent: { expected: true } });
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	await expect(phone.status('Agent')).toHaveText(/Listening|Thinking|Speaking/, { timeout: 20_000 });
	const room = (await farRoom())?.room ?? '';
	await livekit.say(room, 'W'.repeat(1_000_000), 1);
	for (const words of HOSTILE.map((words) => words.toWellFormed().slice(0, 120))) {
		await livekit.say(room, words, 1);
		await livekit.setState(room, words);
		for (const topic of ['lk.chat', 'lk.transcription', 'lk-chat-topic', words])
			await livekit.rooms.sendData(room, Buffer.from(words), 0, { topic });
	}
	await livekit.say(room, 'That is all.', 1);
	expect(await sees(phone.page, 'That is all.')).toEqual([]);
	const said = phone.page.getByRole('log', { name: 'Transcript', exact: true }).getByRole('listitem');
	expect(await said.count()).toBeGreaterThan(250);
	for (const text of await said.allTextContents()) expect(text.length).toBeLessThan(9_000);
	await phone.hangUp();
	await expectNoHarm(phone.page, 'the call that has ended');
	await phone.close();
	await expectNoHarm(phone.page, 'the phone');
});

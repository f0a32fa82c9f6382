import { expect, LIVEKIT_LABEL, test, TWILIO_LABEL } from './fixtures.ts';

test('people in a room are shown by name, and write to everyone', async ({
	phone,
	setLiveKitLine,
	farRoom
}) => {
	setLiveKitLine();
	await phone.open('./', LIVEKIT_LABEL);
	await phone.dial('people-standup');
	await phone.reaches('In call');
	await expect(phone.region('people-standup')).toBeVisible();
	const people = phone.page.getByRole('list', { name: 'In this call' });
	await expect(people.getByRole('listitem')).toHaveCount(3, { timeout: 20_000 });
	// In the order in which they came.
	for (const name of ['Ada Person', 'Bob Person', 'Cleo Person']) await expect(people).toContainText(name);
	await expect(phone.page.getByRole('textbox', { name: 'Write to everyone' })).toBeVisible();
	await phone.isAudible();
	await expect
		.poll(async () => (await farRoom())?.parties.map(({ framesIn }) => framesIn > 0))
		.toContain(true);
	await phone.hangUp();
	await phone.close();
	const row = phone.page.getByRole('region', { name: 'Recent calls' }).getByRole('listitem').first();
	await expect(row).toContainText('people-standup');
	await expect(row).not.toContainText('room:');
	await row.getByRole('button').click();
	await expect(phone.number).toHaveValue('room:people-standup');
});

test('a room in which nobody is', async ({ phone, setLiveKitLine, livekit }) => {
	setLiveKitLine({ token: { url: livekit.tokenUrl() }, agent: { name: 'nobody-answers-to-this-name' } });
	await phone.open('./', LIVEKIT_LABEL);
	await phone.dial('quiet');
	await expect(phone.page.getByText('Nobody else is here yet')).toBeVisible({ timeout: 20_000 });
	await phone.hangUp();
});

test('who came by telephone has a number, and a leg that stands somewhere', async ({
	phone,
	setLiveKitLine
}) => {
	setLiveKitLine();
	await phone.open('./', LIVEKIT_LABEL);
	await phone.dial('phone-desk');
	const people = phone.page.getByRole('list', { name: 'In this call' });
	await expect(people).toContainText(/By phone.*connected/, { timeout: 20_000 });
	await expect(people).toContainText(/202.?555.?0155/);
	await phone.reaches('In call');
	await phone.hangUp();
});

test('who may only listen has no microphone to mute, and is told so', async ({
	phone,
	setLiveKitLine,
	livekit,
	farRoom
}) => {
	setLiveKitLine({ token: { url: livekit.tokenUrl('listen-only') } });
	await phone.open('./', LIVEKIT_LABEL);
	await phone.dial('people-town-hall');
	await phone.reaches('In call');
	await expect(phone.page.getByText('You can listen, but not speak')).toBeVisible();
	await expect(phone.button('Mute')).toBeHidden();
	await phone.isAudible();
	expect((await farRoom())?.parties.every(({ framesIn }) => framesIn === 0)).toBe(true);
	await phone.hangUp();
});

test('two lines, one audio focus: answering a telephone call holds the agent', async ({
	phone,
	setConfig,
	setLiveKitLine,
	livekit,
	exchange,
	identity,
	farCall,
	farRoom
}) => {
	setLiveKitLine();
	setConfig({
		lines: [
			{
				id: 'agent',
				kind: 'livekit',
				label: LIVEKIT_LABEL,
				token: { url: livekit.tokenUrl() },
				identity,
				room: 'echo-{random}',
				agent: { expected: true }
			},
			{
				id: 'desk',
				kind: 'twilio',
				label: TWILIO_LABEL,
				token: { url: exchange.tokenUrl() },
				identity,
				gateway: exchange.gateway
			}
		]
	});
	await phone.open('./', TWILIO_LABEL);
	await expect(phone.status(LIVEKIT_LABEL)).toHaveText('Ready');
	await phone.call.click();
	await phone.reaches('In call');
	const level = async () => (await farRoom())?.parties[0]?.level;
	await expect.poll(level).toBeGreaterThan(0.02);
	await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller', behaviour: 'tone-1100' });
	await phone.button('Answer').click();
	await expect(phone.region('Ada Caller')).toBeVisible();
	await phone.reaches('In call');
	await expect.poll(level).toBeLessThan(0.001);
	await expect.poll(() => farCall()?.level).toBeGreaterThan(0.02);
	await phone.button('Hang up').click();
	// The agent comes back by itself.
	await expect(phone.region(LIVEKIT_LABEL)).toBeVisible();
	await phone.reaches('In call');
	await expect.poll(level).toBeGreaterThan(0.02);
	await phone.hangUp();
	await phone.close();

	// Nobody has chosen a line for the number that called on the desk: the desk is proposed for it.
	await expect(phone.line).toHaveValue('agent');
	await phone.number.fill('(202) 555-0177');
	await expect(phone.line).toHaveValue('desk');
	await phone.number.fill('(202) 555-0178');
	await expect(phone.line).toHaveValue('agent');
	await phone.number.fill('(202) 555-0177');
	await phone.line.selectOption('agent');
	await expect(phone.line).toHaveValue('agent');
});

test('the screen of rooms is fetched for lines that call rooms, and for no other', async ({
	phone,
	served,
	setLiveKitLine
}) => {
	const fetched = () => served.asked.some((path) => path.includes('/RoomCall.'));
	await phone.open();
	await phone.talks('1');
	expect(fetched()).toBe(false);
	await phone.hangUp();
	setLiveKitLine();
	await phone.open('./', LIVEKIT_LABEL);
	await expect.poll(fetched).toBe(true);
});

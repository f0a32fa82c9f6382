import { expect, LIVEKIT_LABEL, test, type Phone } from './fixtures.ts';

const agent = (phone: Phone) => phone.status('Agent');
const inRoom = (first: string) => ({
	room: `${first}-{random}`,
	agent: { expected: true, joinWithinSeconds: 3 }
});

test.describe('what is wrong with an agent while the call goes on', () => {
	for (const [room, title, next] of [
		['mute', 'The voice agent is here but has no voice', /Wait a moment or call again/],
		['silent', 'The voice agent sends only silence', /Say something, or call again/],
		['freezes', 'The voice agent keeps thinking', /Say it again or wait/]
	] as const) {
		test(title, async ({ phone, setLiveKitLine }) => {
			setLiveKitLine(inRoom(room));
			await phone.open('./', LIVEKIT_LABEL);
			await phone.call.click();
			await phone.reaches('In call');
			await expect(agent(phone)).toHaveText(title, { timeout: 30_000 });
			await expect(phone.page.getByText(next)).toBeVisible();
			await expect(phone.state).toHaveText('In call');
			await phone.hangUp();
		});
	}
});

test.describe('what ends a call', () => {
	for (const [room, state, next] of [
		['never', 'Ended: No answer', /The voice agent did not come/],
		['crashes', 'Ended: The voice agent left the call', /look at the agent's log/],
		['ends', 'Ended: The other side hung up', /The room was closed/]
	] as const) {
		test(`${room}: ${state}`, async ({ phone, setLiveKitLine }) => {
			setLiveKitLine(inRoom(room));
			await phone.open('./', LIVEKIT_LABEL);
			await phone.call.click();
			await phone.reaches(state, 40_000);
			await expect(phone.region(LIVEKIT_LABEL)).toContainText(next);
		});
	}

	test('an agent that says goodbye is no fault', async ({ phone, setLiveKitLine }) => {
		setLiveKitLine(inRoom('leaves'));
		await phone.open('./', LIVEKIT_LABEL);
		await phone.call.click();
		await phone.reaches('Ended: The other side hung up', 20_000);
	});

	test('being removed from the room', async ({ phone, setLiveKitLine, livekit, farRoom, identity }) => {
		setLiveKitLine(inRoom('quick'));
		await phone.open('./', LIVEKIT_LABEL);
		await phone.call.click();
		await expect(agent(phone)).toHaveText(/Listening|Thinking|Speaking/, { timeout: 20_000 });
		await livekit.rooms.removeParticipant((await farRoom())?.room ?? '', identity);
		await phone.reaches('Ended: You were removed from the room');
		await expect(phone.region(LIVEKIT_LABEL)).toContainText('Ask the person who runs the room');
		await expect(phone.button('Call again')).toBeVisible();
	});

	for (const [token, state] of [
		['expired', 'Ended: The LiveKit token has run out'],
		['no-join', 'Ended: The token lets nobody into a room']
	] as const) {
		test(`a token that is ${token}`, async ({ phone, setLiveKitLine, livekit, guard }) => {
			guard.mayLog(/status of 401|WebSocket connection to/);
			setLiveKitLine({ ...inRoom('quick'), token: { url: livekit.tokenUrl(token) } });
			await phone.open('./', LIVEKIT_LABEL);
			await phone.call.click();
			await phone.reaches(state);
		});
	}
});

test('a connection that breaks and comes back is said, and the words stay', async ({
	phone,
	setLiveKitLine,
	guard
}) => {
	guard.mayLog(/ERR_INTERNET_DISCONNECTED/);
	setLiveKitLine(inRoom('quick'));
	await phone.open('./', LIVEKIT_LABEL);
	await phone.call.click();
	const words = phone.page.getByRole('log', { name: 'Transcript', exact: true });
	await expect(words).toContainText(/I heard you for/, { timeout: 20_000 });
	await phone.page.context().setOffline(true);
	await phone.page.evaluate(() => window.dispatchEvent(new Event('offline')));
	await phone.reaches('Reconnecting', 30_000);
	await expect(phone.page.getByText('The connection was lost and is being restored.')).toBeVisible();
	await phone.page.context().setOffline(false);
	await phone.reaches('In call', 30_000);
	await expect(phone.page.getByText('The connection is back.')).toBeVisible();
	await expect(words).toContainText(/I heard you for/);
	await phone.hangUp();
});

import { expect, test, TWILIO_LABEL, type Page } from './fixtures.ts';

/** What the page asks of the system, by name; put in place before the page's own scripts. */
interface Asked {
	readonly locks: number;
	readonly badges: readonly number[];
	readonly beats: readonly (readonly number[])[];
	readonly microphone: readonly boolean[];
	readonly actions: Record<string, (() => void) | null>;
}

function spy(): void {
	const asked = {
		locks: 0,
		badges: [] as number[],
		beats: [] as number[][],
		microphone: [] as boolean[],
		actions: {}
	};
	const { wakeLock, mediaSession } = navigator;
	// A browser without a screen refuses.
	wakeLock.request = () => {
		asked.locks++;
		const release = () => Promise.resolve(void asked.locks--);
		return Promise.resolve(Object.assign(new EventTarget(), { release, released: false }) as never);
	};
	const setHandler = mediaSession.setActionHandler.bind(mediaSession);
	mediaSession.setActionHandler = (action, handler) => {
		setHandler(action, handler);
		Object.assign(asked.actions, { [action]: handler });
	};
	Object.assign(mediaSession, { setMicrophoneActive: (on: boolean) => asked.microphone.push(on) });
	Object.assign(navigator, {
		setAppBadge: (count: number) => Promise.resolve(void asked.badges.push(count)),
		vibrate: (beat: number[]) => asked.beats.push(beat) > 0
	});
	Object.assign(window, { asked });
}
const asked = (page: Page) => page.evaluate(() => (window as unknown as { asked: Asked }).asked.locks);
const press = (page: Page, action: string) =>
	page.evaluate((name) => (window as unknown as { asked: Asked }).asked.actions[name]?.(), action);
const has = (page: Page, action: string) =>
	page.evaluate((name) => Boolean((window as unknown as { asked: Asked }).asked.actions[name]), action);

test('in a call the screen stays on, and the system’s own buttons mute and hang up', async ({
	phone,
	context
}) => {
	await context.addInitScript(spy);
	await phone.open();
	await phone.talks('1');
	await expect.poll(() => asked(phone.page)).toBe(1);
	await expect.poll(() => has(phone.page, 'hangup')).toBe(true);
	expect(await phone.page.evaluate(() => navigator.mediaSession.metadata?.artist)).toBe('Practice line');
	await press(phone.page, 'togglemicrophone');
	await expect(phone.button('Unmute')).toBeVisible();
	await press(phone.page, 'hangup');
	await phone.reaches(/^Ended: /);
	await expect.poll(() => asked(phone.page)).toBe(0);
	expect(await has(phone.page, 'hangup')).toBe(false);
});

test('a missed call is counted, also on the icon, until the history is opened', async ({
	phone,
	context,
	setTwilioLine,
	exchange,
	identity
}) => {
	await context.addInitScript(spy);
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	const badges = () => phone.page.evaluate(() => (window as unknown as { asked: Asked }).asked.badges);
	const beats = () => phone.page.evaluate(() => (window as unknown as { asked: Asked }).asked.beats);
	const history = phone.page.getByRole('link', { name: 'History', exact: true });
	await phone.number.click();
	await exchange.ring({ identity, from: '+12025550177', name: 'Ada Caller', behaviour: 'cancels' });
	await expect(phone.incomingFrom('Ada Caller')).toBeVisible();
	await expect.poll(beats).toContainEqual([400, 200, 400]);
	await expect(phone.incoming).toBeHidden();
	expect((await beats()).at(-1)).toEqual([]);
	await phone.close();
	await expect(history).toHaveAccessibleDescription('Missed calls: 1');
	expect(await badges()).toEqual([1]);
	await phone.go('History');
	await expect(phone.rows).toHaveCount(1);
	await expect(history).toHaveAccessibleDescription('');
	expect(await badges()).toEqual([1, 0]);
	await phone.page.reload();
	await expect(phone.rows).toHaveCount(1);
	await expect(history).toHaveAccessibleDescription('');
});

test('the settings say how calls reach this phone, and when they did not', async ({
	phone,
	setTwilioLine,
	exchange,
	identity,
	context,
	guard
}) => {
	guard.mayLog(/WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	await phone.go('Settings');
	const group = phone.page.getByRole('region', { name: 'Being reached', exact: true });
	await expect(group).toContainText('Calls ring here now. Last proven by the other side:');
	await expect(group).toContainText('let your number ring at a real telephone');
	await expect(group.getByRole('img', { name: /^The last 24 hours: reachable / })).toBeVisible();
	await context.setOffline(true);
	await expect(group).toContainText('Nobody can call this line now: No network.');
	exchange.drop(identity);
	await context.setOffline(false);
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	await expect
		.poll(mine, { timeout: 5_000 })
		.toMatchObject({ registered: true, sockets: 1, mostRegistered: 1 });
	await expect(group).toContainText('Calls ring here now.');
});

for (const seconds of [1, 30, 90]) {
	test(`${seconds} s without network while idle: registered again within 5 s, and the day says so`, async ({
		phone,
		setTwilioLine,
		exchange,
		identity,
		context,
		guard
	}) => {
		guard.mayLog(/WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
		await phone.page.clock.install();
		setTwilioLine();
		await phone.open('./', TWILIO_LABEL);
		await phone.go('Settings');
		const group = phone.page.getByRole('region', { name: 'Being reached', exact: true });
		await expect(group).toContainText('Calls ring here now.');
		await context.setOffline(true);
		exchange.drop(identity);
		const mine = () => exchange.phones().find((one) => one.identity === identity);
		await expect.poll(mine).toMatchObject({ registered: false, sockets: 0 });
		await phone.page.clock.runFor(seconds * 1_000);
		await context.setOffline(false);
		await expect
			.poll(mine, { timeout: 5_000 })
			.toMatchObject({ registered: true, sockets: 1, mostRegistered: 1 });
		await expect(group).toContainText('Calls ring here now.');
		const gaps = group.getByText('When nobody could call');
		if (seconds < 20) {
			await expect(gaps).toBeHidden();
			return;
		}
		await gaps.click();
		await expect(group.getByRole('group').getByRole('listitem')).toHaveText([/No network$/]);
		await expect(phone.page.getByRole('status', { name: 'Notices' })).toContainText(
			/Nobody could call you (from .+ to|around) .+: No network\./
		);
	});
}

test('what a sleeping computer has missed is written down as sleep', async ({
	phone,
	setTwilioLine,
	exchange,
	identity
}) => {
	await phone.page.clock.install();
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	await phone.go('Settings');
	const group = phone.page.getByRole('region', { name: 'Being reached', exact: true });
	await expect(group).toContainText('Calls ring here now.');
	await phone.page.clock.fastForward('40:00');
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	await expect.poll(mine).toMatchObject({ registered: true, sockets: 1, mostRegistered: 1 });
	await group.getByText('When nobody could call').click();
	await expect(group.getByRole('group').getByRole('listitem')).toHaveText([/Asleep$/]);
	await expect(phone.page.getByRole('status', { name: 'Notices' })).toContainText(': Asleep.');
});

test('a LiveKit line says that nobody can call it', async ({ phone, setConfig, guard }) => {
	// Nothing is there: what matters is what the line cannot do.
	guard.mayLog(/(lk|tokens)\.invalid/);
	const token = { url: 'https://tokens.invalid/livekit' };
	setConfig({
		lines: [{ id: 'agent', kind: 'livekit', label: 'Voice agent', serverUrl: 'wss://lk.invalid', token }]
	});
	await phone.page.goto('./settings/');
	const group = phone.page.getByRole('region', { name: 'Being reached', exact: true });
	await expect(group).toContainText('This line only calls out. Nobody can call it.');
});

test('in a phone’s browser it is said once that it rings only while it is open', async ({
	phone,
	context,
	setTwilioLine
}) => {
	await context.addInitScript(() => {
		Object.defineProperty(navigator, 'userAgentData', { value: { mobile: true, platform: 'Android' } });
	});
	setTwilioLine();
	await phone.open('./', TWILIO_LABEL);
	await expect(phone.page.getByText('Calls ring only while this phone is open on the screen.')).toBeVisible();
	await phone.page.getByRole('link', { name: 'What to do', exact: true }).click();
	const group = phone.page.getByRole('region', { name: 'Being reached', exact: true });
	await expect(group).toContainText('Android stops the page within seconds or minutes');
	await phone.open('./', TWILIO_LABEL);
	await phone.go('Settings');
	await expect(group).toBeVisible();
	await phone.go('Phone');
	await expect(phone.page.getByText('Calls ring only while')).toBeHidden();
});

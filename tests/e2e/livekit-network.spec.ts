import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveKit } from '../livekit/livekit.ts';
import { expect, LIVEKIT_LABEL, test as base } from './fixtures.ts';

const ECHO = { room: 'echo-{random}', agent: { expected: true } };
const LOUD = 0.02;
const SILENT = 0.001;

interface Talk {
	/** Calls the agent that echoes; resolves when each hears the other. `more` is put over the line's entry. */
	begin(more?: object): Promise<void>;
	/** Each hears the other: packets arrive here and sound arrives there. */
	flows(): Promise<void>;
	/** Nothing arrives on either side. */
	stands(): Promise<void>;
	/** Ends the call: it is one row of the history, as long as the screen said, and nothing of us is left in the room. */
	end(): Promise<void>;
	/** Every state that the screen has said since the call began. */
	states(): Promise<readonly string[]>;
	/** How many of us the server sees in the room. */
	ofUs(): Promise<number>;
}

const test = base.extend<{ talk: Talk }>({
	talk: async ({ phone, setLiveKitLine, livekit, farRoom, identity, guard }, use) => {
		// Of sockets that break, the browser itself says so.
		guard.mayLog(/WebSocket connection|ERR_CONNECTION|\/rtc\//);
		const level = async () => (await farRoom())?.parties[0]?.level;
		const received = async () => (await phone.page.evaluate(() => window.witness.rtp())).received;
		const talk: Talk = {
			begin: async (more = {}) => {
				setLiveKitLine({ ...ECHO, ...more });
				await phone.open('./', LIVEKIT_LABEL);
				await phone.page.evaluate(noteStates);
				await phone.call.click();
				await phone.reaches('In call');
				await talk.flows();
			},
			flows: async () => {
				const before = await received();
				await expect.poll(received, { timeout: 15_000 }).toBeGreaterThan(before + 50);
				await expect.poll(level, { timeout: 15_000 }).toBeGreaterThan(LOUD);
				await phone.isAudible();
			},
			stands: async () => {
				await expect.poll(level).toBeLessThan(SILENT);
				const before = await received();
				await phone.isSilent();
				expect(await received()).toBe(before);
			},
			end: async () => {
				expect(await talk.ofUs()).toBe(1);
				expect(await phone.live()).toEqual({ tracks: 1, peers: 1, sockets: 1 });
				await phone.hangUp();
				const length = (await phone.time.textContent()) ?? '';
				await expect.poll(() => talk.ofUs(), { timeout: 15_000 }).toBe(0);
				await phone.close();
				await expect(phone.rows).toHaveCount(1);
				await expect(phone.rows).toContainText(LIVEKIT_LABEL);
				await expect(phone.rows).toContainText(length);
			},
			states: () =>
				phone.page.evaluate(() => (window as unknown as { statesSeen: readonly string[] }).statesSeen),
			ofUs: async () => {
				const all = await livekit.rooms.listParticipants((await farRoom())?.room ?? '').catch(() => []);
				return all.filter((one) => one.identity === identity).length;
			}
		};
		await use(talk);
		livekit.thaw();
	}
});

/** Runs in the page. */
function noteStates(): void {
	const seen: string[] = [];
	const note = () => {
		const state = document.querySelector('[role=status][aria-label="Call state"]')?.textContent?.trim();
		if (state && state !== seen.at(-1)) seen.push(state);
	};
	new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
	Object.assign(window, { statesSeen: seen });
}

/** A black hole in both directions for so long, and until `meanwhile` has settled. */
async function cut(livekit: LiveKit, seconds: number, meanwhile?: () => Promise<void>): Promise<void> {
	livekit.freeze();
	await Promise.all([sleep(seconds * 1000), meanwhile?.()]);
	livekit.thaw();
}

/** As an operator stops the server who does not wait for its rooms to empty; asked twice at once, it hears it once. */
async function sendAway(livekit: LiveKit): Promise<void> {
	livekit.stop();
	await sleep(500);
	livekit.stop();
}

test('a network that is gone for a second is no matter', async ({ talk, livekit }) => {
	await talk.begin();
	await cut(livekit, 1);
	await talk.flows();
	expect((await talk.states()).slice(-1)).toEqual(['In call']);
	expect(await talk.states()).not.toContain('Reconnecting');
	await talk.end();
});

test('a network that is gone for 5 seconds is said, and the call goes on', async ({
	talk,
	livekit,
	phone
}) => {
	await talk.begin();
	await cut(livekit, 5, async () => {
		await phone.reaches('Reconnecting', 5_000);
		await expect(phone.page.getByText('The connection was lost and is being restored.')).toBeVisible();
		await talk.stands();
	});
	await phone.reaches('In call', 10_000);
	await talk.flows();
	await expect(phone.state).toHaveText('In call');
	await talk.end();
});

test('a network that is gone for 30 seconds: the call comes back with it', async ({
	talk,
	livekit,
	phone
}) => {
	test.slow();
	await talk.begin();
	await cut(livekit, 30, async () => {
		await phone.reaches('Reconnecting', 5_000);
		await talk.stands();
	});
	await phone.reaches('In call', 10_000);
	await talk.flows();
	await expect(phone.state).toHaveText('In call');
	await talk.end();
});

test('a network that is gone for 90 seconds ends the call with its cause, and the next one is a tap away', async ({
	talk,
	livekit,
	phone
}) => {
	await phone.page.clock.install();
	await talk.begin();
	livekit.freeze();
	await phone.page.clock.runFor(90_000);
	await phone.reaches('Ended: The connection to LiveKit was interrupted');
	const length = (await phone.time.textContent()) ?? '';
	livekit.thaw();
	await phone.button('Call again').click();
	await phone.reaches('In call', 30_000);
	await talk.flows();
	await phone.hangUp();
	await phone.close();
	await expect(phone.rows).toHaveCount(2);
	await expect(phone.rows.last()).toContainText(length);
});

test('a server that is started anew is entered anew', async ({ talk, livekit, phone }) => {
	await talk.begin();
	await livekit.restart();
	await phone.reaches('Reconnecting');
	await phone.reaches('In call', 30_000);
	await talk.flows();
	await talk.end();
});

test('a server that is shut down for good is named, and called again in one tap', async ({
	talk,
	livekit,
	phone
}) => {
	test.slow();
	await talk.begin();
	await sendAway(livekit);
	await phone.reaches('Reconnecting');
	await phone.reaches('Ended: The LiveKit server was shut down', 60_000);
	await expect(phone.region(LIVEKIT_LABEL)).toContainText('ask your administrator whether the server');
	await livekit.restart();
	await phone.button('Call again').click();
	await phone.reaches('In call', 30_000);
	await phone.hangUp();
});

test('a room that must be entered anew, and the new token has run out, too', async ({
	talk,
	livekit,
	phone
}) => {
	await talk.begin({ token: { url: livekit.tokenUrl('short', { ttl: '20' }) } });
	await phone.page.route('**/livekit/token/**', (route) =>
		route.continue({ url: livekit.tokenUrl('expired') })
	);
	await sendAway(livekit);
	await phone.reaches('Reconnecting');
	await phone.reaches('Ended: The LiveKit token has run out');
	await expect(phone.button('Call again')).toBeVisible();
	await livekit.restart();
});

test('the same identity from elsewhere takes the call over', async ({
	talk,
	livekit,
	phone,
	farRoom,
	identity
}) => {
	await talk.begin();
	const other = await livekit.visit({ room: (await farRoom())?.room ?? '', identity });
	await phone.reaches('Ended: You joined this room from somewhere else');
	await expect(phone.region(LIVEKIT_LABEL)).toContainText('Close the other window or device');
	await expect(phone.button('Call again')).toBeVisible();
	expect(await talk.ofUs()).toBe(1);
	await other.leave();
});

test('a room that its server deletes', async ({ talk, livekit, phone, farRoom }) => {
	await talk.begin();
	await livekit.rooms.deleteRoom((await farRoom())?.room ?? '');
	await phone.reaches('Ended: The other side hung up');
	await expect(phone.region(LIVEKIT_LABEL)).toContainText('The room was closed');
});

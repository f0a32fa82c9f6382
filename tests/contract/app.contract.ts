import { beforeAll, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { heldNow } from './leftovers.ts';
import { liveNow } from './live.ts';
import { PATIENCE, patience } from './bench.ts';
import { startApp } from '#lib/app/compose.ts';
import { until } from '#lib/core/watched.ts';

// Nothing plays in a page that was never touched.
beforeAll(() => userEvent.click(document.body));

const locksHeld = async () => (await navigator.locks.query()).held?.map(({ name }) => name) ?? [];
const databases = async () => (await indexedDB.databases()).flatMap(({ name }) => name ?? []);

/** Rejects where someone still has it open. */
const deleted = (name: string) =>
	new Promise<void>((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onblocked = () => reject(new Error(`${name} is open`));
		request.onerror = () => reject(new Error(`${name} cannot be deleted`));
	});

test(
	'a phone that is stopped in the middle of a call, with a key ringing out, leaves nothing behind',
	async () => {
		const before = heldNow();
		const { app, stop } = startApp();
		await until(app.owner.ownership, (ownership) => ownership === 'here', patience());
		await until(app.phone.lines, ([line]) => line?.state.value.phase === 'ready', patience());
		const [line] = app.phone.lines.value;
		const call = await app.phone.dial(line?.id ?? '', { kind: 'code', value: '1' });
		await until(call.state, ({ phase }) => phase === 'talking', patience());
		app.sounds.key('5');
		// The measure must be able to find something.
		expect(heldNow().length).toBeGreaterThan(before.length + 5);
		expect(liveNow().tracks).toBeGreaterThan(0);
		// Its own, and the one of every tab with a call.
		await expect
			.poll(async () => (await locksHeld()).filter((name) => /:(phone|in-call)$/.test(name ?? '')))
			.toHaveLength(2);
		expect(await databases()).not.toEqual([]);

		await stop();
		expect(call.state.value.phase).toBe('ended');
		await expect.poll(heldNow, { timeout: PATIENCE }).toEqual(before);
		expect(liveNow()).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
		await expect.poll(locksHeld).toEqual([]);
		for (const name of await databases()) await deleted(name);
	},
	PATIENCE * 3
);

// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { lastPlayed } from './played.ts';
import { describe, expect, test } from 'vitest';
import type { Call } from '#lib/core/line.ts';
import { until, type Watched } from '#lib/core/watched.ts';
import { ends, fault, PATIENCE, patience, reaches, ready, SILENCE } from './bench.ts';
import { handsets, room, type Handset, type Options } from './livekit-bench.ts';

const open = handsets(liveNow);
const slow = { timeout: 4 * PATIENCE };

async function talk(plan: string, options: Options = {}): Promise<{ handset: Handset; call: Call }> {
	const handset = open(options);
	await ready(handset.line);
	const call = await handset.line.dial(room(plan));
	await reaches(call, 'talking');
	return { handset, call };
}

function roomOf(call: Call): string {
	return call.conversation?.room.value ?? '';
}

const eventually = <T>(watched: Watched<T> | undefined, test: (value: T) => boolean) =>
	watched ? until(watched, test, patience()) : Promise.reject(new Error('no conversation'));

describe('a room', slow, () => {
	test('is another one for every call, and its name and the call are known', async () => {
		const { line, identity, observe } = open();
		await ready(line);
		expect(line.can).toMatchObject({ dials: ['room'], receives: false, own: { value: 'call-{random}' } });
		const names = new Set<string>();
		for (let times = 0; times < 2; times++) {
			const call = await line.dial({ kind: 'room', value: 'call-{random}' });
			expect(call.party.value).toMatchObject({ address: 'room:call-{random}', name: 'Voice agent' });
			await reaches(call, 'talking');
			names.add(roomOf(call));
			await eventually(call.reference, (sid) => sid !== undefined);
			expect(call.reference.value).toMatch(/^RM_/);
			await expect.poll(async () => (await observe(call)).guests, { timeout: PATIENCE }).toContain(identity);
			await call.hangUp();
		}
		expect(names.size).toBe(2);
		expect([...names][0]).toMatch(/^call-[a-z0-9]{10}$/);
	});

	test('without anybody else is a call', async () => {
		const { line } = open();
		await ready(line);
		const call = await line.dial({ kind: 'room', value: 'never-{random}' });
		await reaches(call, 'talking');
		expect(call.conversation?.agent.value.phase).toBe('none');
		expect(call.conversation?.participants.value).toEqual([]);
		await call.hangUp();
	});

	test('with people shows who they are and how loud each is', async () => {
		const { call } = await talk('people');
		const people = call.conversation?.participants;
		const all = await eventually(people, (now) => now.filter(({ audible }) => audible).length === 3);
		expect(all.map(({ name }) => name).sort()).toEqual(['Ada Person', 'Bob Person', 'Cleo Person']);
		expect(all.every(({ kind }) => kind === 'person')).toBe(true);
		for (const { identity } of all) {
			const isLoud = (level: number | undefined) => (level ?? -Infinity) > -40;
			await eventually(people, (now) => isLoud(now.find((one) => one.identity === identity)?.level));
			await eventually(people, (now) => !isLoud(now.find((one) => one.identity === identity)?.level));
		}
	});

	test('may be left by a person, and goes on', async () => {
		const { handset, call } = await talk('person');
		const people = call.conversation?.participants;
		const [ada] = await eventually(people, (now) => now.length === 1);
		await handset.control('remove', { room: roomOf(call), identity: ada?.identity });
		await eventually(people, (now) => now.length === 0);
		expect(call.state.value.phase).toBe('talking');
	});

	test.for([
		['phone-busy', 'refused'],
		['phone-unanswered', 'no-answer'],
		['phone-hangs-up', 'remote-hung-up']
	] as const)('with a telephone: %s', async ([plan, reason]) => {
		const { call } = await talk(plan);
		const [phone] = await eventually(call.conversation?.participants, ([one]) => one?.leg !== undefined);
		expect(phone).toMatchObject({ kind: 'phone', leg: { number: '+12025550155' } });
		await ends(call, reason);
	});

	test('tells who was removed, and when it was deleted', async () => {
		const removed = await talk('echo');
		await removed.handset.control('remove', {
			room: roomOf(removed.call),
			identity: removed.handset.identity
		});
		expect((await ends(removed.call, 'failed')).error?.fault).toBe('livekit-room.removed');
		const deleted = await talk('echo');
		await deleted.handset.control('delete', { room: roomOf(deleted.call) });
		expect((await ends(deleted.call, 'remote-hung-up')).error?.fault).toBe('livekit-room.deleted');
	});

	test('keeps the newest of two calls with one identity, and says so to the older', async () => {
		const value = `echo-${crypto.randomUUID().slice(0, 8)}`;
		const { line } = open();
		await ready(line);
		const older = await line.dial({ kind: 'room', value });
		await reaches(older, 'talking');
		const newer = await line.dial({ kind: 'room', value });
		await reaches(newer, 'talking');
		expect((await ends(older, 'failed')).error?.fault).toBe('livekit-room.duplicate-identity');
		expect(newer.state.value.phase).toBe('talking');
		await newer.hangUp();
	});
});

describe('the microphone', slow, () => {
	test('is not needed where the token permits no speaking', async () => {
		const { call } = await talk('echo', {
			tokens: 'listen-only',
			openMicrophone: () => Promise.reject(new DOMException('none', 'NotFoundError'))
		});
		expect(call.conversation?.maySpeak.value).toBe(false);
		expect(call.warnings.value).toEqual([]);
	});

	test('is let go of where the token permits no speaking', async () => {
		await talk('echo', { tokens: 'listen-only' });
		expect(liveNow().tracks).toBe(0);
	});

	test('is let go of while the room may not hear it any more, and is back when it may', async () => {
		const { handset, call } = await talk('echo');
		const maySpeak = call.conversation?.maySpeak;
		await eventually(call.sample, (sample) => (sample?.heardLevel ?? -Infinity) > SILENCE);
		const permit = (speak: boolean) =>
			handset.control('permit', { room: roomOf(call), identity: handset.identity, speak });
		await permit(false);
		await eventually(maySpeak, (may) => !may);
		await expect.poll(() => liveNow().tracks, { timeout: PATIENCE }).toBe(0);
		await permit(true);
		await eventually(maySpeak, (may) => may);
		const at = call.sample.value?.at ?? 0;
		await eventually(
			call.sample,
			(sample) => (sample?.at ?? 0) > at + 2000 && (sample?.heardLevel ?? -Infinity) > SILENCE
		);
	});

	test('that fails ends the call before anybody is called', async () => {
		const { line } = open({
			openMicrophone: () => Promise.reject(new DOMException('no', 'NotAllowedError'))
		});
		await ready(line);
		const call = await line.dial(room('echo'));
		expect((await ends(call, 'failed')).error?.fault).toBe('microphone.unavailable');
		expect(roomOf(call)).toBe('');
	});

	test('may be changed in the middle of a call, and the old one is let go of', async () => {
		let opened = 0;
		const { handset, call } = await talk('echo', {
			openMicrophone: () => {
				opened++;
				return navigator.mediaDevices.getUserMedia({ audio: true });
			}
		});
		await eventually(call.sample, (sample) => (sample?.heardLevel ?? -Infinity) > SILENCE);
		handset.devices.microphone.set('other');
		await expect.poll(() => [opened, liveNow().tracks], { timeout: PATIENCE }).toEqual([2, 1]);
		const changedAt = call.sample.value?.at ?? 0;
		await eventually(
			call.sample,
			(sample) => (sample?.at ?? 0) > changedAt + 2000 && (sample?.heardLevel ?? -Infinity) > SILENCE
		);
		await call.setMuted(true);
		await eventually(call.sample, (sample) => sample?.sentLevel === -Infinity);
	});

	test('that is muted is seen to be muted by the others', async () => {
		const value = `never-${crypto.randomUUID().slice(0, 8)}`;
		const [mine, theirs] = [open(), open()];
		await Promise.all([ready(mine.line), ready(theirs.line)]);
		const call = await mine.line.dial({ kind: 'room', value });
		const other = await theirs.line.dial({ kind: 'room', value });
		const people = other.conversation?.participants;
		await eventually(people, ([one]) => one?.audible === true && !one.muted);
		await call.setMuted(true);
		await eventually(people, ([one]) => one?.muted === true);
		await call.setMuted(false);
		await eventually(people, ([one]) => one?.muted === false);
	});
});

describe('the sound', slow, () => {
	test('is played on an element that is in no document, and let go of with the call', async () => {
		const { call } = await talk('echo');
		await eventually(call.sample, (sample) => (sample?.heardLevel ?? -Infinity) > SILENCE);
		const element = lastPlayed();
		expect(element.isConnected).toBe(false);
		expect(element.paused).toBe(false);
		expect(document.querySelector('audio')).toBeNull();
		await call.hangUp();
		expect(element.srcObject).toBeNull();
	});

	test('keeps going when the line is asked to become ready again', async () => {
		const { handset, call } = await talk('echo');
		handset.wake('online');
		await handset.line.reopen();
		const at = call.sample.value?.at ?? 0;
		await eventually(call.sample, (sample) => (sample?.at ?? 0) > at + 1000);
		expect(call.state.value.phase).toBe('talking');
	});
});

describe('text', slow, () => {
	test('that is not allowed is refused, and so is text of nothing', async () => {
		const { call } = await talk('echo', { tokens: 'no-data' });
		expect(call.conversation?.mayWrite.value).toBe(false);
		expect(await fault(call.conversation?.write('hello') ?? Promise.resolve())).toBe('command.unsupported');
		expect(call.conversation?.transcript.value).toEqual([]);
		const other = await talk('echo');
		expect(await fault(other.call.conversation?.write('   ') ?? Promise.resolve())).toBe('command.not-now');
		await other.call.hangUp();
		expect(await fault(other.call.conversation?.write('late') ?? Promise.resolve())).toBe('command.not-now');
	});
});

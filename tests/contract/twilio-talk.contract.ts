// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { lastPlayed, listenTo } from './played.ts';
import { describe, expect, test } from 'vitest';
import { until } from '#lib/core/watched.ts';
import { PATIENCE, ends, patience, played, reaches, ready } from './bench.ts';
import { eventually, number, phones, rung, talk } from './twilio-bench.ts';

const phone = phones(liveNow);

test('a call knows the way of its sound and what plays it, and nobody’s address', async () => {
	const call = await talk(phone(), 110);
	const path = await played(call);
	expect(path).toMatchObject({ ice: 'connected', outputs: [{ muted: false, volume: 1, paused: false }] });
	expect(path?.local).not.toEqual([]);
	expect(path?.remote).not.toEqual([]);
	expect(JSON.stringify(path)).not.toMatch(/\d+\.\d+\.\d+|::/);
});

describe('hold and second calls', { timeout: 4 * PATIENCE }, () => {
	test('the held caller hears a tone and not the microphone, muted or not', async () => {
		const handset = phone();
		const call = await talk(handset);
		await call.setHeld(true);
		const tones = async () => (await handset.observe(call)).tone;
		await expect.poll(tones, eventually).toBe(1000);
		await call.setMuted(true);
		await expect.poll(tones, eventually).toBe(null);
		await expect.poll(tones, eventually).toBe(1000);
		await until(call.sample, (sample) => sample?.heardLevel === -Infinity, patience());
		await call.setHeld(false);
		await expect.poll(async () => (await handset.observe(call)).level, eventually).toBe(0);
		await call.setMuted(false);
		await expect.poll(async () => (await handset.observe(call)).level, eventually).toBeGreaterThan(0.3);
	});

	test('nothing is heard here of a held call: its element plays silence', async () => {
		const call = await talk(phone(), 110);
		await until(call.sample, (sample) => (sample?.heardLevel ?? -Infinity) > -30, patience());
		const heard = listenTo(lastPlayed());
		await expect.poll(heard.peak, eventually).toBeGreaterThan(0.2);
		await call.setHeld(true);
		await expect.poll(heard.peak, eventually).toBe(0);
		await call.setHeld(false);
		await expect.poll(heard.peak, eventually).toBeGreaterThan(0.2);
		await heard.end();
	});

	test('two calls are swapped: each has its own sound, and either ends alone', async () => {
		const handset = phone();
		const { line, observe } = handset;
		const first = await talk(handset, 110);
		await first.setHeld(true);
		const second = await line.dial(number(111));
		await reaches(second, 'talking');
		await expect.poll(async () => (await observe(first)).tone, eventually).toBe(1000);
		await expect.poll(async () => (await observe(second)).level, eventually).toBeGreaterThan(0.3);
		expect((await observe(second)).tones['1000']).toBeLessThan(0.02);
		await until(second.sample, (sample) => (sample?.heardLevel ?? -Infinity) > -30, patience());
		expect(first.sample.value?.heardLevel).toBe(-Infinity);

		await second.setHeld(true);
		await first.setHeld(false);
		await expect.poll(async () => (await observe(second)).tone, eventually).toBe(1000);
		await expect.poll(async () => (await observe(first)).level, eventually).toBeGreaterThan(0.3);
		await until(first.sample, (sample) => (sample?.heardLevel ?? -Infinity) > -30, patience());

		await first.hangUp();
		expect(second.state.value).toMatchObject({ phase: 'talking', held: true });
		await expect.poll(async () => (await observe(first)).ended, eventually).toMatchObject({ how: 'hangup' });
		await second.setHeld(false);
		await expect.poll(async () => (await observe(second)).level, eventually).toBeGreaterThan(0.3);
		expect((await handset.phone())?.registers).toBe(1);
	});

	test('a second caller is answered beside a held call, and stays what it was: incoming', async () => {
		const handset = phone();
		const { line, ring, observe } = handset;
		const first = await talk(handset);
		await ring('tone-1100');
		const second = await rung(line);
		await first.setHeld(true);
		await second.answer();
		await reaches(second, 'talking');
		expect(second.direction).toBe('in');
		expect(liveNow()).toEqual({ tracks: 2, peerConnections: 2, sockets: 2 });
		await expect.poll(async () => (await observe(second)).level, eventually).toBeGreaterThan(0.3);
		await expect.poll(async () => (await observe(first)).tone, eventually).toBe(1000);
		await second.hangUp();
		await expect.poll(async () => (await observe(second)).ended, eventually).toMatchObject({ how: 'hangup' });
		await first.setHeld(false);
		await expect.poll(async () => (await observe(first)).level, eventually).toBeGreaterThan(0.3);
		await expect.poll(liveNow).toEqual({ tracks: 1, peerConnections: 1, sockets: 1 });
	});

	test('a second caller can be declined, or give up, and the first call goes on', async () => {
		const handset = phone();
		const { line, ring } = handset;
		const first = await talk(handset);
		await ring();
		const declined = await rung(line);
		await declined.decline();
		await ring('cancels');
		await ends(await rung(line), 'missed');
		expect(first.state.value.phase).toBe('talking');
		expect(line.calls.value).toEqual([first]);
	});
});

describe('in a call', { timeout: 4 * PATIENCE }, () => {
	test('digits reach the far side by signalling where its media does not take them', async () => {
		const handset = phone();
		const call = await talk(handset, 114);
		await call.sendDigits('1w2#');
		expect(await handset.observe(call)).toMatchObject({ digits: '12#', digitsBy: 'signalling' });
	});

	test('another microphone is taken in the middle of it', async () => {
		const opened: MediaStream[] = [];
		const handset = phone({
			openMicrophone: async () => {
				const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
				opened.push(stream);
				return stream;
			}
		});
		const call = await talk(handset);
		handset.devices.microphone.set('other');
		await expect.poll(() => opened[0]?.getTracks()[0]?.readyState, eventually).toBe('ended');
		expect(opened.length).toBe(2);
		expect(liveNow().tracks).toBe(1);
		await expect.poll(async () => (await handset.observe(call)).level, eventually).toBeGreaterThan(0.3);
		await call.hangUp();
		expect(liveNow().tracks).toBe(0);
	});

	test('the speaker is the chosen one, in the middle of it too', async () => {
		const outputs = (await navigator.mediaDevices.enumerateDevices()).filter(
			({ kind }) => kind === 'audiooutput'
		);
		const [first, second] = outputs
			.filter(({ deviceId }) => deviceId !== 'default')
			.map(({ deviceId }) => deviceId);
		if (!first || !second) throw new Error('this browser shows no two outputs');
		const handset = phone();
		handset.devices.speaker.set(first);
		await talk(handset);
		await expect.poll(() => lastPlayed().sinkId, eventually).toBe(first);
		handset.devices.speaker.set(second);
		await expect.poll(() => lastPlayed().sinkId, eventually).toBe(second);
		handset.devices.speaker.set('');
		await expect.poll(() => lastPlayed().sinkId, eventually).toBe('');
	});

	test('nothing heard is a warning, not an end', async () => {
		const call = await talk(phone(), 109);
		await until(call.warnings, (warnings) => warnings.includes('nothing-heard'), patience());
		expect(call.state.value.phase).toBe('talking');
	});

	test('a microphone that is digitally silent is a warning, unless it is meant', async () => {
		const silence = () => Promise.resolve(new AudioContext().createMediaStreamDestination().stream);
		const call = await talk(phone({ openMicrophone: silence, hasty: true }));
		await until(call.warnings, (warnings) => warnings.includes('microphone-silent'), patience());
		await call.setMuted(true);
		await until(call.warnings, (warnings) => !warnings.includes('microphone-silent'), patience());
	});

	test('a lost socket is not heard, and comes back', async () => {
		const handset = phone();
		const call = await talk(handset);
		const phases: string[] = [];
		call.state.watch(({ phase }) => phases.push(phase));
		await until(call.sample, (sample) => (sample?.packetsReceived ?? 0) > 0, patience());
		await handset.control('drop');
		await until(handset.line.state, ({ phase }) => phase === 'recovering', patience());
		await until(handset.line.state, ({ phase }) => phase === 'ready', patience());
		await expect.poll(async () => (await handset.observe(call)).reconnects, eventually).toBe(1);
		const before = call.sample.value?.packetsReceived ?? 0;
		await until(call.sample, (sample) => (sample?.packetsReceived ?? 0) > before + 50, patience());
		expect(phases).toEqual([]);
		expect(await handset.observe(call)).toMatchObject({ state: 'answered', ended: null });
		expect(await handset.phone()).toMatchObject({ registered: true, sockets: 1 });
		await call.hangUp();
		await expect
			.poll(async () => (await handset.observe(call)).ended, eventually)
			.toMatchObject({ by: 'phone' });
	});

	test('a storm of sockets in a call is bounded, and not heard', async () => {
		const handset = phone();
		const call = await talk(handset, 124);
		await until(handset.line.state, ({ phase }) => phase === 'recovering', patience());
		await until(handset.line.state, ({ phase }) => phase === 'ready', patience());
		expect(call.state.value.phase).toBe('talking');
		// 0.1, 0.2, 0.4 … s apart for 5 s, and the one that is let in.
		expect((await handset.phone())?.listens).toBeLessThanOrEqual(12);
		await expect.poll(async () => (await handset.observe(call)).reconnects, eventually).toBe(1);
	});

	test('a socket that goes before the answer takes the call along', async () => {
		const handset = phone();
		await ready(handset.line);
		const call = await handset.line.dial(number(103));
		await reaches(call, 'ringing');
		await handset.control('drop');
		const how = await ends(call, 'failed');
		expect(how.error?.fault).toBe('call.lost');
		expect(liveNow().tracks).toBe(0);
		await until(handset.line.state, ({ phase }) => phase === 'ready', patience());
	});

	test('media that goes away is an interruption', async () => {
		const call = await talk(phone(), 123);
		const state = await reaches(call, 'recovering');
		expect(state.because).toBe('media.lost');
		await call.hangUp();
		await ends(call, 'hung-up');
	});

	test('the token ends, then the socket goes: the call is not heard to notice', async () => {
		let path = 'short?ttl=3';
		const handset = phone({ tokens: () => path });
		const call = await talk(handset);
		const phases: string[] = [];
		call.state.watch(({ phase }) => phases.push(phase));
		path = '500';
		const began = Date.now();
		await expect.poll(() => Date.now() - began, eventually).toBeGreaterThan(3500);
		path = 'good';
		await handset.control('drop');
		await expect.poll(async () => (await handset.observe(call)).reconnects, eventually).toBeGreaterThan(0);
		await until(handset.line.state, ({ phase }) => phase === 'ready', patience());
		const before = call.sample.value?.packetsReceived ?? 0;
		await until(call.sample, (sample) => (sample?.packetsReceived ?? 0) > before + 50, patience());
		expect(phases).toEqual([]);
	});

	test('a token that the gateway calls expired is replaced under the call', async () => {
		const handset = phone();
		const call = await talk(handset);
		await handset.control('expire');
		await expect.poll(async () => (await handset.phone())?.listens, eventually).toBe(2);
		expect(handset.asked()).toBe(2);
		expect(call.state.value.phase).toBe('talking');
		expect(handset.line.state.value.phase).toBe('ready');
	});

	test('a token with time left is not touched by a call', async () => {
		const handset = phone({ tokens: () => 'short?ttl=65' });
		const call = await talk(handset);
		await handset.control('drop');
		await until(handset.line.state, ({ phase }) => phase === 'recovering', patience());
		await until(handset.line.state, ({ phase }) => phase === 'ready', patience());
		expect(handset.asked()).toBe(1);
		expect(call.state.value.phase).toBe('talking');
	});
});

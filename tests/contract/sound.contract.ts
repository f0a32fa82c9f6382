import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { PATIENCE, patience } from './bench.ts';
import { liveNow } from './live.ts';
import { createPageAudio, type PageAudio } from '#lib/browser/audio.ts';
import type { SoundSettings } from '#lib/browser/chosen-devices.ts';
import { createClock } from '#lib/browser/clock.ts';
import { createLevelMeter } from '#lib/browser/level-meter.ts';
import { createPhoneSounds } from '#lib/browser/phone-sounds.ts';
import { createSoundHardware } from '#lib/browser/sound-hardware.ts';
import { DEFAULT_SETTINGS } from '#lib/config/settings.ts';
import { Cell, constant, until } from '#lib/core/watched.ts';

const log = () => {};
const clock = createClock();

// A page that was clicked once stays unlocked, for the next file too: what is blocked before that is played by a stand-in.
beforeAll(() => userEvent.click(document.body));

test('after a gesture there is one context, and it runs', async () => {
	const audio = createPageAudio(clock, log);
	const context = audio.context();
	await expect.poll(() => context.state, { timeout: PATIENCE }).toBe('running');
	expect(audio.blocked.value).toBe(false);
	expect(audio.context()).toBe(context);
	await audio.close();
	expect(context.state).toBe('closed');
});

describe('with sound', () => {
	let audio: PageAudio;
	let tap: GainNode;
	let settings: Cell<SoundSettings>;

	beforeEach(() => {
		audio = createPageAudio(clock, log);
		settings = new Cell<SoundSettings>(DEFAULT_SETTINGS);
		// What is meant for the loudspeaker goes through a node that can be listened to.
		const context = audio.context();
		const { destination } = context;
		tap = context.createGain();
		tap.connect(destination);
		Object.defineProperty(context, 'destination', { value: tap });
	});

	afterEach(async () => {
		vi.restoreAllMocks();
		await audio.close();
		await expect.poll(liveNow, { timeout: 1000 }).toMatchObject({ tracks: 0 });
	});

	const openSounds = () => {
		const devices = { microphone: constant(''), speaker: constant(''), ringer: constant('') };
		return createPhoneSounds({ audio, clock, log, devices, settings });
	};
	const openHardware = () => createSoundHardware({ audio, clock, log, settings });

	test('the meter is right about a known tone, within 1 dB', async () => {
		const context = audio.context();
		const source = new OscillatorNode(context, { frequency: 1000 });
		const half = new GainNode(context, { gain: 0.5 });
		const meter = createLevelMeter(source.connect(half));
		half.connect(new GainNode(context, { gain: 0 })).connect(tap);
		source.start();
		const error = () => Math.abs(meter.level() - -9.03);
		await expect.poll(error, { interval: 20, timeout: PATIENCE }).toBeLessThan(1);
		source.stop();
		await expect.poll(() => meter.level(), { interval: 20 }).toBe(-Infinity);
	});

	test('key 5 sounds as 770 and 1336 Hz, and then is silent', async () => {
		const analyser = new AnalyserNode(audio.context(), { fftSize: 4096, smoothingTimeConstant: 0 });
		tap.connect(analyser);
		const spectrum = new Float32Array(analyser.frequencyBinCount);
		const at = (hz: number) => {
			const bin = Math.round((hz * analyser.fftSize) / analyser.context.sampleRate);
			return Math.max(...spectrum.subarray(bin - 1, bin + 2));
		};
		const meter = createLevelMeter(tap);
		const sounds = openSounds();
		await expect
			.poll(
				() => {
					if (meter.level() === -Infinity) sounds.key('5');
					analyser.getFloatFrequencyData(spectrum);
					const others = [697, 852, 941, 1209, 1477].map(at);
					return Math.min(at(770), at(1336)) - Math.max(...others);
				},
				{ interval: 15, timeout: PATIENCE }
			)
			.toBeGreaterThan(15);
		await expect.poll(() => meter.level(), { timeout: 1000 }).toBe(-Infinity);
		settings.set({ ...DEFAULT_SETTINGS, keyTones: false });
		sounds.key('5');
		sounds.progress('waiting');
		await expect.poll(() => meter.level(), { interval: 15, timeout: PATIENCE }).toBeGreaterThan(-40);
		sounds.close();
		await expect.poll(() => meter.level(), { timeout: 250 }).toBe(-Infinity);
	});

	test('the ringer rings at its volume, and stops within 250 ms', async () => {
		const meter = createLevelMeter(tap);
		const sounds = openSounds();
		sounds.ring(true);
		sounds.ring(true);
		await expect.poll(() => meter.level(), { interval: 15, timeout: PATIENCE }).toBeGreaterThan(-20);
		settings.set({ ...DEFAULT_SETTINGS, ringVolume: 0.01 });
		await expect.poll(() => meter.level(), { interval: 15, timeout: 800 }).toBeLessThan(-40);
		settings.set(DEFAULT_SETTINGS);
		sounds.ring(true);
		await expect.poll(() => meter.level(), { interval: 15, timeout: PATIENCE }).toBeGreaterThan(-20);
		sounds.ring(false);
		await expect.poll(() => meter.level(), { interval: 15, timeout: 250 }).toBe(-Infinity);
		sounds.close();
	});

	test('one tone of progress at a time', async () => {
		const meter = createLevelMeter(tap);
		const sounds = openSounds();
		sounds.progress('ringback');
		sounds.progress('busy');
		sounds.progress('none');
		sounds.progress('ringback');
		await expect.poll(() => meter.level(), { interval: 15, timeout: PATIENCE }).toBeGreaterThan(-40);
		sounds.progress('none');
		await expect.poll(() => meter.level(), { interval: 15, timeout: 250 }).toBe(-Infinity);
		sounds.close();
	});

	test('the hardware is listed without aliases, and followed', async () => {
		const hardware = openHardware();
		const found = await until(hardware.microphones, (list) => list.length > 0, patience());
		expect(found.every(({ id, label }) => id !== '' && id !== 'default' && label !== '')).toBe(true);
		await until(hardware.speakers, (list) => list.length > 0, patience());
		await until(hardware.permission, (state) => state === 'granted', patience());
		vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue([]);
		navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
		await until(hardware.microphones, (list) => list.length === 0, patience());
		hardware.close();
	});

	test('the chosen microphone is opened, found by its label when its id has changed', async () => {
		const hardware = openHardware();
		const found = await until(hardware.microphones, (list) => list.length > 1, patience());
		const second = found[1];
		expect(second).toBeDefined();
		settings.set({ ...DEFAULT_SETTINGS, microphone: 'an-old-id', microphoneLabel: second?.label ?? '' });
		expect(hardware.devices.microphone.value).toBe(second?.id);
		const stream = await hardware.openMicrophone();
		expect(stream.getAudioTracks()[0]?.getSettings().deviceId).toBe(second?.id);
		for (const track of stream.getTracks()) track.stop();
		hardware.close();
	});

	test('asking for the microphone lets go of it at once', async () => {
		const hardware = openHardware();
		await hardware.askForMicrophone();
		expect(liveNow().tracks).toBe(0);
		hardware.close();
	});

	test('the level is reported until it is stopped, also after another microphone was chosen', async () => {
		const hardware = openHardware();
		const level = new Cell(-Infinity);
		const stop = await hardware.listen((now) => level.set(now));
		await until(level, (now) => now > -60 && now <= 0, patience());
		const [, second] = await until(hardware.microphones, (list) => list.length > 1, patience());
		const opened = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
		settings.set({ ...DEFAULT_SETTINGS, microphone: second?.id ?? '' });
		await expect.poll(() => opened.mock.settledResults.length, { timeout: PATIENCE }).toBe(1);
		await expect.poll(liveNow, { timeout: PATIENCE }).toMatchObject({ tracks: 1 });
		level.set(-Infinity);
		await until(level, (now) => now > -60, patience());
		stop();
		expect(liveNow().tracks).toBe(0);
		hardware.close();
	});

	test('a refused microphone rejects with its fault', async () => {
		const refused = new DOMException('no', 'NotAllowedError');
		vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(refused);
		const hardware = openHardware();
		await expect(hardware.askForMicrophone()).rejects.toMatchObject({ fault: 'microphone.blocked' });
		await expect(hardware.listen(() => {})).rejects.toMatchObject({ fault: 'microphone.blocked' });
		hardware.close();
	});

	test('a chosen microphone that is gone gives way to the default one', async () => {
		const gone = new DOMException('gone', 'OverconstrainedError');
		const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValueOnce(gone);
		settings.set({ ...DEFAULT_SETTINGS, microphone: 'gone' });
		vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue([]);
		const hardware = openHardware();
		const stream = await hardware.openMicrophone();
		expect(ask.mock.calls.map(([asked]) => JSON.stringify(asked).includes('gone'))).toEqual([true, false]);
		for (const track of stream.getTracks()) track.stop();
		hardware.close();
	});

	test('a prompt that nobody answers ends with the signal, and what opens late is let go', async () => {
		const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
		let allow = () => {};
		const allowed = new Promise<void>((resolve) => (allow = resolve));
		const late = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (asked) => {
			await allowed;
			return original(asked);
		});
		const hardware = openHardware();
		const hangUp = new AbortController();
		const opening = hardware.openMicrophone(hangUp.signal);
		hangUp.abort();
		await expect(opening).rejects.toMatchObject({ name: 'LineError', fault: 'command.not-now' });
		allow();
		await expect.poll(() => late.mock.settledResults[0]?.type, { timeout: PATIENCE }).toBe('fulfilled');
		await expect.poll(liveNow).toMatchObject({ tracks: 0 });
		hardware.close();
	});

	test('the test sound is played on the chosen output, or on the default one when that is gone', async () => {
		const meter = createLevelMeter(tap);
		const sink = vi.spyOn(HTMLMediaElement.prototype, 'setSinkId');
		const hardware = openHardware();
		const [speaker] = await until(hardware.speakers, (list) => list.length > 0, patience());
		settings.set({ ...DEFAULT_SETTINGS, ringer: speaker?.id ?? '' });
		await hardware.playTest('ringer');
		expect(sink).toHaveBeenCalledExactlyOnceWith(speaker?.id);
		sink.mockRejectedValueOnce(new DOMException('gone', 'NotFoundError'));
		const playing = hardware.playTest('ringer');
		await expect.poll(() => meter.level(), { interval: 15, timeout: PATIENCE }).toBeGreaterThan(-40);
		await playing;
		expect(sink).toHaveBeenCalledTimes(2);
		hardware.close();
	});
});

describe('before the first gesture', () => {
	/** A context as browsers make it there. */
	class Blocked extends EventTarget {
		state: AudioContextState = 'suspended';
		readonly resume = vi.fn(() => new Promise<void>(() => {}));
		close = () => Promise.resolve(this.become('closed'));
		become(state: AudioContextState): void {
			this.state = state;
			this.dispatchEvent(new Event('statechange'));
		}
	}

	let audio: PageAudio;
	let context: Blocked;
	beforeEach(() => {
		vi.stubGlobal('AudioContext', Blocked);
		audio = createPageAudio(clock, log);
		expect(audio.blocked.value).toBe(false);
		context = audio.context() as EventTarget as Blocked;
	});
	afterEach(async () => {
		await audio.close();
		vi.unstubAllGlobals();
	});

	const gesture = () => document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));

	test('sound is blocked, and a gesture ends that', async () => {
		await until(audio.blocked, (blocked) => blocked, patience());
		const asked = context.resume.mock.calls.length;
		gesture();
		expect(context.resume).toHaveBeenCalledTimes(asked + 1);
		context.become('running');
		expect(audio.blocked.value).toBe(false);
		gesture();
		expect(context.resume).toHaveBeenCalledTimes(asked + 1);
	});

	test('an interruption is left to the system', () => {
		context.become('interrupted');
		const asked = context.resume.mock.calls.length;
		gesture();
		expect(audio.context()).toBe(context);
		expect(context.resume).toHaveBeenCalledTimes(asked);
		expect(audio.blocked.value).toBe(false);
	});

	test('the test sound says that it is blocked', async () => {
		const hardware = createSoundHardware({ audio, clock, log, settings: constant(DEFAULT_SETTINGS) });
		await expect(hardware.playTest('speaker')).rejects.toMatchObject({ fault: 'speaker.autoplay-blocked' });
		hardware.close();
	});
});

// First: it counts what is opened.
import { liveNow } from './live.ts';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { NO_CONFIG } from '#lib/config/config.ts';
import { Cell } from '#lib/core/watched.ts';
import { Scope } from '#lib/core/scope.ts';
import { PageWitness } from '#lib/browser/page-witness.ts';
import { gather, type AnyGatherer } from '#lib/diagnostics/gather.ts';
import { loopTest, pageGatherers, recordSample, type PageDeps } from '#lib/diagnostics/gatherers/index.ts';
import type { Evidence, Topic } from '#lib/diagnostics/types.ts';
import { clock } from './twilio-bench.ts';

const { httpUrl } = inject('servers');

const scope = new Scope();
const audio = new AudioContext();
const witness = new PageWitness({ clock, document, window, scope });
const probing = () => ({ clock, signal: new AbortController().signal });

function pageDeps(more: Partial<PageDeps> = {}): PageDeps {
	return {
		clock,
		base: new URL('/', location.href).href,
		witness,
		config: () => NO_CONFIG,
		lines: () => ({ open: ['practice'], setAside: [] }),
		build: { version: '1.0.0', commit: 'abc' },
		phone: () => ({ ownership: 'here', otherTabs: 0, liveCalls: 0 }),
		devices: { microphone: new Cell(''), speaker: new Cell(''), ringer: new Cell('') },
		chosen: () => ({ microphone: '', speaker: '', ringer: '' }),
		ringVolume: new Cell(0.8),
		audio: () => audio,
		silence: URL.createObjectURL(silence()),
		versionFile: `${httpUrl}/json`,
		mayAsk: false,
		...more
	};
}

/** A tenth of a second of nothing: 8 kHz, 16 bits. */
function silence(): Blob {
	const bytes = new DataView(new ArrayBuffer(44 + 1600));
	const text = (at: number, word: string) =>
		[...word].forEach((char, i) => bytes.setUint8(at + i, char.charCodeAt(0)));
	text(0, 'RIFF');
	bytes.setUint32(4, 36 + 1600, true);
	text(8, 'WAVEfmt ');
	bytes.setUint32(16, 16, true);
	bytes.setUint16(20, 1, true);
	bytes.setUint16(22, 1, true);
	bytes.setUint32(24, 8000, true);
	bytes.setUint32(28, 16000, true);
	bytes.setUint16(32, 2, true);
	bytes.setUint16(34, 16, true);
	text(36, 'data');
	bytes.setUint32(40, 1600, true);
	return new Blob([bytes], { type: 'audio/wav' });
}

async function gathered(gatherers: readonly AnyGatherer[], topics?: readonly Topic[]): Promise<Evidence> {
	const wanted = gatherers.filter(({ topic }) => !topics || topics.includes(topic));
	const { signal } = probing();
	const { evidence } = await gather({ gatherers: wanted, clock, signal });
	expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
	return evidence;
}

async function page(more: Partial<PageDeps> = {}, topics?: readonly Topic[]) {
	return (await gathered(pageGatherers(pageDeps(more)), topics)).page;
}

beforeAll(() => userEvent.click(document.body));
afterEach(async () => {
	await expect.poll(liveNow, { timeout: 1000 }).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
});

describe('the page', () => {
	test('tells everything about itself in one run', async () => {
		const seen = await page();
		const failed = Object.entries(seen).filter(([, topic]) => !topic.ok);
		expect(failed).toEqual([]);
		expect(Object.keys(seen).sort()).toEqual(
			[
				'environment policy permissions configuration control build storage phone ice microphone speaker'
			].flatMap((names) => names.split(' ').sort())
		);
		expect(seen.environment).toMatchObject({
			value: { secureContext: true, online: true, features: { RTCPeerConnection: true }, touched: true }
		});
		expect(seen.ice).toMatchObject({ value: { loopbackConnected: true } });
		expect(seen.storage).toMatchObject({ value: { local: true, indexedDb: true } });
		expect(seen.control).toMatchObject({ value: { own: { status: 200 } } });
		expect(seen.control).not.toHaveProperty('value.elsewhere');
		expect(seen.build).not.toHaveProperty('value.published');
		expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('offhook:/:checkup');
	});

	test('asks the control address only where one is configured', async () => {
		const checkup = { controlUrl: `${httpUrl}/no-cors` };
		const config = () => ({ ...NO_CONFIG, config: { ...NO_CONFIG.config, checkup } });
		const { control } = await page({ config }, ['control']);
		expect(control).toMatchObject({ value: { elsewhere: { mode: 'no-cors', outcome: 'opaque' } } });
	});

	test('remembers what its content policy has forbidden, without the query', async () => {
		const blockedURI = 'wss://a.example/x?token=geheim';
		const event = { effectiveDirective: 'connect-src', disposition: 'enforce', blockedURI } as const;
		document.dispatchEvent(
			new SecurityPolicyViolationEvent('securitypolicyviolation', {
				...event,
				documentURI: '',
				originalPolicy: '',
				statusCode: 0,
				violatedDirective: 'connect-src'
			})
		);
		const { policy } = await page({}, ['policy']);
		expect(policy).toMatchObject({
			value: {
				violations: [{ blocked: 'wss://a.example/x', directive: 'connect-src', disposition: 'enforce' }]
			}
		});
	});
});

describe('the microphone', () => {
	test('is heard for a second and let go of', async () => {
		const { microphone } = await page({}, ['microphone']);
		expect(microphone).toMatchObject({
			value: { permission: 'granted', attempts: [{ device: 'default', outcome: 'opened' }], others: [] }
		});
		const figures = microphone?.ok ? microphone.value.attempts[0]?.figures : undefined;
		expect(figures).toMatchObject({ context: 'running', track: { readyState: 'live', enabled: true } });
		expect(figures?.samples).toBeGreaterThan(8_000);
		// It beeps once a second.
		expect(figures?.peakDbfs).toBeGreaterThan(-30);
		expect(figures?.applied.sampleRate).toBeGreaterThan(0);
		expect(figures?.asked.echoCancellation).toBe(true);
	});

	test('is not touched in a call', async () => {
		const phone = () => ({ ownership: 'here', otherTabs: 0, liveCalls: 1 }) as const;
		const { microphone } = await page({ phone }, ['microphone']);
		expect(microphone).toMatchObject({ value: { notOpened: 'in-a-call', attempts: [] } });
	});

	test('that is gone gives way to the default one', async () => {
		const chosen = () => ({ microphone: 'no-such-device', speaker: '', ringer: '' });
		const { microphone } = await page({ chosen }, ['microphone']);
		expect(microphone).toMatchObject({
			value: {
				chosen: { listed: false },
				attempts: [
					{
						device: 'chosen',
						outcome: 'rejected',
						threw: { name: 'OverconstrainedError', constraint: 'deviceId' }
					},
					{ device: 'default', outcome: 'opened' }
				]
			}
		});
	});

	describe('in the hands of a test', () => {
		const { getUserMedia } = navigator.mediaDevices;
		let given: MediaStream;
		beforeEach(() => {
			navigator.mediaDevices.getUserMedia = () => Promise.resolve(given);
		});
		afterEach(() => {
			navigator.mediaDevices.getUserMedia = getUserMedia;
		});

		test('gives nothing but zeros, which is no number of decibels', async () => {
			given = audio.createMediaStreamDestination().stream;
			const { microphone } = await page({}, ['microphone']);
			const figures = microphone?.ok ? microphone.value.attempts[0]?.figures : undefined;
			expect(figures).toMatchObject({ nonZero: 0, peakDbfs: null, rmsDbfs: null, floorDbfs: null });
			expect(given.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
		});

		test('hears the speaker, and how much later', async () => {
			const room = audio.createMediaStreamDestination();
			const air = new DelayNode(audio, { delayTime: 0.2 });
			air.connect(room);
			given = room.stream;
			const heard = await loopTest({ audio, speaker: air, microphone: '' }, probing());
			expect(heard).toMatchObject({ heard: true });
			expect(heard?.delayMs).toBeGreaterThan(150);
			expect(heard?.delayMs).toBeLessThan(400);
			expect(given.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
		});

		test('does not hear a speaker that is elsewhere', async () => {
			const room = audio.createMediaStreamDestination();
			const hum = new OscillatorNode(audio, { frequency: 200 });
			hum.connect(room);
			hum.start();
			given = room.stream;
			const heard = await loopTest({ audio, speaker: new GainNode(audio), microphone: '' }, probing());
			hum.stop();
			expect(heard).toMatchObject({ heard: false });
		});

		test("does not take somebody else's beeps for its tone", async () => {
			const room = audio.createMediaStreamDestination();
			const beeps = new OscillatorNode(audio, { frequency: 1_750 });
			const gain = new GainNode(audio, { gain: 0 });
			// From after the first listening on, 30 ms of each 250.
			for (let at = 0; at < 3; at += 0.25) {
				gain.gain.setValueAtTime(0.3, audio.currentTime + 0.6 + at);
				gain.gain.setValueAtTime(0, audio.currentTime + 0.63 + at);
			}
			beeps.connect(gain).connect(room);
			beeps.start();
			given = room.stream;
			const heard = await loopTest({ audio, speaker: new GainNode(audio), microphone: '' }, probing());
			beeps.stop();
			expect(heard).toMatchObject({ heard: false });
			expect(heard?.overNoiseDb).toBeGreaterThan(10);
		});
	});

	test('is recorded and played back', async () => {
		const recording = await recordSample(audio, '', 1_100, probing());
		expect(recording?.figures.peakDbfs).toBeGreaterThan(-30);
		expect(liveNow().tracks).toBe(0);
		const out = new AnalyserNode(audio);
		const stop = new AbortController();
		const playing = recording?.play(out, stop.signal);
		const loudest = () => {
			const window = new Float32Array(out.fftSize);
			out.getFloatTimeDomainData(window);
			return Math.max(...window.map(Math.abs));
		};
		await expect.poll(loudest, { timeout: 3_000, interval: 20 }).toBeGreaterThan(0.05);
		stop.abort();
		await playing;
	});
});

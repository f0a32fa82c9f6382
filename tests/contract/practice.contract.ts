import { beforeAll, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { liveNow } from './live.ts';
import { ends, PATIENCE, patience, reaches, SILENCE, talk } from './bench.ts';
import { describeLine, type Bench } from './line-contract.ts';
import { createClock } from '#lib/browser/clock.ts';
import type { Address } from '#lib/core/address.ts';
import { LineError } from '#lib/core/errors.ts';
import { Cell, constant, until } from '#lib/core/watched.ts';
import { openEcho } from '#lib/lines/practice/echo.ts';
import { open, type PracticeDeps } from '#lib/lines/practice/line.ts';

const code = (value: string): Address => ({ kind: 'code', value });

function openBench(deps: Partial<PracticeDeps> = {}): Bench {
	const context = new AudioContext();
	let ids = 0;
	const line = open(
		{ id: 'practice', label: 'Practice line' },
		{
			pace: 0.1,
			clock: createClock(),
			log: () => {},
			devices: { microphone: constant(''), speaker: constant(''), ringer: constant('') },
			audio: () => context,
			openMicrophone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
			newId: () => `call-${++ids}`,
			...deps
		}
	);
	return {
		line,
		dialable: {
			echo: code('1'),
			busy: code('2'),
			noAnswer: code('3'),
			dropsAfterAnswer: code('4'),
			callsBack: code('5'),
			notFound: code('9')
		},
		live: liveNow,
		async close() {
			await line.close();
			await context.close();
		}
	};
}

// Nothing plays in a page that was never touched.
beforeAll(() => userEvent.click(document.body));

describeLine('practice', () => Promise.resolve(openBench()));

test('a refused microphone ends the call with its fault, also when it is answered here', async () => {
	const bench = openBench({ openMicrophone: () => Promise.reject(new LineError('microphone.blocked')) });
	const { line, dialable } = bench;
	const outgoing = await ends(await line.dial(dialable.echo), 'failed');
	expect(outgoing.error?.fault).toBe('microphone.blocked');
	await line.dial(dialable.callsBack ?? dialable.echo);
	const [call] = await until(line.calls, ([call]) => call?.direction === 'in', patience());
	if (!call) throw new Error('nobody called');
	await call.answer();
	const incoming = await ends(call, 'failed');
	expect(incoming.error?.fault).toBe('microphone.blocked');
	await bench.close();
});

test('a microphone that opens after the hang-up is let go', async () => {
	const allowed = new Cell(false);
	const opened = new Cell<MediaStream | undefined>(undefined);
	const bench = openBench({
		async openMicrophone() {
			await until(allowed, Boolean, patience());
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			opened.set(stream);
			return stream;
		}
	});
	const call = await bench.line.dial(bench.dialable.echo);
	expect(call.state.value.phase).toBe('placing');
	await call.hangUp();
	allowed.set(true);
	await until(opened, Boolean, patience());
	await expect.poll(liveNow).toMatchObject({ tracks: 0 });
	await bench.close();
});

test('another microphone takes over in the call, and one that fails does not end it', async () => {
	const microphone = new Cell('first');
	const fails = new Set<string>();
	const streams: MediaStream[] = [];
	const bench = openBench({
		devices: { microphone, speaker: constant(''), ringer: constant('') },
		async openMicrophone() {
			if (fails.has(microphone.value)) throw new LineError('microphone.missing');
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			streams.push(stream);
			return stream;
		}
	});
	const call = await talk(bench);
	microphone.set('second');
	const live = () => streams.map((stream) => stream.getAudioTracks()[0]?.readyState);
	await expect.poll(live, { timeout: PATIENCE }).toEqual(['ended', 'live']);
	fails.add('third');
	microphone.set('third');
	const since = call.sample.value?.at ?? 0;
	await until(call.sample, (now) => (now?.at ?? 0) > since && (now?.sentLevel ?? -99) > -60, patience());
	expect(live()).toEqual(['ended', 'live']);
	expect(call.state.value.phase).toBe('talking');
	await bench.close();
	expect(live()).toEqual(['ended', 'ended']);
});

test('without sound nobody is said to be talking', async () => {
	const context = new AudioContext();
	await context.suspend();
	context.resume = () => new Promise(() => {});
	const bench = openBench({ audio: () => context });
	const call = await bench.line.dial(bench.dialable.echo);
	const { error } = await ends(call, 'failed');
	expect(error?.fault).toBe('speaker.autoplay-blocked');
	await bench.close();
	await context.close();
});

test('a silent microphone is said', async () => {
	const elsewhere = new AudioContext();
	const bench = openBench({
		openMicrophone: () => Promise.resolve(elsewhere.createMediaStreamDestination().stream)
	});
	const call = await talk(bench);
	await until(call.warnings, (warnings) => warnings.includes('microphone-silent'), patience());
	await call.setMuted(true);
	await until(call.warnings, (warnings) => warnings.length === 0, patience());
	await bench.close();
	await elsewhere.close();
});

test('a context that stands still interrupts the call until it runs again', async () => {
	const context = new AudioContext();
	const bench = openBench({ audio: () => context });
	const call = await talk(bench);
	await context.suspend();
	expect(await reaches(call, 'recovering')).toMatchObject({ because: 'media.lost' });
	await context.resume();
	await reaches(call, 'talking');
	await bench.close();
	await context.close();
});

test('hold stops what goes out, and what is already on its way back', async () => {
	const context = new AudioContext();
	const tone = new OscillatorNode(context);
	const stream = context.createMediaStreamDestination();
	tone.connect(stream);
	tone.start();
	const echo = await openEcho(
		{
			clock: createClock(),
			log: () => {},
			devices: { microphone: constant(''), speaker: constant(''), ringer: constant('') },
			audio: () => context,
			openMicrophone: () => Promise.resolve(stream.stream)
		},
		2500,
		patience()
	);
	await echo.connect(() => {});
	const heard = () => echo.levels().heard;
	const poll = (timeout: number) => ({ interval: 50, timeout });
	await expect.poll(heard, poll(PATIENCE)).toBeGreaterThan(SILENCE);
	echo.setHeld(true);
	// The echo would go on for 2.5 s; a level is that of the last 0.7 s.
	await expect.poll(() => echo.levels(), poll(1800)).toEqual({ sent: -Infinity, heard: -Infinity });
	echo.close();
	expect(stream.stream.getTracks().every((track) => track.readyState === 'ended')).toBe(true);
	await context.close();
});

import { beforeEach, describe, expect, it } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import { Scope } from '#lib/core/scope.ts';
import { FakeClock, settled } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { KioskDuty } from './duty.ts';

type Permission = 'granted' | 'denied' | 'prompt' | 'unknown';

let clock: FakeClock;
let scope: Scope;
let permission: Cell<Permission>;
let blocked: Cell<boolean>;
let microphones: number;
let opens: (signal: AbortSignal) => Promise<void>;
let sounds: () => boolean;
let steps: string[];
let duty: KioskDuty;

beforeEach(() => {
	clock = new FakeClock();
	scope = new Scope();
	permission = new Cell<Permission>('granted');
	blocked = new Cell(false);
	microphones = 0;
	steps = [];
	opens = () => Promise.resolve();
	// As browsers have it: a page sounds while it records.
	sounds = () => microphones > 0;
	duty = new KioskDuty({
		...{ clock, scope, permission },
		log: () => {},
		sounds: { blocked },
		openMicrophone: async (signal) => {
			steps.push('opens');
			await opens(signal);
			microphones++;
			return () => {
				microphones--;
				steps.push('lets go');
			};
		},
		startSound: async () => {
			const runs = sounds();
			steps.push(runs ? 'sounds' : 'is mute');
			if (!runs) throw new LineError('speaker.autoplay-blocked');
		}
	});
});

const untilAborted = (signal: AbortSignal) =>
	new Promise<void>((_, reject) =>
		signal.addEventListener('abort', () => reject(new LineError('command.not-now')))
	);

describe('going on duty without a tap', () => {
	it('sounds while the microphone is open, and lets go of it', async () => {
		expect(duty.duty.value).toBe('starting');
		await duty.startAlone();
		expect([duty.duty.value, microphones]).toEqual(['on', 0]);
		expect(steps).toEqual(['opens', 'sounds', 'lets go']);
	});

	it('asks nobody where the microphone is blocked', async () => {
		permission.set('denied');
		sounds = () => true;
		await duty.startAlone();
		expect([duty.duty.value, steps]).toEqual(['waits', []]);
	});

	it('asks nobody for the microphone in a browser that wants a tap', async () => {
		permission.set('prompt');
		await duty.startAlone();
		expect([duty.duty.value, steps]).toEqual(['waits', ['is mute']]);
	});

	it('believes a browser that was set up to let it sound', async () => {
		permission.set('prompt');
		sounds = () => true;
		await duty.startAlone();
		expect([duty.duty.value, steps]).toEqual(['on', ['sounds', 'opens', 'sounds', 'lets go']]);
	});

	it('waits for a tap where that browser asks all the same, and nobody answers', async () => {
		permission.set('prompt');
		sounds = () => true;
		opens = untilAborted;
		const started = duty.startAlone();
		await clock.pass(10_000);
		await started;
		expect(duty.duty.value).toBe('waits');
	});

	it('waits for the browser to tell, but not for ever', async () => {
		permission.set('unknown');
		const started = duty.startAlone();
		await clock.pass(1_000);
		expect(duty.duty.value).toBe('starting');
		await clock.pass(1_000);
		await started;
		expect(duty.duty.value).toBe('waits');
	});

	it('goes on when the browser tells a little later', async () => {
		permission.set('unknown');
		const started = duty.startAlone();
		await clock.pass(500);
		permission.set('granted');
		await started;
		expect(duty.duty.value).toBe('on');
	});

	it('waits for a tap where the sound does not start all the same', async () => {
		sounds = () => false;
		await duty.startAlone();
		expect([duty.duty.value, microphones]).toEqual(['waits', 0]);
	});

	it('waits for a tap where the microphone does not open', async () => {
		opens = untilAborted;
		const started = duty.startAlone();
		await clock.pass(10_000);
		await started;
		expect([duty.duty.value, microphones]).toEqual(['waits', 0]);
	});
});

describe('a tap', () => {
	beforeEach(() => {
		duty.waits();
		sounds = () => true;
	});

	it('unlocks the sound and asks for the microphone, both at once', async () => {
		permission.set('prompt');
		const going = duty.go();
		expect(steps).toEqual(['sounds', 'opens']);
		await going;
		expect([duty.duty.value, microphones]).toEqual(['on', 0]);
	});

	it('is enough without a microphone: it can say what is wrong', async () => {
		opens = () => Promise.reject(new LineError('microphone.blocked'));
		await duty.go();
		expect(duty.duty.value).toBe('on');
	});

	it('does not wait for an answer for ever', async () => {
		opens = untilAborted;
		const going = duty.go();
		await clock.pass(59_999);
		expect(duty.duty.value).toBe('waits');
		await clock.pass(1);
		await going;
		expect(duty.duty.value).toBe('on');
	});

	it('helps when the sound starts only beside the microphone', async () => {
		sounds = () => microphones > 0;
		await duty.go();
		expect([duty.duty.value, steps]).toEqual(['on', ['is mute', 'opens', 'sounds', 'lets go']]);
	});

	it('may be needed again', async () => {
		sounds = () => false;
		await duty.go();
		expect(duty.duty.value).toBe('waits');
		sounds = () => true;
		await duty.go();
		expect(duty.duty.value).toBe('on');
	});
});

it('is off duty while the browser stops the sound, and on duty when it lets it go on', async () => {
	await duty.startAlone();
	blocked.set(true);
	expect(duty.duty.value).toBe('waits');
	blocked.set(false);
	expect(duty.duty.value).toBe('on');
	scope.end();
	blocked.set(true);
	await settled();
	expect(duty.duty.value).toBe('on');
});
